export const rolloutMessages = {
  'apply.title': 'Puts the files of PostgreSQL in place, and takes them back unless you confirm.',
  'apply.intro':
    'Run it as root from the unpacked archive: sudo bash database-server/apply.sh, then try a login, then sudo bash database-server/apply.sh --confirm. Without that it takes everything back after {seconds} seconds. With --dry-run it shows the differences and changes nothing.',
  'apply.scope':
    'It covers postgresql.conf and what it includes, pg_hba.conf, pg_ident.conf and the certificates, in place of those steps of the README. Run the script of the firewall before it, so that no port is open in between; roles, tunnels and other machines follow by the README.',
  'apply.control':
    'What it keeps is in /var/lib/postern, and what it did is in /var/log/postern-apply.log. Only one runs at a time.',
  'apply.scratch':
    'Before anything changes, a throw-away PostgreSQL of the same programs and account reads the new files. pg_reload_conf() would say yes even to a file that the next start refuses.',
  'apply.placing':
    'Several files, one switch: whenever a server starts, also after a power cut, it finds the old files or the new ones and never some of each.',
  'apply.confirmation':
    'The change holds for {seconds} seconds unless it is confirmed; a machine that restarts in between takes it back as well.',
  'rollback.title': 'Takes back the last change of apply.sh.',
} as const;
