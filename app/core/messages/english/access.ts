export const accessMessages = {
  'listen.localhost': 'The server itself: local tools, tests and administrators behind an SSH forward.',
  'listen.container':
    'Inside the container every address is its own; which addresses of the host are published is decided in compose.yaml.',
  'listen.public': 'Clients reach this public address of the server directly.',
  'listen.private': 'Clients in the private network reach this address.',
  'listen.nat': 'The public address is translated to this one, which is the one that the server has.',
  'listen.bastion': 'The bastion forwards to this address.',
  'listen.gateway': 'The VPN gateway forwards the tunnel to this address.',
  'listen.vpn': 'Clients in the tunnel reach this address. It exists only while the tunnel is up.',

  'flow.client': '{client} reaches PostgreSQL from {sources}.',
  'flow.replica': '{client} reads from {replica}.',
  'flow.bastionClient': '{client} reaches the bastion by SSH from {sources}; the bastion forwards to PostgreSQL.',
  'flow.bastion': 'The bastion forwards its users to PostgreSQL, which sees the address of the bastion.',
  'flow.administrator': '{name} administer the server by SSH from {sources}.',
  'flow.administratorBastion': '{name} reach the server by SSH through the bastion.',
  'flow.ipsec':
    'Peers call the tunnel from wherever they are, with IKE and with ESP inside UDP (port {port}); without a known certificate or key there is no answer but a refusal.',
  'flow.tunnel': 'Peers call the tunnel from wherever they are; WireGuard answers only to known keys.',

  'grant.local.superuser':
    'The administrator on the server itself: the operating system says who it is. This record keeps you from locking yourself out.',
  'grant.local.superuserMap':
    'The administrator on the server itself: account {account} logs in as {superuser}, by the map in pg_ident.conf.',
  'grant.local.superuserReplication': 'Backups on the server itself, such as pg_basebackup run by the administrator.',
  'grant.local.client': '{client} on the server itself.',
  'grant.local.everyone':
    'Accounts on the server itself log in as the role of their own name, as the packages set it up.',
  'grant.loopback.superuser':
    'The administrator through an SSH forward or on Windows, where there is no socket: with a password, from the server itself only.',
  'grant.loopback.oldWindows':
    'The administrator, who has no socket on Windows: with a password, from the server itself only. md5 takes SCRAM passwords too; before 14 yours may still be md5, and asking for SCRAM would lock you out. Set it again, then write scram-sha-256 here.',
  'grant.superuser.reject':
    'Superusers never log in from another machine; this stands before every client so that none can let them in.',
  'grant.superuser.replication': 'Superusers may replicate too, so that way is closed as well.',
  'grant.client': '{client}: {roles} to {databases} from {source}, {method}.',
  'grant.client.tlsOnly':
    '{client} must use TLS, and a broader record below would let it in without: this one stops it here.',
  'grant.replication':
    '{client} streams the whole server as {roles} from {source}, {method}. The keyword all does not cover this.',
  'grant.end.reject':
    'Whoever gets this far is refused, explicitly, so that nobody wonders whether a record is missing.',
  'grant.end.replication': 'The same for replication, which all does not cover.',
  'method.scram': 'with a SCRAM password',
  'method.md5': 'with a password (md5 or SCRAM, as it is stored)',
  'method.cert': 'with a client certificate',
  'method.certScram': 'with a client certificate and a SCRAM password',
  'method.peer': 'as its own operating system account',
  'method.gss': 'with Kerberos',
  'method.ldap': 'with an LDAP password',
  'method.overTls': '{method} over TLS',
  'method.plain': '{method}, with or without TLS',
  'databases.all': 'every database',
} as const;
