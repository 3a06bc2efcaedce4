export const monitoringMessages = {
  'setting.linePrefix': 'The prefix of each log line.',
  'setting.logHostname': 'The log contains addresses. A host name is whatever the owner of the address claims.',
  'setting.logLanguage': 'The log is in English, as the expressions that read it expect.',
  'setting.logDestination': 'Where the log is written.',
  'setting.logCollector': 'Only the server itself can write JSON, and it then writes the plain log as well.',
  'setting.logPlace': 'The plain log, and next to it the same name with .json. Both are on the server.',
  'setting.logWeek': 'One file for each day of the week, overwritten a week later, so the log cannot fill the disk.',
  'setting.logLogrotate': 'The files keep their names; logrotate truncates them.',
  'setting.logSyslog': 'The name of the server in syslog.',
  'setting.logSyslogLines':
    'Lines of one message are numbered, so that a line break in a name is not mistaken for a new message.',

  'file.logrotate': 'Keeps the JSON log from filling the disk: ten weeks are kept.',
  'logrotate.copy':
    'Copied and truncated, because the server keeps the file open. Debian already has such a rule for the plain log.',

  'fail2ban.filterTitle': 'The log lines that fail2ban counts as failed or rejected logins.',
  'fail2ban.filterIntro': 'It matches the log_line_prefix of this plan: if you change one, change the other.',
  'fail2ban.filter':
    'The address is read from the prefix, which the server writes, never from the message, which contains names that an attacker can choose.',
  'fail2ban.date':
    'The whole line is read and counts when it arrives. A search for dates could find one in a name and cut the line there.',
  'fail2ban.journal': 'Read from the journal; fail2ban requires python3-systemd for that.',
  'fail2ban.file': 'Read from the end of the file: logins before fail2ban started are not counted.',
  'fail2ban.jailTitle': 'Temporarily bans addresses that fail to log in to PostgreSQL.',
  'fail2ban.counts': 'Number of failed logins within ten minutes that triggers a ban, and its duration in minutes.',
  'fail2ban.ignored':
    "Never banned: the server itself, replicas, addresses that many people share, and administrators' addresses that the plan names, except networks that clients connect from too.",
  'fail2ban.action':
    'Only the PostgreSQL port is closed, so SSH stays open. To lift a ban: fail2ban-client set postern-postgresql unbanip ADDRESS. To exempt an address until fail2ban restarts, such as one that verify.sh runs on: addignoreip in place of unbanip, and delignoreip ten minutes afterwards.',

  'monitoring.noHost':
    'fail2ban needs the address in each line: add %h, or %r, to the prefix, such as "%m [%p] %h %a ". Some messages do not contain it.',
  'monitoring.glued':
    'Add a space or a bracket before and after the address in the prefix; adjacent text could be read as part of it.',
  'monitoring.before':
    'Put %h before %u, %d and %a: attackers can choose these names, and could include the address of someone else.',
  'monitoring.newline':
    'Leave %u and %d out of the prefix while fail2ban reads the log: a line break in a name ends the line there, and an attacker controls what follows. The messages name role and database.',
  'monitoring.journal':
    'This requires that the server writes to the journal, with numbered lines: choose syslog as the log destination.',
  'monitoring.file':
    'fail2ban follows one log file with a fixed name, which only Debian has, and not with syslog. Choose the journal and syslog.',
  'monitoring.syslog':
    '{value} does not necessarily have a syslog daemon. Choose stderr, or jsonlog with PostgreSQL 15 or later.',
  'monitoring.platform': 'Postern sets up fail2ban only for Debian and Ubuntu. Choose none for {value}.',
  'monitoring.json': 'jsonlog was added in PostgreSQL 15; {value} does not support it. Choose stderr.',

  'prometheus.title': 'Alert rules for Prometheus, based on the metrics of postgres_exporter 0.13 or later.',
  'prometheus.intro':
    'Add this file to rule_files in the configuration of Prometheus. Every metric here is one that the exporter collects by default. It cannot detect failed logins or certificates that expire.',
  'alert.down': 'PostgreSQL does not respond to its exporter.',
  'alert.unwatched': 'No postgres_exporter is scraped, so none of the other alerts can fire.',
  'alert.exporter': 'The exporter cannot collect all of its metrics; their values may be outdated.',
  'alert.tls': 'TLS is off, so passwords and data would be sent unencrypted.',
  'alert.connections': 'More than 80 percent of the connections for ordinary roles are in use.',
  'alert.exhausted': 'Almost no connections are left for ordinary roles; new ones will soon be rejected.',
  'alert.role': 'The role {role} has almost reached its connection limit.',
  'alert.replicaGone': 'The replica {replica} is not streaming.',
  'alert.slot': 'The primary retains a large amount of WAL for the replica {replica}.',
  'alert.lag': 'A replica is more than five minutes behind.',

  'queries.title':
    'Queries for the server: sessions without TLS, passwords and certificates that expire, and settings that are not in effect.',
  'queries.intro':
    'Run it as the superuser at any time; a role with pg_monitor gets most of the results. Rejected logins are not in any table, only in the log.',
  'queries.readOnly': 'Nothing is changed, and no name is looked up in a schema that others can write to.',
  'queries.refused': 'Rejected and failed logins in the current JSON log, by address and role',
  'queries.ended':
    'Sessions that ended abnormally after the login: client disconnected, error, or terminated by an administrator',
  'queries.withoutTls': 'Network sessions without encryption',
  'queries.md5': 'Roles whose password is stored as an MD5 hash; setting it again stores it as SCRAM',
  'queries.certificates': 'Client certificates in use',
  'queries.certificateFile': 'TLS files; a server uses a newer file only after a reload',
  'queries.expiring': 'Passwords that have expired or expire within 30 days',
  'queries.records': 'Rules of pg_hba.conf that the server cannot use',
  'queries.waiting': 'Settings that require a restart to take effect',

  'finding.kit-pauses':
    'verify.sh makes {failures} failed logins on purpose, and fail2ban bans an address after {maxRetry}.',
  'finding.kit-pauses.why':
    'verify.sh pauses before it reaches that number, so that the client that you test is not banned. If a single failure triggers a ban, it runs only if the address is exempt.',
  'finding.kit-pauses.fix':
    'Allow {wanted} failures or more, or exempt the address on the server while you test: fail2ban-client set postern-postgresql addignoreip ADDRESS.',
  'finding.administrator-counted': 'fail2ban can ban {name} at {sources}.',
  'finding.administrator-counted.why':
    'Clients connect from there too. If fail2ban ignored all of it, nobody would be banned there.',
  'finding.administrator-counted.fix':
    "Add the single addresses of the administrators' own machines as sources; fail2ban then ignores those.",
  'finding.shared-address': 'Many people share {addresses}, so fail2ban never bans it.',
  'finding.shared-address.why':
    'PostgreSQL sees that address for everyone who connects through it; a ban because of one attacker would lock out everyone.',
  'finding.shared-address.fix': 'Monitor logins on that machine itself, where the addresses of people are visible.',
} as const;
