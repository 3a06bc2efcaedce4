export const pathMessages = {
  'asked.address.network':
    '{value} is a network of many addresses, and a connection comes from one of them. Ask for one address of it at a time.',
  'asked.address.spelling':
    '{value} is an old spelling that programs read differently. PostgreSQL would take it for {fix}: write it so.',
  'asked.address.name':
    '{value} is no address. The server sees numbers, such as 203.0.113.7 or 2001:db8::7; a name goes into the field for the host name.',
  'asked.hostname.blank':
    '{value} is no host name: it holds a blank. Write the one name that reverse lookup of the address gives.',
  'asked.to.network':
    '{value} is a network or a folder. Write the one address or name that the client is given with -h.',
  'asked.to.family':
    '{value} is IPv{family}, and the client comes over IPv{other}. Write an address of the server in the same family, or leave it out.',
  'asked.to.loopback':
    'Only the server itself reaches {value}. Write an address that the client reaches, or leave it out.',
  'asked.name.long':
    '{value} has {bytes} bytes. PostgreSQL cuts what a client asks for to 63, so it would look for {fix}.',
  'asked.name.control': 'This holds a character that no connection can send (NUL). Take it out.',
  'asked.gss.major': 'PostgreSQL {major} has no GSSAPI encryption, which came with 12. Ask for TLS or for clear text.',

  'path.address.socket': 'The client is a process on the server itself, and comes through a Unix socket.',
  'path.address.file':
    'The server sees {address}. Where something on the way makes the connection anew, that is its address and not the client’s: NAT, a load balancer, a bastion, the bridge of Docker. The log says which, with log_connections = on.',
  'path.address.client': '{address} is {client} of the plan. {why}',
  'path.address.nobody': 'No client of the plan comes from {address}.',
  'path.address.loopback': '{address} is the server itself.',
  'path.address.mapped':
    '{address} is an IPv4 address in the clothes of IPv6. No record for IPv4 holds it; PostgreSQL itself never shows a client so.',

  'path.filter.file':
    'It is not known: neither file tells of a firewall. A packet filter here or in the cloud may stop the connection before the server sees it; then the client waits until it times out.',
  'path.filter.loopback': 'What comes from the server itself passes no filter.',
  'path.filter.none': 'The plan has no packet filter on the server, so everybody passes.',
  'path.filter.passes': '{address} may reach {to}.',
  'path.filter.stops':
    '{address} may not reach {to}: the packets are dropped, and the client waits until it times out.',
  'path.filter.some': '{address} may reach {to}, and not {others}.',
  'path.filter.noWay':
    'No client of the plan comes this way to {to}, so nothing is open there: the packets are dropped, and the client waits until it times out.',

  'path.socket.unknown':
    'postgresql.conf is not given, so it is not known where the server listens. Without a setting it is localhost alone, port 5432.',
  'path.socket.included':
    'Files that postgresql.conf includes are not given, and they may say where the server listens.',
  'path.socket.nothing':
    'listen_addresses is empty: the server takes no connection over TCP. The client is told “Connection refused”.',
  'path.socket.everywhere': 'The server listens on every IPv{family} address, port {port}.',
  'path.socket.own': 'The server listens on {to}, port {port}.',
  'path.socket.other':
    'The server listens on {addresses}, port {port}, and not on {to}. The client is told “Connection refused”.',
  'path.socket.loopback':
    'The server listens on {addresses} alone, port {port}, which no other machine reaches. The client is told “Connection refused”.',
  'path.socket.family':
    'The server listens on {addresses}, port {port}, and the client comes over IPv{family}. It is told “Connection refused”.',
  'path.socket.where':
    'The server listens on {addresses}, port {port}. It depends on which address the client connects to.',
  'path.socket.default': 'listen_addresses is not set, which means localhost.',
  'path.socket.file': 'The socket is in {directory}.',
  'path.socket.noFile': 'unix_socket_directories is empty: the server makes no socket.',

  'path.tls.on': 'ssl = on: the server takes TLS.',
  'path.tls.off':
    'ssl is off: the server has no TLS. A client that insists is told “server does not support SSL, but SSL was required”.',
  'path.tls.unknown':
    'The client wants TLS. Whether the server has it, postgresql.conf tells (ssl), which is not given in full.',
  'path.tls.none': 'The client asks for none: whoever is on the way can read and change what is sent.',
  'path.tls.gss':
    'The client wants GSSAPI encryption. It needs a server that is built with it, a keytab there, and a ticket here.',

  'path.record.caught': 'The first record that matches decides.',
  'path.record.caughtAfter': '{count} records above it do not match; the first that matches decides.',
  'path.record.none': 'None of the {count} records matches: {message}',
  'path.record.empty': 'The file has no record at all: {message}',
  'path.record.dead': 'Nobody: earlier records take everything that it matches (line {by}).',

  'path.method.trust': 'trust: it asks for nothing. Whoever says the name is let in.',
  'path.method.reject': 'reject: {message}',
  'path.method.scram-sha-256':
    'scram-sha-256: the client proves a password that is stored as a SCRAM secret. A role whose password was stored as md5 fails.',
  'path.method.md5': 'md5: the client proves a password. A secret stored as SCRAM is used with SCRAM.',
  'path.method.password': 'password: the client sends the password itself.',
  'path.method.peer':
    'peer: the operating system says which account the client runs as; it has to be the role, or fit the map.',
  'path.method.ident':
    'ident: an ident server on the client’s machine is asked which account it is. Hardly any machine runs one, and whoever rules that machine can lie.',
  'path.method.cert':
    'cert: the client shows a certificate that the server’s ssl_ca_file signed, with the role as its name.',
  'path.method.gss': 'gss: the client shows a Kerberos ticket for the role.',
  'path.method.sspi': 'sspi: Windows says who the client is.',
  'path.method.ldap': 'ldap: the client sends a password, and the server asks a directory.',
  'path.method.radius': 'radius: the client sends a password, and the server asks a RADIUS server.',
  'path.method.pam': 'pam: the client sends a password, and the server asks PAM.',
  'path.method.bsd': 'bsd: the client sends a password, and the server asks the BSD service.',
  'path.method.oauth': 'oauth: the client shows a bearer token, and a validator of the server judges it.',
  'path.method.certificateToo': 'It has to show a client certificate as well ({option}).',
  'path.method.options': 'Options: {options}.',

  'path.role.file': '{user} has to exist and needs LOGIN. The server tells:',
  'path.role.replication': '{user} has to exist, with LOGIN and REPLICATION. The server tells:',
  'path.role.plan': 'roles.sql makes {user}, with what it needs.',
  'path.role.superuser': '{user} is the administrator of the server.',
  'path.role.notReplicating': 'roles.sql makes {user} without REPLICATION, so the server refuses it here.',
  'path.role.notOfPlan': 'The plan has no role {user}. Whether it exists and may log in, the server tells:',

  'path.database.file':
    '{database} has to exist, and {user} needs CONNECT on it, which everybody has until it is revoked. The server tells:',
  'path.database.plan': 'roles.sql lets {user} connect to {database}.',
  'path.database.revoked': 'roles.sql takes CONNECT on {database} from everybody, and does not grant it to {user}.',

  'path.assumes.host': 'The client is given {host} with -h.',
  'path.assumes.name': 'Where psql names {to}, it writes its address in brackets behind it.',
  'path.assumes.filter': 'No filter on the way stops it.',
  'path.assumes.socket': 'The server listens where the client connects to.',
  'path.assumes.ssl': 'ssl = on in postgresql.conf.',
  'path.assumes.local': 'On the socket psql uses no TLS, whatever its sslmode.',
} as const;
