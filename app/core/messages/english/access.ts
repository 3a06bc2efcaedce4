export const accessMessages = {
  'listen.localhost': 'The server itself: local tools, tests, and administrators through an SSH forward.',
  'listen.container':
    'Inside the container every address is its own; compose.yaml controls which addresses of the host are published.',
  'listen.public': 'Clients connect directly to this public address of the server.',
  'listen.private': 'Clients in the private network connect to this address.',
  'listen.nat': 'The public address is translated to this one, which the server has.',
  'listen.bastion': 'The bastion forwards connections to this address.',
  'listen.gateway': 'The VPN gateway forwards the tunnel to this address.',
  'listen.vpn': 'Clients in the tunnel connect to this address. It exists only while the tunnel is up.',

  'flow.client': '{client} connects to PostgreSQL from {sources}.',
  'flow.replica': '{client} reads from {replica}.',
  'flow.bastionClient': '{client} connects to the bastion over SSH from {sources}; the bastion forwards to PostgreSQL.',
  'flow.bastion': 'The bastion forwards connections of its users to PostgreSQL, which sees the address of the bastion.',
  'flow.administrator': '{name} administer the server over SSH from {sources}.',
  'flow.administratorBastion': '{name} connect to the server over SSH through the bastion.',
  'flow.ipsec':
    'Peers connect to the tunnel from any address, with IKE and with ESP in UDP (port {port}); without a known certificate or key they are rejected.',
  'flow.tunnel': 'Peers connect to the tunnel from any address; WireGuard responds only to known keys.',

  'hbaEntry.local.superuser':
    'The administrator on the server itself, authenticated by the operating system. This rule keeps you from locking yourself out.',
  'hbaEntry.local.superuserMap':
    'The administrator on the server itself: account {account} logs in as {superuser}, mapped in pg_ident.conf.',
  'hbaEntry.local.superuserReplication':
    'Backups on the server itself, such as pg_basebackup run by the administrator.',
  'hbaEntry.local.client': '{client} on the server itself.',
  'hbaEntry.local.everyone':
    'Accounts on the server itself log in as the role with the same name, which is the default of the packages.',
  'hbaEntry.loopback.superuser':
    'The administrator through an SSH forward, or on Windows, where there is no socket: with a password, and only from the server itself.',
  'hbaEntry.loopback.oldWindows':
    'The administrator on Windows, where there is no socket: with a password, and only from the server itself. md5 also accepts SCRAM passwords; before version 14 yours may still be an MD5 hash, and requiring SCRAM would lock you out. Set it again, then change this to scram-sha-256.',
  'hbaEntry.service.application': 'Local service {name}, an application on this server.',
  'hbaEntry.service.monitoring': 'Local service {name}, which monitors this server.',
  'hbaEntry.service.backup':
    'Local service {name}, which backs up this server; the keyword all does not match replication.',
  'hbaEntry.superuser.reject':
    'Superusers cannot log in from other machines; this rule comes before the rules of all clients, so none of them can allow it.',
  'hbaEntry.superuser.replication': 'Superusers can also replicate, so replication is rejected as well.',
  'hbaEntry.client': '{client}: {roles} to {databases} from {source}, {method}.',
  'hbaEntry.client.tlsOnly':
    '{client} must use TLS, but a broader rule below would allow it to connect without TLS: this rule rejects that.',
  'hbaEntry.replication':
    '{client} streams the whole server as {roles} from {source}, {method}. The keyword all does not match replication.',
  'hbaEntry.end.reject':
    'Everyone else is rejected explicitly, so that the log distinguishes a deliberate rejection from a missing rule.',
  'hbaEntry.end.replication': 'The same for replication, which the keyword all does not match.',
  'method.scram': 'with a SCRAM password',
  'method.md5': 'with a password (MD5 or SCRAM, depending on how it is stored)',
  'method.cert': 'with a client certificate',
  'method.certScram': 'with a client certificate and a SCRAM password',
  'method.peer': 'as the operating system account with the same name',
  'method.gss': 'with Kerberos',
  'method.ldap': 'with an LDAP password',
  'method.oauth': 'with an OAuth token',
  'method.overTls': '{method} over TLS',
  'method.plain': '{method}, with or without TLS',
  'databases.all': 'every database',
} as const;
