export const rolloutMessages = {
  'apply.title': 'Puts the files of PostgreSQL in place, and takes them back unless you confirm.',
  'apply.plainTitle': 'Puts the files of this machine in place, and takes them back unless you confirm.',
  'apply.intro':
    'Run it as root from the unpacked archive: sudo bash {folder}/apply.sh, then try a login from another window, then sudo bash {folder}/apply.sh --confirm. Without that it takes everything back after {seconds} seconds. With --dry-run it shows the differences and changes nothing.',
  'apply.scope':
    'It covers the files that have a place on this machine, the firewall and the certificates, in place of those steps of the README; keys and roles follow by the README, and so do other machines.',
  'apply.plainScope':
    'It covers the files that have a place on this machine and the scripts that it runs itself, in place of those steps of the README.',
  'apply.control':
    'What it keeps is in /var/lib/postern, and what it did is in /var/log/postern-apply.log. Only one runs at a time.',
  'apply.sets':
    'Files are kept, compared and put back as sets; each is renamed into place, so that it is whole at any moment.',
  'apply.scratch':
    'Before anything changes, a throw-away PostgreSQL of the same programs and account reads the new files. pg_reload_conf() would say yes even to a file that the next start refuses.',
  'apply.placing':
    'Several files, one switch: whenever a server starts, also after a power cut, it finds the old files or the new ones and never some of each.',
  'apply.using': 'The server says what it has read; a setting that waits for a restart gets one.',
  'apply.container':
    'The server runs in a container of Docker Compose. Its own files are changed in their volume, and compose.postern.yaml goes beside compose.yaml: name both files whenever you call docker compose.',
  'apply.kit':
    'What of the test kit can run on this machine runs before anyone is asked to confirm; a change that fails it goes again at once.',
  'apply.plain':
    'Before anything changes, the programs that will read the files try them at their places, in a view that only they have.',
  'apply.readers': 'Which program reads which file, and how it is told.',
  'apply.live':
    'Rules, forwarding and routes that the kernel holds are noted before the change, and come back exactly: those that our files name, and nothing of anyone else.',
  'apply.steps':
    'The files of this machine. PostgreSQL comes last and goes back first, so that no port is open without its rules.',
  'apply.confirmation':
    'The change holds for {seconds} seconds unless it is confirmed; a machine that restarts in between takes it back as well.',
  'rollback.title': 'Takes back the last change of apply.sh.',
} as const;
