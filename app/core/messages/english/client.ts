export const clientMessages = {
  'file.verify':
    'The test kit: verifies that each client can connect as planned, and that others cannot. Run it where the client runs.',
  'file.service': 'Connection services for libpq: psql service=NAME, also for drivers that are based on libpq.',
  'file.connections': 'Connection strings for each client and driver.',
  'verify.usage':
    'bash verify.sh CLIENT tests one client; without a name it lists them. bash verify.sh CLIENT ROLE tests only one role of the client, for a person who knows only the password of that role. Passwords come from ~/.pgpass, PGPASSFILE or PGPASSWORD, or are asked for once for each role. Set PGSSLROOTCERT to the CA of the server if it is not at ~/.postgresql/root.crt, and CERTIFICATES to the directory with client certificates if it is not ~/.postgresql. If there is no certificate with the name of the role, postgresql.crt and postgresql.key are used.',
  'verify.client': 'Client {client}, tested from {sources}.',
  'verify.clientSocket': 'Client {client}, tested on the database server itself, as the account that runs it.',
  'verify.clientBastion':
    'Client {client}, tested from {sources} through the bastion: keep ssh -N {alias} running meanwhile.',
  'verify.getsIn': '{role} reaches {target} at {host}',
  'verify.covers':
    '{client} has {count} combinations of server, role and database. This tests each server, each role and each database once, and some more pairs: {tested} in all.',
  'verify.noRefusals':
    'For this role, only logins that must succeed are tested. Without ROLE, rejected logins are tested too.',
  'verify.clear': '{role} without TLS is rejected',
  'verify.otherDatabase': '{role} cannot connect to database {database}',
  'verify.superuser': '{superuser} is rejected from here',
  'verify.nobody': 'a role outside the plan is rejected',
  'verify.replication': '{role} cannot replicate',
  'verify.wrongPassword': '{role} with a wrong password is rejected',
  'verify.noCertificate': 'a client without a certificate is rejected',
  'verify.dates':
    'A certificate that has expired is a failed check, and one that expires within {days} days a warning. psql itself never warns, and rejects an expired certificate only if it verifies the server.',
  'verify.serverDates': 'the certificate of {host} has not expired',
  'verify.clientDates': 'the client certificate {certificate} has not expired',
  'verify.libpq': 'What the libpq of this psql supports: an unknown parameter would make every connection fail.',
  'verify.exempt':
    'fail2ban on the server counts the logins that must fail. The script reports this and pauses in time; with --exempt after the client (and the role) it does not pause, for an address that fail2ban ignores.',
  'verify.pacing':
    'Never makes as many failed logins as trigger a ban. It remembers them between runs; after {minutes} minutes without one, fail2ban no longer counts them.',
  'verify.jail':
    'fail2ban on the server bans an address for {ban} minutes after {maxRetry} failed logins within {find} minutes. This run makes {failures} on purpose.',
  'verify.jailFits':
    'That is below the limit; if other failed logins came before, it pauses until fail2ban has forgotten them.',
  'verify.jailPauses':
    'It makes {allowed} of them at most, then pauses for {minutes} minutes until fail2ban has forgotten them.',
  'verify.jailFirst': 'A single one is a ban, so this address must be exempt first.',
  'verify.jailExempt':
    'To test without a pause, run on the server: sudo fail2ban-client set {jail} addignoreip ADDRESS, here: bash verify.sh {client} --exempt, and {find} minutes afterwards on the server the first command with delignoreip.',
  'verify.jailUnban': 'To lift a ban, run on the server: sudo fail2ban-client set {jail} unbanip ADDRESS',
  'verify.choice': 'Runs the checks of one client and counts how many hold.',
  'verify.prompts':
    'For OAuth: like gets_in, and libpq shows at the terminal where to log in. Each login has five minutes.',
  'verify.functions':
    'gets_in expects a session, and TLS if the plan requires it; refused expects a rejection with this text.',
  'service.where':
    'Save it as ~/.pg_service.conf, or where PGSERVICEFILE points. Do not put passwords here; use ~/.pgpass.',
  'service.pattern':
    "{client}, with many roles and databases: psql 'service={service} user={role} dbname={database}'. Replace {role} and {database}.",
  'service.of': '{client}: psql service={service}',
  'service.newer':
    'libpq 13 and older stop reading here: the lines below are longer than the {limit} bytes that they read. The services above are not affected.',
  'service.unread':
    'Services left out: {count}. They have a line of more than {limit} bytes, which no libpq reads. Use the connection string in connection-strings.md.',
  'connections.title': 'Connection strings',
  'connections.password':
    'These strings contain no passwords: drivers take them from ~/.pgpass, PGPASSWORD, or from your secret store at run time.',
  'connections.files':
    'Files named without a directory are the ones you were given: root.crt is the CA of the server (certificates/ca.crt), NAME.crt and NAME.key are the certificate and key of the role, and NAME.pk8 is the key in the format that JDBC reads.',
  'connections.system':
    "sslrootcert=system is the trust store of the client's system, for libpq 16 and later and drivers based on it (psycopg). Older versions interpret it as a file name: write /etc/ssl/certs/ca-certificates.crt (Debian, Ubuntu), /etc/pki/tls/certs/ca-bundle.crt (RHEL) or /etc/ssl/cert.pem (macOS) instead. The other drivers use their own trust store when no file is specified.",
  'connections.oauth':
    'This client logs in with an OAuth token. psql and other programs with libpq 18 or later get one: they print a URL and a code, and the user logs in there with a browser. libpq needs its OAuth module (package libpq-oauth of Debian and Ubuntu), which is not available on Windows. oauth_issuer must be written exactly as here. Other drivers need a token from your program: see whether yours supports OAUTHBEARER.',
  'connections.oauthClientId': 'Replace {clientId} with the client ID that the provider assigned.',
  'connections.direct':
    'These strings use direct TLS. It requires libpq 17, pgJDBC 42.7.4, Npgsql 9, pgx 5.7.5 or node-postgres 8.22, or later; for an older version, remove the parameter, and the connection works with standard TLS negotiation.',
  'connections.patternSection': '{client}: {roles} roles, {databases} databases',
  'connections.pattern':
    'This client has {count} pairs of role and database, so one pattern is shown for all of them. Replace {role} and {database} with the names below.',
  'connections.patternCertificate':
    'Replace {certificate} with the file name of the role: line by line, in the order of the roles below.',
  'connections.roles': 'Roles:',
  'connections.databases': 'Databases:',
  'connections.certificates': 'Certificate files of the roles:',
  'connections.spelled': 'The same names, line by line, as {driver} writes them:',
  'connections.section': '{client}: {role} in {database}',
  'connections.address':
    'For this client, PostgreSQL listens on {addresses}. The name {host} may resolve to another address. libpq and psycopg use hostaddr for the address and node-postgres uses host; all three still verify the name {host}. For JDBC, Npgsql and pgx, {host} must resolve to {addresses} on the client.',
  'connections.hostsFile': 'Add {addresses} under that name to the internal DNS, or to the hosts file of the client.',
  'connections.tunnelName':
    'The VPN resolves its gateway by the same name. Before you point {host} at {addresses} in the hosts file or the DNS of the client, replace the name with the public address of the gateway in the VPN configuration (in WireGuard, Endpoint). Otherwise the VPN cannot connect the next time it starts.',
  'connections.forward':
    'The connection goes through the SSH forward on this machine, and the certificate contains the name {host}. Drivers without a separate parameter for the address need a line 127.0.0.1 {host} in the hosts file of this machine.',
} as const;
