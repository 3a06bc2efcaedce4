export const monitoringMessages = {
  'setting.linePrefix': 'What stands before each line of the log.',
  'setting.logHostname': 'The log names addresses. A name is what whoever owns the address says it is.',
  'setting.logLanguage': 'The log is in English, as the expressions that read it.',
  'setting.logDestination': 'Where the log goes.',
  'setting.logCollector': 'JSON is written only by the server itself, which then writes the plain log as well.',
  'setting.logPlace': 'The plain log, and beside it the same name with .json. Both stand on the machine of the server.',
  'setting.logWeek':
    'A file for each day of the week, written over when the day comes again, so the log cannot fill the disk.',
  'setting.logLogrotate': 'The files keep their names; logrotate empties them.',
  'setting.logSyslog': 'How the daemon knows the server: under this name.',
  'setting.logSyslogLines':
    'Lines of one message are numbered, so that a line break in a name is told from a new message.',

  'file.logrotate': 'Keeps the JSON log from filling the disk: ten weeks are kept.',
  'logrotate.copy':
    'Copied and emptied, because the server holds the file open. The plain log has such a rule from Debian.',

  'fail2ban.filterTitle': 'Which lines of the log are failed or refused logins, for fail2ban.',
  'fail2ban.filterIntro':
    'It belongs to the log_line_prefix of this plan: change the one, and the other no longer fits.',
  'fail2ban.filter':
    'The address is taken from the prefix, which the server writes, and never from the message, in which names that a stranger chose stand.',
  'fail2ban.date':
    'The line is read whole and counts when it arrives. A search for dates could find one in a name and cut the line there.',
  'fail2ban.journal': 'Read from the journal; fail2ban needs python3-systemd for that.',
  'fail2ban.file': 'Read from the end of the file on: what happened before fail2ban came counts for nothing.',
  'fail2ban.jailTitle': 'Bans addresses that fail to log in to PostgreSQL, for a time.',
  'fail2ban.counts': 'So many failures within ten minutes, and so many minutes of ban.',
  'fail2ban.ignored':
    'Never banned: the server itself, and machines that stand for many people. Add yours before you try it.',
  'fail2ban.action':
    'Only the port of PostgreSQL is closed, so SSH stays open. To lift a ban: fail2ban-client set postern-postgresql unbanip ADDRESS.',

  'monitoring.noHost':
    'fail2ban needs the address in each line: put %h, or %r, into the prefix, such as "%m [%p] %h %a ". Some messages do not name it.',
  'monitoring.glued':
    'Put a space or a bracket before and after the address in the prefix; what stands close to it could be read as part of it.',
  'monitoring.before':
    'Put %h before %u, %d and %a: strangers choose these names, and could write the address of somebody else there.',
  'monitoring.newline':
    'Leave %u and %d out of the prefix while fail2ban reads the log: a line break in a name ends the line there, and strangers write what follows. The messages name role and database.',
  'monitoring.journal':
    'The server must write to the journal for that, with numbered lines: choose syslog as the place of the log.',
  'monitoring.file':
    'fail2ban follows one log file of a fixed name, which only Debian has, and not with syslog. Choose the journal and syslog.',
  'monitoring.syslog':
    'There is no syslog daemon to count on with {value}. Choose stderr, or jsonlog from PostgreSQL 15 on.',
  'monitoring.platform': 'fail2ban is set up here for Debian and Ubuntu. Choose none for {value}.',
  'monitoring.json': 'jsonlog came with PostgreSQL 15; {value} does not know it. Choose stderr.',

  'prometheus.title': 'Alert rules for Prometheus, on the measurements of postgres_exporter 0.13 or later.',
  'prometheus.intro':
    'Name this file under rule_files in the configuration of Prometheus. Every measurement here is one that the exporter makes unless told otherwise. It cannot see failed logins, nor when a certificate ends.',
  'alert.down': 'PostgreSQL does not answer its exporter.',
  'alert.unwatched': 'No postgres_exporter is measured, so none of the other alerts can come.',
  'alert.exporter': 'The exporter cannot read all of its measurements; what they say may be old.',
  'alert.tls': 'TLS is off, so passwords and data would travel in the open.',
  'alert.connections': 'More than 80 percent of the connections for ordinary roles are taken.',
  'alert.exhausted': 'Hardly a connection is left for ordinary roles; soon they are refused.',
  'alert.role': 'The role {role} has nearly used up its limit of connections.',
  'alert.replicaGone': 'The replica {replica} does not stream.',
  'alert.slot': 'The primary keeps much for the replica {replica}, which has not read it.',
  'alert.lag': 'A replica is more than five minutes behind.',

  'queries.title':
    'Questions to the server: who comes without TLS, which passwords and certificates end, and what is not in force.',
  'queries.intro':
    'Run it as the superuser whenever you like; a role of pg_monitor gets most of the answers. Refused logins are never in a table: they stand in the log.',
  'queries.readOnly': 'Nothing is changed, and no name is looked up in a schema that others can write to.',
  'queries.refused': 'Refused and failed logins in the JSON log of now, by address and role',
  'queries.ended': 'Sessions that ended badly after the login: client gone, error, or ended by an administrator',
  'queries.withoutTls': 'Sessions over the network without encryption',
  'queries.md5': 'Roles whose password is stored as md5; a new password makes it SCRAM',
  'queries.certificates': 'Client certificates in use',
  'queries.certificateFile': 'Files of TLS; a server uses a newer file only after a reload',
  'queries.expiring': 'Passwords that are not taken any more in 30 days, or already not',
  'queries.records': 'Records of pg_hba.conf that the server cannot use',
  'queries.waiting': 'Settings that wait for a restart',

  'finding.shared-address': 'Many people stand behind {addresses}, so fail2ban never bans it.',
  'finding.shared-address.why':
    'PostgreSQL sees that address for all who come through it; a ban for one who guesses would shut out everyone.',
  'finding.shared-address.fix': 'Watch logins on that machine itself, where the addresses of people are seen.',
} as const;
