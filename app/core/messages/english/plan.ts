export const planMessages = {
  'plan.type': 'This must be {expected}, and it is {actual}.',
  'plan.unknownKey':
    'A plan of this version has no answer named {name}. Remove it, or open the plan with a newer Postern.',
  'plan.choice': '{value} is not one of the choices here: {choices}.',
  'plan.newer':
    'This plan has version {value}, and this Postern reads up to {known}. Open it with a newer Postern; nothing of it was changed.',
  'plan.version': 'A plan starts with its version, a whole number from 1 on; here it is {value}.',
  'plan.tooMany':
    'This list has {count} entries, and {limit} are the limit. Split the plan, or merge entries into larger networks.',
  'plan.emptyList': 'At least one entry is needed here. {hint}',
  'plan.required': 'An answer is needed here.',

  'text.control':
    '{value} holds the character {code}, which cannot be seen or would end a line. Type the name without it.',
  'text.bidi':
    '{value} holds the invisible character {code}, which makes text look different from what it is. Type the name without it.',
  'text.surrogate': '{value} is not valid Unicode text. Type it again.',
  'text.length': '{value} is {length} bytes long, and {limit} are the limit.',
  'text.blankEnds':
    '{value} starts or ends with a blank. PostgreSQL would take it as part of the name, and several files on the way cannot carry it. Remove the blank.',
  'text.empty': 'A name cannot be empty.',

  'name.postgresLength':
    '{value} is {length} bytes long in UTF-8; PostgreSQL cuts names after 63 bytes, so another name would be created. Shorten it.',
  'name.reservedRole':
    '{value} cannot be a role: PostgreSQL reserves public, none and every name that starts with pg_. Choose another name.',
  'name.templateDatabase':
    '{value} is a template: connections to it would be copied into new databases. Choose another database.',
  'name.system':
    '{value} is not a user or group name that every system takes. Use letters, digits, _ . and -, starting with a letter or _, at most 32 characters.',
  'name.host':
    '{value} is not a DNS name. Write it like db.example.com: letters, digits and hyphens between dots, at most 253 characters, no scheme and no port.',
  'name.hostOrAddress':
    '{value} is neither a DNS name nor an address. Write db.example.com, 203.0.113.10 or 2001:db8::10.',
  'name.number':
    '{value} looks like an address but is not one: each of the four parts goes from 0 to 255. Mend the part that does not.',

  'address.syntax':
    '{value} is not an address. Write four numbers from 0 to 255 like 203.0.113.10, or IPv6 like 2001:db8::10.',
  'address.notNetwork': '{value} is a network; one address is wanted here. Write it without the part after the slash.',
  'address.notHost': '{value} is not the address of one host: {reason}. Write an address that a network card can have.',
  'address.any': 'it means every address',
  'address.multicast': 'it is a multicast or broadcast address',
  'address.loopback': 'it never leaves the machine',
  'source.syntax': '{value} is not a network. Write 10.0.0.0/24, 2001:db8:1::/48 or one address.',
  'source.dots': '{value} ends its address with a dot, so a part is missing. Did you mean {fix}?',
  'source.missingParts':
    '{value} has fewer than four parts. Programs read it differently: PostgreSQL reads {asRead}. Did you mean {fix}?',
  'source.leadingZero':
    '{value} has a part with a leading zero, which PostgreSQL reads as octal: {asRead}. Did you mean {fix}?',
  'source.length': '/{length} is too long: {family} networks go from /0 to /{limit}.',
  'source.lengthSyntax': '{value} has no number after the slash. Write the length of the network, such as /24.',
  'source.hostBits':
    '{value} has bits set to the right of /{length}; the network is {fix}. Write that, or {host} for the one address.',
  'source.zeroLength':
    '{value} means everyone, because /0 ignores the whole address. Write {fix} for everyone, or {host} for the one address.',
  'source.mapped':
    '{value} is an IPv4 address in IPv6 notation. PostgreSQL matches no IPv4 client with it. Write {fix}.',
  'source.zone': '{value} names an interface after %. PostgreSQL ignores it. Write {fix}.',
  'source.hostName':
    '{value} is a name. Firewalls take addresses, and PostgreSQL would have to trust reverse DNS. Write the address.',
  'source.twice': '{value} is already in this list. Remove one of the two.',
  'entry.twice': '{value} is already in this list. Remove one of the two.',
  'client.twice': 'Another client is already named {value}. Give each client its own name, because its files carry it.',

  'port.range': '{value} is not a port. Ports are whole numbers from 1 to 65535; PostgreSQL uses 5432.',
  'number.range': '{value} is out of range: whole numbers from {low} to {high} are taken here.',
  'major.range':
    '{value} is not a PostgreSQL major version that Postern knows. Choose 11 to 18; later ones get the files of 18.',
  'date.syntax': '{value} is not a date. Write it as 2027-12-31.',
  'path.syntax': '{value} is not an absolute path. Write {example}.',
  'path.character': '{value} holds {character}, which cannot stand in a path here. Use a path without it.',
  'ciphers.syntax':
    '{value} is not an OpenSSL cipher list: letters, digits and the characters : + - ! @ = _ . are taken. Leave it empty for the default of the server.',
  'key.syntax': '{value} is not a WireGuard public key. It is what wg pubkey prints: 43 characters and an equals sign.',
  'realm.syntax': '{value} is not a Kerberos realm. Write it like EXAMPLE.COM.',
  'ldap.simple':
    'Write what stands before or after the user name in its distinguished name, such as uid= and ,ou=people,dc=example,dc=com.',
  'ldap.attribute': '{value} is not an LDAP attribute. Write it like uid or sAMAccountName.',

  'cloud.region': '{value} is not an AWS region. Write it like eu-central-1.',
  'cloud.vpc': '{value} is not the id of a VPC. It is vpc- and 8 or 17 hexadecimal digits, as the console shows it.',
  'cloud.location': '{value} is not an Azure location. Write it like westeurope.',
  'cloud.label':
    '{value} is not a name that the cloud takes. Use letters, digits, _ . and -, starting with a letter or digit, at most 64 characters.',
  'ssh.key':
    '{value} is not a public host key. Paste the first two words of a file such as /etc/ssh/ssh_host_ed25519_key.pub.',
  'ssh.keyComment': '{value} carries more than the key, such as a comment. Write {fix}.',
  'tls.groups': '{value} is not a list of key exchange groups. Write it like X25519:prime256v1.',
  'tls.direct':
    'PostgreSQL {major} waits for a client that asks for TLS first; it answers one that starts at once from 17 on. Leave this off, or upgrade the server.',
  'tls.oneGroup':
    '{value} is a list, and PostgreSQL {major} takes one curve (ssl_ecdh_curve); lists came with 18. Write {fix}, or leave it empty.',
  'tls.curve':
    'PostgreSQL {major} does not take {value}: before 18 it knows elliptic curves by the names {choices}. Write {fix}, or leave it empty.',
  'log.prefix':
    '{value} has a % that starts no escape of log_line_prefix. Write %% for a percent sign, or one of the escapes of the manual, such as %m, %u or %h.',

  'network.tunnelAddress': '{value} is not in the tunnel network ({networks}). Choose an address in it.',
  'network.overlap':
    '{value} overlaps {other}, so the routes would contradict each other. Give the tunnel a network of its own.',
  'network.addressTaken': '{value} is already the address of {other}. Give each machine its own.',
  'peer.sameName': 'Another peer is already named {value}. Give each peer its own name, because its files carry it.',
  'peer.routeTwice': '{value} is already routed to {other}. A tunnel sends each network to one peer only.',

  'vpn.ikePort': 'IKE is found at port 500, and {value} is another. Write 500.',
  'vpn.family':
    'Nothing of this peer is {families}, and the database has no other addresses in this tunnel, so nothing could pass. Give the peer an address of that family.',
  'vpn.linux':
    'strongSwan is set up for Linux here, and the database server is none. Let the tunnel end on a gateway of its own, or choose WireGuard.',
  'azure.placement': 'The gateway of Azure stands before the server. Choose a gateway of its own.',
  'azure.subnetSize':
    '{value} is no network for GatewaySubnet. Azure takes IPv4, /27 or larger, such as 10.0.255.0/27.',
  'azure.subnetOwn': '{value} is the server, and in GatewaySubnet only the gateway may stand. Choose another network.',
  'azure.ipv4':
    '{value} is IPv6, and the gateway of Azure carries and calls IPv4 only. Take an IPv4 address or network here.',
  'azure.tunnels':
    '{value} sites, and {limit} tunnels are what the gateway of this size carries. Use more than one gateway.',
  'azure.endpoint': 'Azure calls each site, so the site needs a public name or address. Write it here.',
  'server.publicNeeded': 'A client reaches the public address of the server, and none is given. Write it here.',
  'server.privateNeeded': 'The server must have an address in the private network for this: {reason}. Write it here.',
  'server.vpnNeeded':
    'The tunnel ends on the database server, so the server needs an address in it. Write one from {networks}.',
  'reason.nat': 'the public address is translated to it',
  'reason.bastion': 'the bastion connects to it',
  'reason.gateway': 'the gateway forwards the tunnel to it',
  'reason.private': 'a client reaches it',
  'client.path': 'The pattern {pattern} has no way named {via}. Choose one of: {choices}.',
  'client.notInTunnel':
    '{value} is neither in the tunnel network nor behind a peer, so its packets cannot come through the tunnel. Add a peer for it, or choose another way.',
  'client.familyMissing':
    '{value} is {family}, and the server has no {family} address on this way. Add one to the server, or remove the source.',
  'client.socketSources': 'A client on the database server itself has no network. Remove {value}.',
  'client.socketReplication': 'Over the socket, choose no replication here; the local superuser can already replicate.',
  'client.certTls': 'A client certificate is only seen over TLS. Require TLS for this client.',
  'client.peerSocket':
    'peer asks the operating system who connects, so it works over the local socket only. Choose SCRAM, or the way "on the server itself".',
  'client.socketMethod': 'Over the local socket choose peer or SCRAM.',
  'client.windowsSocket': 'On Windows the local socket has no peer. Choose SCRAM.',
  'client.superuser':
    '{value} is the superuser, and superusers may not log in remotely in this plan. Create a role for this client, or allow it under Security.',
  'client.roleConflict':
    'Role {role} has {field} {value} here and {other} in client {client}. A role has one: make them equal, or use two roles.',
  'client.replica':
    'The plan has no read replica to send this client to. Add one under Network, or choose the primary.',
  'admin.sources':
    'Say from where you administer the server, so that SSH stays open for you. Write your networks or addresses.',
  'admin.bastion': 'There is no bastion in this pattern. Choose SSH to the server.',
  'security.superuserReserved': '{value} reserved connections leave none of the {limit}. Lower one of them.',

  'link.tooLong': 'This link has {length} characters, and {limit} are the limit. Ask for the plan as a file.',
  'link.empty': 'This link holds no plan.',
  'link.codec':
    'This link was made by a newer Postern, or is not one of its links. Open it with the Postern that made it.',
  'link.damaged':
    'This link is damaged: a part of it is missing or was changed on the way. Ask for it again, or for the plan as a file.',
  'link.tooLarge': 'This link unpacks to more than {limit} bytes, which no plan needs. It was not opened.',
} as const;
