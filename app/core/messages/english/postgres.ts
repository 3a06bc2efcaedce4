export const postgresMessages = {
  'file.settings': 'Server settings for remote access, read after its own postgresql.conf.',
  'file.settingsOne':
    'Use conf.d/postern.conf or alter-system.sql, not both: values set by ALTER SYSTEM take precedence.',
  'file.applyWords':
    'The comment after each setting says what a change requires: restart (a reload keeps the old value) or reload.',
  'file.include': 'The line that makes postgresql.conf read conf.d; append it once, at the end.',
  'file.alterSystem':
    'The same settings as ALTER SYSTEM, for servers whose files you cannot access. Run it as the superuser.',
  'file.hba': 'Who can connect, from where, to which database, and how: the first matching rule decides.',
  'file.ident': 'User name maps: which user of another system may log in as which role.',
  'file.hosts': 'Which certificate a client gets, by the host name that it connects to.',
  'ident.superuser': 'Maps the account that runs the server to its superuser.',
  'ident.client': '{client}: users as their tokens name them, and the roles that they may log in as.',
  'ident.merged':
    'A block that apply.sh adds to the end of the existing pg_ident.conf. Existing maps are kept. Running it again replaces only the block.',
  'file.roles':
    'Roles, their limits, and who can connect to which database. Run it with psql as the superuser. Safe to re-run.',
  'file.compose': 'Publishes the port of the container only on the addresses of this plan.',

  'setting.listen':
    'Addresses of this server only; pg_hba.conf and the firewall decide who can connect, not this setting.',
  'setting.listenLate':
    'Addresses of this server only. {late} exists only while the tunnel is up: PostgreSQL logs a warning, continues without an address that it cannot bind, and does not try again, so start it after the tunnel.',
  'selinux.title': 'Labels port {port} for PostgreSQL where SELinux is enabled.',
  'selinux.undoTitle': 'Removes the label that selinux.sh added.',
  'selinux.intro': 'Run it as root before PostgreSQL restarts. Safe to run again.',
  'selinux.port':
    "SELinux allows PostgreSQL to bind only ports of the type postgresql_port_t, and {port} isn't one of them by default. A port that belongs to another service is not changed.",
  'selinux.haproxy':
    "Where SELinux is enabled, HAProxy can't connect to PostgreSQL without this boolean. It is set only if it is off, and the undo script then sets it to off again.",
  'bootOrder.title': 'Starts PostgreSQL once the addresses that it listens on exist.',
  'bootOrder.dockerTitle': 'Starts Docker once the addresses on which it publishes the port exist.',
  'bootOrder.why':
    "PostgreSQL skips a listen address that doesn't exist yet and doesn't try again until the next restart. The packaged unit doesn't wait for addresses. With the leading - the start continues even if the wait fails.",
  'bootOrder.dockerWhy':
    "Docker can't publish a port on an address that doesn't exist yet, and the container doesn't start. With the leading - Docker starts even if the wait fails.",
  'bootOrder.scriptTitle': 'Waits at boot for the addresses that PostgreSQL listens on.',
  'bootOrder.scriptIntro': 'systemd runs it before PostgreSQL starts; you never need to run it.',
  'bootOrder.bound':
    'The wait is limited and always succeeds: a missing address is reported in the journal, and the start continues. After boot it ends immediately.',
  'setting.listenContainer':
    'All addresses of the container; compose.yaml controls on which addresses of the host the port is published.',
  'setting.port': 'The only port, also for TLS: TLS is negotiated on it, so no other port is opened.',
  'setting.ssl': 'The server supports TLS; pg_hba.conf decides who must use it.',
  'setting.certificate': 'The certificate that clients verify, and its key, which only the server can read.',
  'setting.certificateUnused':
    "The server's own certificate, and its key, which only the server can read. While ssl_sni is on and pg_hosts.conf has entries, the server uses the line * of pg_hosts.conf instead.",
  'setting.clientCa': 'The CA that must have signed client certificates.',
  'setting.crl':
    'The certificate revocation list (CRL) for client certificates. Once it expires, the server rejects every client certificate, so renew it in time.',
  'setting.sni':
    'The server chooses the certificate by the host name that the client sends in the TLS handshake (SNI), as pg_hosts.conf says.',
  'setting.hostsFile': 'Without this setting the server looks for pg_hosts.conf in the data directory.',
  'setting.tlsMinimum': 'Older TLS versions are rejected.',
  'setting.ciphers': 'The ciphers from the plan, for TLS 1.2 and below. TLS 1.3 has its own.',
  'setting.curve':
    'The elliptic curve for key exchange. PostgreSQL 18 replaced this setting with ssl_groups, which accepts a list.',
  'setting.groups':
    'The groups for key exchange, in order of preference. A client that supports none of them cannot connect.',
  'setting.hashing': 'How new passwords are hashed. Existing passwords keep their hash until they are set again.',
  'setting.timeout': 'Maximum number of seconds that a client can take to log in.',
  'setting.validators':
    'Libraries that may check OAuth tokens. PostgreSQL rejects the whole pg_hba.conf if a rule names another one.',
  'setting.maxConnections': 'Maximum number of connections, including the reserved ones.',
  'setting.superuserReserved':
    'Connections reserved for superusers, so that you can log in when clients use all others.',
  'setting.reserved': 'Connections reserved for roles with the privileges of pg_use_reserved_connections.',
  'setting.logConnections': 'Each connection is logged, so that you can see who connected and who was rejected.',
  'setting.logConnectionsList':
    'Each stage of a connection is logged. Since PostgreSQL 18 this setting is a list; these three values log the same as on did before.',
  'setting.logDisconnections': 'The end of each session is logged, with its duration.',

  'hosts.columns':
    'Host names, certificate, key and, if clients present certificates, the CA. While this file has entries and ssl_sni is on, the server uses neither ssl_cert_file nor ssl_key_file nor ssl_ca_file. Postern writes no passphrase command, so these keys must have no passphrase.',
  'hosts.names': 'For clients that connect to these names.',
  'hosts.others':
    "The server's own certificate, for every other name and for clients that send none: those that connect to an IP address, and libpq with sslsni=0. Without this line the server rejects them.",
  'hba.whole':
    'Replaces the whole file. Access that only the old file allowed is removed; apply.sh lists it and stops unless you confirm.',
  'hba.merged':
    'A block of rules that apply.sh adds to the end of the existing pg_hba.conf. Existing rules come first and are kept, so nobody else gains or loses access. Running it again replaces only the block.',
  'hba.columns': 'Names in double quotes are literal.',
  'roles.session': 'Stop at the first error; passwords set in this session are hashed as the plan says.',
  'roles.noSuperuser':
    'No role of this plan may be a superuser, because superusers cannot log in from other machines here. Stops if one is.',
  'roles.database': 'Database {database}: created only if it is missing.',
  'roles.role':
    'Role {role}: created with LOGIN if it is missing. An existing role keeps every attribute that the plan does not specify.',
  'roles.roleReplication':
    'Role {role}: created with LOGIN and REPLICATION if it is missing. An existing role keeps every other attribute that the plan does not specify.',
  'roles.leftAsTheyWere':
    'Attributes of existing roles that the plan does not specify. They are not changed; change them with ALTER ROLE if they are not intended:',
  'roles.passwords': 'Set the passwords at the psql prompt, one by one, so that they are in no file, history or log:',
  'roles.losingConnect':
    'Stops before anything is changed if roles outside this plan would lose CONNECT, and lists them. To revoke it anyway, run psql with -v revoke_connect=yes.',
  'roles.losingHint':
    'Run GRANT CONNECT ON DATABASE name TO role for each role that must keep access, or choose Keep for CONNECT of PUBLIC in the plan. To revoke it from all of them, run this file with psql -v revoke_connect=yes.',
  'roles.connect':
    'Only the roles of the plan, owners, and roles with a grant of their own can connect to {database}. By default every role can, through PUBLIC.',
  'roles.connectKept': 'CONNECT on {database} for the roles of the plan. PUBLIC keeps its privileges.',
  'roles.connectService': '{role} uses databases that no client of the plan names. PUBLIC keeps its privileges there.',
  'roles.monitoring': '{role} can read statistics of all sessions (pg_monitor), but no tables.',
  'roles.connectAll': '{role} can connect to every database.',
  'roles.md5':
    'Roles that still have an MD5 password, which scram-sha-256 in pg_hba.conf rejects: set those passwords again.',
  'privileges.database':
    'Privileges in {database}, on the tables and sequences of schema public. Privileges that a role already has are not revoked.',
  'privileges.read':
    '{roles}: read all tables in {database}, also those created later by the superuser and by roles that own tables in schema public now. For another role that creates tables, run ALTER DEFAULT PRIVILEGES FOR ROLE name.',
  'privileges.read-write':
    '{roles}: read and change rows of all tables in {database}, also of those created later by the superuser and by roles that own tables in schema public now. For another role that creates tables, run ALTER DEFAULT PRIVILEGES FOR ROLE name.',
  'privileges.create':
    '{roles}: read and change rows of all tables in {database}, and create their own tables in schema public. They do not become owners of existing tables.',
  'privileges.publicCreate':
    'Before PostgreSQL 15 every role can create objects in schema public of {database}, and a database keeps that through an upgrade. Owners of existing tables that lose this privilege are listed.',
  'compose.ports':
    'Published only on these addresses of the host; without an address Docker would publish on all of them, bypassing ufw. The tag !override replaces ports of other files (Docker Compose 2.24.4 and later).',

  'compose.tls': 'The certificate and key of the server, read-only in the container.',

  'bindPassword.title': 'Stores the password with which PostgreSQL logs in to the LDAP server.',
  'bindPassword.intro':
    'Asks for the password of each bind DN (ldapbinddn) and stores it on this machine, in a file that only the account of the server can read. pg_hba.conf refers to that file, so the password is in no other file, in no link and not in the server log. Run it again when the password changes, then reload PostgreSQL.',
  'bindPassword.unattended':
    'For an unattended run, pass the password on standard input and name the LDAP server: sudo bash enter-ldap-password.sh {server} < FILE',
  'bindPassword.how':
    'One quoted option, as in pg_hba.conf: a quotation mark is doubled, and a line break ends it. Before the minor releases of August 2023, the longest token has 255 bytes.',
  'keytab.title': 'Installs the keytab with which the server authenticates to Kerberos.',
  'keytab.intro':
    'Have the Kerberos administrator make a keytab for {principal} (MIT: kadmin ktadd; Active Directory: ktpass or msktutil). Copy it next to install-keytab.sh as postgres.keytab and run the script as root. Afterwards, test from a client: kinit, then klist, then psql with gssencmode=prefer and the name of the server as host.',
  'keytab.how':
    'The keytab is installed at krb_server_keyfile, with mode 0600 for the account of the server. An existing keytab is never replaced.',
} as const;
