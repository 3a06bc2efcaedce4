export const clientMessages = {
  'file.verify':
    'The test kit: shows that each client gets in as planned, and that others do not. Run it where the client runs.',
  'file.service': 'Connection services for libpq: psql service=NAME, also for drivers that build on libpq.',
  'file.connections': 'Connection strings for each client, in six drivers.',
  'verify.usage':
    'bash verify.sh CLIENT tests one client; without a name it lists them. Passwords come from ~/.pgpass, PGPASSFILE or PGPASSWORD, or are asked for once. PGSSLROOTCERT names the authority of the server where it is not at ~/.postgresql/root.crt; CERTIFICATES the directory with client certificates, ~/.postgresql otherwise.',
  'verify.client': 'Client {client}, tested from {sources}.',
  'verify.clientSocket': 'Client {client}, tested on the database server itself, as the account that runs it.',
  'verify.clientBastion':
    'Client {client}, tested from {sources} through the bastion: keep ssh -N {alias} open beside it.',
  'verify.getsIn': '{role} reaches {target} at {host}',
  'verify.clear': '{role} without TLS is refused',
  'verify.otherDatabase': '{role} does not reach database {database}',
  'verify.superuser': '{superuser} is refused from here',
  'verify.nobody': 'a role outside the plan is refused',
  'verify.replication': '{role} cannot replicate',
  'verify.wrongPassword': '{role} with a wrong password is refused',
  'verify.noCertificate': 'a client without a certificate is refused',
  'verify.libpq': 'What the libpq of this psql knows: a word that is new to it would end each connection.',
  'verify.choice': 'Runs the checks of one client and says how many hold.',
  'verify.functions':
    'gets_in wants a session, and TLS where the plan requires it; refused wants a refusal with this text.',
  'service.where':
    'Stands at ~/.pg_service.conf, or where PGSERVICEFILE points. No password belongs here; ~/.pgpass takes them.',
  'service.of': '{client}: psql service={service}',
  'connections.title': 'Connection strings',
  'connections.password':
    'No password stands here: drivers take it from ~/.pgpass, PGPASSWORD, or from your secret store at run time. Files named without a directory are the ones you were given: root.crt is the authority of the server (certificates/ca.crt), NAME.crt and NAME.key are the certificate and key of the role, and NAME.pk8 is the key in the form that JDBC reads.',
  'connections.system':
    "sslrootcert=system is the trust store of the client's system, for libpq 16 and later and what builds on it (psycopg). Older ones take it for a file: write /etc/ssl/certs/ca-certificates.crt (Debian, Ubuntu), /etc/pki/tls/certs/ca-bundle.crt (RHEL) or /etc/ssl/cert.pem (macOS) instead. The other drivers take their own trust store when none is named.",
  'connections.direct':
    'TLS starts at once. libpq 17, pgJDBC 42.7.4, Npgsql 9, pgx 5.7.5 and node-postgres 8.22 or later can do that; leave the word out for an older one, which then asks first and gets in just as well.',
  'connections.section': '{client}: {role} in {database}',
  'connections.forward':
    'The connection goes into the SSH forward on this machine, and the certificate carries the name {host}. Drivers that know no separate address need a line 127.0.0.1 {host} in the hosts file of this machine.',
} as const;
