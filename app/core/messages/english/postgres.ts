export const postgresMessages = {
  'file.settings': 'Settings of the server for remote access, read after its own postgresql.conf.',
  'file.settingsOne': 'Use conf.d/postern.conf or alter-system.sql, not both: what ALTER SYSTEM wrote wins.',
  'file.applyWords':
    'Behind each setting stands what a change of it needs: restart, where a reload leaves the old value in force; or reload.',
  'file.include': 'The line that makes postgresql.conf read conf.d; append it once, at the end.',
  'file.alterSystem':
    'The same settings as ALTER SYSTEM, for servers whose files you cannot reach. Run it as the superuser.',
  'file.hba': 'Who may connect, from where, to what, and how: the first record that matches decides.',
  'file.ident': 'Lets the account that runs the server log in as its superuser.',
  'file.roles':
    'Roles, their limits, and who may connect to which database. Run it with psql as the superuser; it can run again.',
  'file.compose': 'Publishes the port of the container on the addresses of this plan only.',

  'setting.listen':
    'Addresses of this server only, one by one; who may come is decided in pg_hba.conf and the firewall, not here.',
  'setting.listenLate':
    'Addresses of this server only. {late} exists only while the tunnel is up: PostgreSQL warns and goes on without an address that it cannot bind, and does not try again, so start it after the tunnel.',
  'setting.listenContainer':
    'Every address of the container, which has its own; compose.yaml says on which addresses of the host it is published.',
  'setting.port': 'The one port, for TLS too: TLS is negotiated on it, so nothing else is opened.',
  'setting.ssl': 'The server offers TLS; pg_hba.conf decides who must use it.',
  'setting.certificate': 'The certificate that clients verify, and its key, which only the server may read.',
  'setting.clientCa': 'The authority whose client certificates are taken.',
  'setting.crl':
    'Client certificates that were revoked. Once this list expires the server refuses every client certificate, so renew it in time.',
  'setting.tlsMinimum': 'Older TLS versions are refused.',
  'setting.ciphers': 'The ciphers that you asked for, for TLS 1.2 and below. TLS 1.3 has its own.',
  'setting.curve':
    'The one curve on which keys are exchanged. 18 replaced this setting by ssl_groups, which takes a list.',
  'setting.groups':
    'The groups that keys are exchanged with, the best first. A client that knows none of them cannot connect.',
  'setting.hashing': 'How new passwords are stored. Passwords set before keep their kind until they are set again.',
  'setting.timeout': 'Seconds that a client may take to log in.',
  'setting.maxConnections': 'Connections in all, the reserved ones included.',
  'setting.superuserReserved':
    'Connections kept for superusers, so that you get in when clients have taken all others.',
  'setting.reserved': 'Connections kept for roles that have pg_use_reserved_connections.',
  'setting.logConnections': 'Each connection is logged, so that you can see who came and who was refused.',
  'setting.logConnectionsList':
    'Each step of a connection is logged. From 18 on this setting is a list; these three say what on said before.',
  'setting.logDisconnections': 'The end of each session is logged, with how long it took.',

  'hba.whole': 'It replaces the whole file: access that the old file gave and the plan does not name ends with it.',
  'hba.columns': 'Names in double quotes are literal.',
  'roles.session': 'Stop at the first error; passwords set in this session are hashed as the plan says.',
  'roles.noSuperuser':
    'No role of this plan may be a superuser, because superusers do not log in remotely here. Stops if one is.',
  'roles.database': 'Database {database}, made only if it is missing.',
  'roles.role': 'Role {role}, made only if it is missing, with what the plan says of it.',
  'roles.roleReplication': 'Role {role}, made only if it is missing. It may replicate.',
  'roles.passwords':
    'Set the passwords at the prompt of psql, one by one, so that they stand in no file, no history and no log:',
  'roles.publicUsers':
    'Who is connected now and not in this plan: after the next statements such roles need a grant of their own to connect again.',
  'roles.connect': 'Only the roles of the plan may connect to {database}. By default everyone may, through PUBLIC.',
  'roles.connectAll': '{role} may connect to every database.',
  'roles.md5':
    'Roles that still have an md5 password, which scram-sha-256 in pg_hba.conf refuses: set those passwords again.',
  'compose.ports':
    'Published on these addresses of the host only; without an address Docker would publish on all of them, past ufw. The tag !override replaces ports of other files (Docker Compose 2.24.4 and later).',

  'compose.tls': 'The certificate and key of the server, which the container only reads.',
} as const;
