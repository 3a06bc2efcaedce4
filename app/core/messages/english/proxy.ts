export const proxyMessages = {
  'seen.socket': 'A local socket has no address.',
  'seen.direct': 'Nothing on the path opens its own connection, so PostgreSQL sees the address of the client.',
  'seen.nat':
    'The router in front translates the destination address and not the source address, so PostgreSQL sees the address of the client.',
  'seen.vpn':
    'The tunnel carries packets unchanged, so PostgreSQL sees the address in the tunnel or in the site behind it.',
  'seen.ssh': 'sshd on {bastion} opens the connection itself, so PostgreSQL sees {addresses}.',
  'seen.pgbouncer':
    'PgBouncer on {bastion} opens its own connections, always with TLS, and shares them: PostgreSQL sees {addresses}.',
  'seen.haproxy':
    'HAProxy on {bastion} opens the connection, and PostgreSQL does not support the PROXY protocol: it sees {addresses}.',
  'flow.proxyClient': '{client} connects to {product} on the bastion from {sources}.',
  'hbaEntry.pooler': '{role} looks up the password hashes of the roles that PgBouncer allows to connect.',

  'proxy.publicNeeded':
    'The proxy needs an address to listen on. Enter the address of the bastion that clients connect to.',
  'proxy.sshPort': 'Port {value} is the SSH port of the bastion. Enter another port for the proxy, such as 5432.',
  'proxy.family':
    'The proxy cannot reach a private address of the database server, because the bastion has no address of the same family. Add an address of a family that both have.',
  'pgbouncer.method':
    'PgBouncer cannot pass {value} on to PostgreSQL: it logs in to the server itself, and has only password hashes for that. Choose a password (SCRAM), or HAProxy or SSH, which pass everything on.',
  'pgbouncer.replication':
    'PgBouncer before 1.23 rejects replication connections, and they are not suitable for a pool. Let this client connect via SSH or HAProxy, or from a private network.',
  'pgbouncer.all':
    'With all databases, PgBouncer would accept any database name and look up the password hash in each. Name the databases.',
  'pgbouncer.console':
    'PgBouncer supports only database names that consist of ASCII letters, digits, _, . and -, except pgbouncer; {value} is not one of them. Rename the database, or choose HAProxy or SSH for this bastion.',
  'pgbouncer.superuser':
    'The superuser {value} cannot connect through PgBouncer: the function that looks up password hashes never returns that of a superuser. Choose another role or another way to connect.',
  'pgbouncer.authRole':
    '{value} is the role with which PgBouncer looks up password hashes (auth_user). It must have no other use: choose another name for one of the two.',

  'haproxy.title': 'HAProxy on the bastion: forwards connections of the clients to PostgreSQL, including TLS.',
  'haproxy.intro':
    'This is the entire /etc/haproxy/haproxy.cfg; install-haproxy.sh checks it, backs up the previous file, and installs it.',
  'haproxy.global': 'The account of the package. The limit leaves room for connections that wait.',
  'haproxy.timeouts':
    'Sessions can be idle for a day; TCP keepalives detect whether the other end still exists. There is no health check: with a single server it would decide nothing, and each check would be logged by PostgreSQL.',
  'haproxy.bind': 'Where clients connect.',
  'haproxy.client': 'The networks of {client}.',
  'haproxy.reject':
    'Everyone else is disconnected before a byte is read. This is the last place where the source network of a client is known.',
  'haproxy.server':
    'PostgreSQL sees {address}, as pg_hba.conf expects. No send-proxy: PostgreSQL does not support it. Connections above {limit} wait here.',
  'haproxy.installTitle': 'Checks haproxy.cfg and installs it.',
  'haproxy.installIntro': 'Run it as root on the bastion. Open connections continue.',
  'haproxy.check': 'HAProxy checks the file before it is used, and the old file is restored if the service rejects it.',
  'haproxy.undoTitle': 'Restores the previous haproxy.cfg.',

  'pgbouncer.title': 'PgBouncer on the bastion: its settings.',
  'pgbouncer.intro':
    'For 1.18 and later. install-pgbouncer.sh tests it and installs it as /etc/pgbouncer/pgbouncer.ini.',
  'pgbouncer.transaction':
    'With transaction pooling, consecutive transactions of a client run in different sessions: SET, LISTEN, WITH HOLD cursors, temporary tables and session advisory locks do not work, and protocol-level prepared statements work only since 1.21 with max_prepared_statements. Make sure that each program works without them.',
  'pgbouncer.databases': 'Only these databases. For TLS, the server certificate must contain the name {host}.',
  'pgbouncer.listen': 'Where clients connect.',
  'pgbouncer.socket':
    'The console (pgbouncer as database and user) is available only on the local socket, to the account that PgBouncer runs as.',
  'pgbouncer.auth':
    'The PgBouncer HBA file decides who can connect; the function in each database returns their password hashes. The password of auth_user is in postern_userlist.txt, which the installer creates.',
  'pgbouncer.clientTls': 'Every client uses TLS, and verifies that it is connected to this bastion.',
  'pgbouncer.clientTlsAllow': 'At least one client can connect without TLS; the HBA file requires TLS from the others.',
  'pgbouncer.serverTls': 'Connections to PostgreSQL use TLS as well, and PgBouncer verifies the server.',
  'pgbouncer.session':
    'A client keeps its server connection until it disconnects, so everything works as without a pooler.',
  'pgbouncer.transactionMode': 'A server connection is assigned to a client for one transaction.',
  'pgbouncer.limits':
    'Of the {available} connections that the server has for roles other than superusers, each database gets {each}; further clients wait.',
  'pgbouncer.hbaTitle':
    'The HBA file of PgBouncer: it applies the rules of the clients, because PostgreSQL sees only the bastion.',
  'pgbouncer.hbaIntro':
    'PgBouncer skips a line that it cannot read, with only a warning, so skipping a reject rule would allow access. Before you change this file, read the output of install-pgbouncer.sh about it.',
  'pgbouncer.installTitle': 'Tests the files with a PgBouncer that accepts no network connections, and installs them.',
  'pgbouncer.installIntro':
    'Run it as root on the bastion. It asks for the password of auth_user, which you have set on the server with roles.sql and \\password; with --new-password it asks again.',
  'pgbouncer.installOwn': 'Copy the files in certificates/machines/bastion of make-certificates.sh next to it first.',
  'pgbouncer.installOther':
    'Copy next to install-pgbouncer.sh first: bastion.crt and bastion.key, a certificate with its chain for the name of the bastion and the key (from certbot, fullchain.pem and privkey.pem); and root.crt, the CA of the database server, unless the system trusts that CA. After each renewal, copy both again and run the script again.',
  'pgbouncer.installCertificates':
    'The certificate that PgBouncer presents to clients, and the CA with which it verifies the server.',
  'pgbouncer.installPassword': 'Written to a file that only PgBouncer can read, never to a command line.',
  'pgbouncer.installTest':
    'PgBouncer has no mode that checks its files, so the script starts one that listens only on a socket in a private folder, and reads its log: a skipped line is only a warning there.',
  'pgbouncer.installPlace': 'Each file is replaced in one step.',
  'pgbouncer.undoTitle': 'Restores the previous pgbouncer.ini.',
  'authQuery.title':
    'The function with which PgBouncer looks up the password hashes of the roles that it allows to connect.',
  'authQuery.intro':
    'Run it after roles.sql, as the superuser, with psql. To undo: DROP SCHEMA postern_pgbouncer CASCADE in each database.',
  'authQuery.database':
    'In {database}. Only {role} can call it. It returns the hashes only of roles of this plan, and never that of a superuser. It has its own search_path, so nobody can make it call another function.',

  'finding.proxy-shared': 'Clients of different networks connect through the same proxy ({clients}).',
  'finding.proxy-shared.why':
    'PostgreSQL sees the address of the bastion for all of them, so pg_hba.conf cannot restrict a role to its network.',
  'finding.proxy-shared.fix':
    'With PgBouncer, its HBA file restricts them. HAProxy checks only networks, not roles: anyone in one of them can attempt to log in as any role. Use PgBouncer if that matters.',
  'finding.proxy-certificate': 'The certificate must contain the name {bastion}.',
  'finding.proxy-certificate.why': 'Clients connect to the proxy by that name and verify it in the certificate.',
  'finding.proxy-certificate.fix':
    'Have the CA add that name to the certificate, or use a private CA, for which Postern generates the certificates.',
  'finding.transaction-pooling': 'PgBouncer assigns a server connection to a client for one transaction at a time.',
  'finding.transaction-pooling.why':
    'SET, LISTEN, temporary tables, session advisory locks and, before 1.21, prepared statements do not work, and the failures often appear late.',
  'finding.transaction-pooling.fix': 'Choose session pooling, or test each program.',
  'finding.pooler-name': 'The bastion must resolve {host} to the private address of the database server.',
  'finding.pooler-name.why':
    'PgBouncer verifies the certificate for the name that it connects to, and the certificate of the CA contains the name and not the address.',
  'finding.pooler-name.fix': 'Add a line with {address} and {host} to /etc/hosts on the bastion.',
} as const;
