export const pathMessages = {
  'asked.address.network':
    '{value} is a network of many addresses, but a connection comes from one address. Enter one address at a time.',
  'asked.address.spelling':
    '{value} is an old notation that programs read differently. PostgreSQL would read it as {fix}: write it that way.',
  'asked.address.name':
    '{value} is not an address. The server sees numeric addresses, such as 203.0.113.7 or 2001:db8::7. A name goes in the host name field.',
  'asked.hostname.blank':
    '{value} is not a host name because it contains a space. Enter the name that reverse lookup of the address returns.',
  'asked.to.network': '{value} is a network or a directory. Enter the address or name that the client passes with -h.',
  'asked.to.family':
    '{value} is IPv{family}, but the client connects over IPv{other}. Enter a server address of the same family, or leave the field empty.',
  'asked.to.loopback':
    'Only the server itself can reach {value}. Enter an address that the client can reach, or leave the field empty.',
  'asked.name.long':
    '{value} has {bytes} bytes. PostgreSQL truncates requested names to 63 bytes, so it would look for {fix}.',
  'asked.name.control': 'This contains a character that no connection can send (NUL). Remove it.',
  'asked.gss.major':
    'PostgreSQL {major} has no GSSAPI encryption, which was added in version 12. Choose TLS or an unencrypted connection.',

  'path.address.socket': 'The client is a process on the server itself and connects through a Unix socket.',
  'path.address.file':
    "The server sees {address}. If something in between opens its own connection (NAT, a load balancer, a bastion, the Docker bridge), that is its address and not the client's. With log_connections = on, the log shows which.",
  'path.address.client': '{address} is {client} in the plan. {why}',
  'path.address.nobody': 'No client in the plan connects from {address}.',
  'path.address.loopback': '{address} is the server itself.',
  'path.address.mapped':
    '{address} is an IPv4-mapped IPv6 address. No IPv4 rule contains it; PostgreSQL itself never shows a client this way.',

  'path.filter.file':
    'Unknown: neither file describes a firewall. A packet filter here or in the cloud may drop the connection before it reaches the server; then the client waits until it times out.',
  'path.filter.loopback': 'Connections from the server itself pass no filter.',
  'path.filter.none': 'The plan has no packet filter on the server, so everyone passes.',
  'path.filter.passes': '{address} can reach {to}.',
  'path.filter.stops': "{address} can't reach {to}: the packets are dropped, and the client waits until it times out.",
  'path.filter.some': '{address} can reach {to}, but not {others}.',
  'path.filter.noWay':
    'No client in the plan connects to {to} this way, so nothing is open there: the packets are dropped, and the client waits until it times out.',

  'path.socket.unknown':
    'Without postgresql.conf, the addresses that the server listens on are unknown. If the setting is absent, it is only localhost, port 5432.',
  'path.socket.included':
    'postgresql.conf includes files that were not provided, and they may set the addresses that the server listens on.',
  'path.socket.nothing':
    'listen_addresses is empty: the server accepts no TCP connections. The client gets “Connection refused”.',
  'path.socket.everywhere': 'The server listens on every IPv{family} address, port {port}.',
  'path.socket.own': 'The server listens on {to}, port {port}.',
  'path.socket.other':
    'The server listens on {addresses}, port {port}, but not on {to}. The client gets “Connection refused”.',
  'path.socket.loopback':
    'The server listens only on {addresses}, port {port}, which no other host can reach. The client gets “Connection refused”.',
  'path.socket.family':
    'The server listens on {addresses}, port {port}, but the client connects over IPv{family}. It gets “Connection refused”.',
  'path.socket.where':
    'The server listens on {addresses}, port {port}. The result depends on which address the client connects to.',
  'path.socket.default': 'listen_addresses is not set, so the server listens on localhost.',
  'path.socket.file': 'The socket is in {directory}.',
  'path.socket.noFile': 'unix_socket_directories is empty: the server creates no socket.',

  'path.tls.on': 'ssl = on: the server accepts TLS.',
  'path.tls.off':
    "ssl is off: the server doesn't support TLS. A client that requires it gets “server does not support SSL, but SSL was required”.",
  'path.tls.unknown':
    'The client requests TLS. Whether the server supports it depends on ssl in postgresql.conf, which was not provided in full.',
  'path.tls.none': "The client doesn't request encryption: anyone on the network path can read and modify the traffic.",
  'path.tls.gss':
    'The client requests GSSAPI encryption. It needs a server built with GSSAPI, a keytab on the server, and a ticket on the client.',

  'path.record.caught': 'The first matching rule decides.',
  'path.record.caughtAfter': "{count} rules above it don't match; the first matching rule decides.",
  'path.record.none': 'None of the {count} rules matches: {message}',
  'path.record.empty': 'The file has no rules at all: {message}',
  'path.record.dead': 'Nobody: earlier rules match every connection that it matches (line {by}).',

  'path.method.trust': 'trust: requires no authentication. Anyone who gives this role name can connect.',
  'path.method.reject': 'reject: {message}',
  'path.method.scram-sha-256':
    'scram-sha-256: the client proves that it knows the password, which is stored as a SCRAM hash. A role whose password is stored as an MD5 hash fails.',
  'path.method.md5': 'md5: the client proves that it knows the password. If a SCRAM hash is stored, SCRAM is used.',
  'path.method.password': 'password: the client sends the password itself.',
  'path.method.peer':
    'peer: the operating system reports which account the client runs as; the account must equal the role, or be mapped to it.',
  'path.method.ident':
    "ident: the server asks an ident server on the client's host for the account. Hardly any host runs one, and anyone who controls that host can lie.",
  'path.method.cert':
    "cert: the client presents a certificate signed by a CA in the server's ssl_ca_file, with the role as its name.",
  'path.method.gss': 'gss: the client presents a Kerberos ticket for the role.',
  'path.method.sspi': 'sspi: Windows confirms who the client is.',
  'path.method.ldap': 'ldap: the client sends a password, and the server checks it against an LDAP directory.',
  'path.method.radius': 'radius: the client sends a password, and the server asks a RADIUS server.',
  'path.method.pam': 'pam: the client sends a password, and the server asks PAM.',
  'path.method.bsd': 'bsd: the client sends a password, and the server asks the BSD authentication service.',
  'path.method.oauth': 'oauth: the client presents a bearer token, and a validator on the server checks it.',
  'path.method.certificateToo': 'A client certificate is required as well ({option}).',
  'path.method.options': 'Options: {options}.',

  'path.role.file': '{user} must exist and have LOGIN. Query the server:',
  'path.role.replication': '{user} must exist and have LOGIN and REPLICATION. Query the server:',
  'path.role.plan': 'roles.sql creates {user} with the required attributes.',
  'path.role.superuser': '{user} is the server administrator.',
  'path.role.notReplicating': 'roles.sql creates {user} without REPLICATION, so the server rejects it here.',
  'path.role.notOfPlan': 'The plan has no role {user}. To see whether it exists and can log in, query the server:',

  'path.database.file':
    '{database} must exist, and {user} needs CONNECT on it, which everyone has until it is revoked. Query the server:',
  'path.database.plan': 'roles.sql allows {user} to connect to {database}.',
  'path.database.revoked': "roles.sql revokes CONNECT on {database} from PUBLIC and doesn't grant it to {user}.",

  'path.assumes.host': 'The client uses {host} with -h.',
  'path.assumes.name': 'Where psql prints {to}, it adds the address in parentheses.',
  'path.assumes.filter': 'No filter on the path blocks it.',
  'path.assumes.socket': 'The server listens on the address the client connects to.',
  'path.assumes.ssl': 'ssl = on in postgresql.conf.',
  'path.assumes.local': "On the socket psql doesn't use TLS, whatever its sslmode.",
} as const;
