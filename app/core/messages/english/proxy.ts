export const proxyMessages = {
  'seen.socket': 'A local socket has no address.',
  'seen.direct': 'Nothing on the way makes a connection of its own, so PostgreSQL sees the address of the client.',
  'seen.nat':
    'The router in front changes where the packets go and not where they come from, so PostgreSQL sees the address of the client.',
  'seen.vpn':
    'The tunnel carries packets unchanged, so PostgreSQL sees the address in the tunnel or the site behind it.',
  'seen.ssh': 'sshd on {bastion} opens the connection itself, so PostgreSQL sees {addresses}.',
  'seen.pgbouncer':
    'PgBouncer on {bastion} opens connections of its own, always with TLS, and shares them: PostgreSQL sees {addresses}.',
  'seen.haproxy':
    'HAProxy on {bastion} opens the connection, and PostgreSQL does not speak the PROXY protocol: it sees {addresses}.',
  'flow.proxyClient': '{client} reaches {product} on the bastion from {sources}.',
  'grant.pooler': '{role} asks for the secrets of the roles that PgBouncer lets in.',

  'proxy.publicNeeded':
    'The proxy needs an address to listen on. Give the address of the bastion that clients connect to.',
  'proxy.sshPort': 'Port {value} is the SSH port of the bastion. Give the proxy another, such as 5432.',
  'proxy.family':
    'The proxy reaches no private address of the database server, because the bastion has none of the same family. Add an address of the family that both have.',
  'pgbouncer.method':
    'PgBouncer cannot pass {value} on to PostgreSQL: it logs in to the server itself, and has only the secret of a password for that. Choose a password (SCRAM), or HAProxy or SSH, which pass everything on.',
  'pgbouncer.replication':
    'PgBouncer before 1.23 refuses replication connections, and a pool does not suit them. Let this client come by SSH or HAProxy, or from a private network.',
  'pgbouncer.all':
    'PgBouncer would let clients invent databases, and asks in each for the secret of the role. Name the databases.',
  'pgbouncer.console':
    'PgBouncer serves databases whose names have only letters of ASCII, digits, _, . and -, and none named pgbouncer; {value} is another. Rename the database, or choose HAProxy or SSH for this bastion.',
  'pgbouncer.superuser':
    'The superuser {value} cannot come through PgBouncer: the function that hands out secrets never gives that of a superuser. Choose another role or another way.',
  'pgbouncer.authRole':
    '{value} is the role with which PgBouncer asks for secrets. It must serve nobody else: choose another name for one of the two.',

  'haproxy.title': 'HAProxy on the bastion: passes connections of the clients to PostgreSQL, TLS and all.',
  'haproxy.intro':
    'This is the whole of /etc/haproxy/haproxy.cfg; install-haproxy.sh checks it, keeps the one before, and puts it there.',
  'haproxy.global': 'The packaged account. The limit leaves room for those who wait.',
  'haproxy.timeouts':
    'Sessions may be idle for a day; TCP keeps looking whether the other end is still there. There is no health check: with one server nothing would be decided by it, and each would stand in the log of PostgreSQL.',
  'haproxy.bind': 'Where clients connect.',
  'haproxy.client': 'The networks of {client}.',
  'haproxy.reject':
    'Everyone else is cut off before a byte is read. This is the last place where the network of a client can be told.',
  'haproxy.server':
    'PostgreSQL sees {address}, as pg_hba.conf expects. No send-proxy: PostgreSQL would not understand it. More than {limit} connections wait here.',
  'haproxy.installTitle': 'Checks haproxy.cfg and puts it in place.',
  'haproxy.installIntro': 'Run it as root on the bastion. Connections that are open stay open.',
  'haproxy.check':
    'HAProxy reads the file before it goes live, and the old one comes back if the service does not take it.',
  'haproxy.undoTitle': 'Puts the haproxy.cfg back that was there before.',

  'pgbouncer.title': 'PgBouncer on the bastion: its settings.',
  'pgbouncer.intro':
    'For 1.18 and later. install-pgbouncer.sh tries it and puts it in place as /etc/pgbouncer/pgbouncer.ini.',
  'pgbouncer.transaction':
    'In transaction pooling consecutive transactions of a client run in different sessions: SET, LISTEN, WITH HOLD cursors, temporary tables and session advisory locks do not work, and prepared statements of the protocol only from 1.21 on with max_prepared_statements. Each program must be known to do without.',
  'pgbouncer.databases': 'Only these databases. TLS asks the server for a certificate with the name {host}.',
  'pgbouncer.listen': 'Where clients connect.',
  'pgbouncer.socket':
    'The console (pgbouncer as database and user) answers only on the local socket, to the account that PgBouncer runs as.',
  'pgbouncer.auth':
    'Who may come is decided by the twin of pg_hba.conf; what their secrets are, the function in each database says. The password of the asking role stands in postern_userlist.txt, which the installer makes.',
  'pgbouncer.clientTls': 'Every client speaks TLS, and checks that it is this bastion.',
  'pgbouncer.clientTlsAllow': 'Some client may come without TLS; the others are held to it by the twin of pg_hba.conf.',
  'pgbouncer.serverTls': 'The way to PostgreSQL has TLS as well, and PgBouncer checks whom it talks to.',
  'pgbouncer.session': 'A client keeps its server connection until it leaves, so everything works as without a pooler.',
  'pgbouncer.transactionMode': 'A server connection is lent for one transaction.',
  'pgbouncer.limits':
    'Of the {available} connections that the server has for others than superusers, each database gets {each}; more clients wait.',
  'pgbouncer.hbaTitle': 'The twin of pg_hba.conf, by which PgBouncer decides where PostgreSQL sees only the bastion.',
  'pgbouncer.hbaIntro':
    'PgBouncer skips a line that it cannot read, with only a warning, so a reject that it skips would let someone in. Before you change this file, read what install-pgbouncer.sh says of it.',
  'pgbouncer.installTitle': 'Tries the files with a PgBouncer that listens nowhere, and puts them in place.',
  'pgbouncer.installIntro':
    'Run it as root on the bastion. It asks for the password of the asking role, which roles.sql and \\password have set on the server; with --new-password it asks again.',
  'pgbouncer.installOwn': 'Before it, put bastion.crt, bastion.key and ca.crt of make-certificates.sh beside it.',
  'pgbouncer.installOther':
    'Before it, put beside it bastion.crt and bastion.key, with a certificate for the name of the bastion, and root.crt if the authority of the server is not one of the system.',
  'pgbouncer.installCertificates': 'What PgBouncer shows its clients, and whom it trusts to have signed the server.',
  'pgbouncer.installPassword': 'Goes to a file that only PgBouncer reads, and to no command line.',
  'pgbouncer.installTest':
    'PgBouncer has no check of its own, so one is started that listens only on a socket in a private folder, and its log is read: a skipped line is only a warning there.',
  'pgbouncer.installPlace': 'Each file is changed in one step.',
  'pgbouncer.undoTitle': 'Puts the pgbouncer.ini back that was there before.',
  'authQuery.title': 'The function with which PgBouncer learns the secrets of the roles that it lets in.',
  'authQuery.intro':
    'Run it after roles.sql, as the superuser, with psql. To undo: DROP SCHEMA postern_pgbouncer CASCADE in each database.',
  'authQuery.database':
    'In {database}. Only {role} may call it, it knows only the roles of this plan, and gives the secret of no superuser. Its search_path is its own, so nobody can slip another function under it.',

  'finding.proxy-shared': 'Clients of different networks come through the same proxy ({clients}).',
  'finding.proxy-shared.why':
    'PostgreSQL sees the address of the bastion for all of them, so pg_hba.conf cannot hold a role to its network.',
  'finding.proxy-shared.fix':
    'With PgBouncer the twin of pg_hba.conf does it. HAProxy knows only networks, not roles: whoever is in one of them may try every role. Use PgBouncer where that matters.',
  'finding.proxy-certificate': 'The certificate must carry the name {bastion}.',
  'finding.proxy-certificate.why':
    'Clients connect to the proxy by that name and look for it in the certificate they are shown.',
  'finding.proxy-certificate.fix':
    'Have the authority sign that name as well, or use an authority of your own, for which the certificates are made here.',
  'finding.transaction-pooling': 'PgBouncer lends server connections for one transaction at a time.',
  'finding.transaction-pooling.why':
    'SET, LISTEN, temporary tables, session advisory locks, and before 1.21 prepared statements do not work, and fail in ways that show up late.',
  'finding.transaction-pooling.fix': 'Choose session pooling, or test each program.',
  'finding.pooler-name': 'The bastion must resolve {host} to the private address of the database server.',
  'finding.pooler-name.why':
    'PgBouncer checks the certificate for the name that it connects to, and the authority has signed the name and not the address.',
  'finding.pooler-name.fix': 'Add a line with {address} and {host} to /etc/hosts on the bastion.',
} as const;
