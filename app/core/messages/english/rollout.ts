export const rolloutMessages = {
  'apply.title': 'Installs the files of PostgreSQL and rolls back automatically unless you confirm.',
  'apply.plainTitle': 'Installs the files of this machine and rolls back automatically unless you confirm.',
  'apply.intro':
    'Run it as root as README.md describes: sudo bash {folder}/apply.sh, then log in over SSH from another window, then sudo bash {folder}/apply.sh --confirm. Without that it rolls everything back after {seconds} seconds. With --dry-run it shows the differences and changes nothing. sudo bash {folder}/apply.sh --undo undoes the change at any time later; --help lists all modes.',
  'apply.scope':
    'It covers the files of this machine, the firewall and the certificates, which manual-steps.md lists one by one. It takes the certificates from its own folder; certificates that are already installed are kept. With --confirm, it removes the copied keys once they are in place. For roles and other machines, see README.md.',
  'apply.plainScope':
    'It covers the files of this machine and the scripts that it runs itself, which manual-steps.md lists one by one.',
  'apply.control':
    'Its state is in /var/lib/postern, and its log is /var/log/postern-apply.log. Only one instance runs at a time.',
  'apply.sets':
    'Files are saved, compared and restored as sets; each is renamed into place, so that it is complete at any moment.',
  'apply.rightServer':
    'One machine can run several servers. The data directory, the process, its systemd unit and its port must belong to one server, or nothing is changed.',
  'apply.changes':
    'Each change is recorded with the state before it and what it wrote, so that it can be undone at any later time.',
  'apply.undoing': 'Undo restores only what a change wrote. What others have changed since is kept until you decide.',
  'apply.keepHigher': 'Slots and senders are minimums: if the running server has higher values, they are kept.',
  'apply.scratch':
    'Before anything changes, a temporary PostgreSQL of the same programs and account reads the new files, including the certificates. pg_reload_conf() would return true even for a file that the next start rejects.',
  'apply.placing':
    'Several files, one switch: whenever a server starts, even after a power failure, it finds either the old files and certificates or the new ones, never a mixture.',
  'apply.using': 'The server reports what it has read; if a setting requires a restart, it is restarted.',
  'apply.container':
    'The server runs in a container of Docker Compose. Its own files are changed in their volume, and compose.postern.yaml is placed next to compose.yaml: name both files whenever you call docker compose.',
  'apply.overrides':
    'A setting that PostgreSQL reads later, that ALTER SYSTEM set, or that is on its command line overrides the plan. Each one is listed, and the change stops unless you accept it.',
  'apply.rules':
    'Compares the rules of the plan with the current pg_hba.conf before anything changes. Replacing the file must not remove access from a role unless --replace-rules confirms it (the superuser counts if it is connected from another machine). If existing rules are kept, none of them may decide about a client of the plan, and the firewall must not block their clients unless --block-others confirms it.',
  'apply.preflight':
    'With --check, a table shows what could stop the change or interrupt the server. Nothing is changed, and no state is kept.',
  'apply.kit':
    'The part of the test kit that can run on this machine runs before you are asked to confirm; a change that fails it is rolled back at once.',
  'apply.plain':
    'Before anything changes, the programs that will read the files check them at their final paths, in a private view of the file system.',
  'apply.readers': 'Which program reads which file, and how it reloads.',
  'apply.units': 'Undo restores which services are enabled and running, unless others have changed that since.',
  'apply.live':
    'Rules, forwarding and routes in the kernel are saved before the change and restored exactly: those that our files name, and no others.',
  'apply.steps':
    'The files of this machine. PostgreSQL comes last and is rolled back first, so that no port is open without its rules.',
  'apply.confirmation':
    'The change is rolled back after {seconds} seconds unless it is confirmed, and also when the machine restarts within that time.',
} as const;
