export const planMessages = {
  'plan.type': 'The value must be {expected}, but it is {actual}.',
  'plan.unknownKey':
    'A plan of this version has no field named {name}. Remove it, or open the plan with a newer version of Postern.',
  'plan.choice': '{value} is not valid here. Choose one of: {choices}.',
  'plan.newer':
    'This plan has version {value}, and this Postern reads versions up to {known}. Open it with a newer version of Postern; nothing in it was changed.',
  'plan.version': 'A plan must have a version: a whole number, 1 or later. Here it is {value}.',
  'plan.tooMany': 'This list has {count} entries, and the limit is {limit}. Remove entries, or split the plan.',
  'plan.tooManyNetworks':
    'This list has {count} networks, and the limit is {limit}. Merge them into larger networks, or split the plan.',
  'plan.tooDeep': 'The values here are nested more than {limit} levels deep, which no plan needs. Open another plan.',
  'plan.tooLarge':
    'The plan has at least {count} values, most of them here, and the limit is {limit}. Merge source networks into larger ones, or split the plan.',
  'plan.moreIssues': 'This list has {count} more problems. Fix the problems above to see the next ones.',
  'size.rules':
    'These answers result in {count} rules in pg_hba.conf, and the limit is {limit}. Merge source networks into larger ones, or give the clients fewer networks, roles and databases.',
  'size.names':
    'These answers write {count} characters of names and LDAP options into pg_hba.conf, and the limit is {limit}. Merge source networks into larger ones, or give the clients fewer roles and databases.',
  'size.accounts':
    'The clients name {count} roles and databases, and the limit is {limit}. Let clients share a role, or split the plan.',
  'size.grants':
    'Roles times databases, summed over all clients, is {count} grants, and the limit is {limit}. Name fewer roles or databases, or choose all databases.',
  'size.pairs':
    'Source networks times the addresses that they connect to is {count} firewall rules, and the limit is {limit}. Merge source networks into larger ones, or enter fewer addresses.',
  'size.routes':
    'The peers have {count} addresses and networks in the tunnel, and the limit is {limit}. Merge the networks of a site, or split the plan.',
  'size.characters':
    'These answers result in about {count} characters of generated files, and the limit is {limit}. Shorten the names, give the clients fewer roles, databases and networks, or split the plan.',
  'plan.emptyList': 'Add at least one entry. {hint}',
  'plan.required': 'Required.',
  'plan.example': '{value} is an example that works nowhere. Replace it with your own.',
  'plan.unchanged': '{value} is still the example’s answer. Replace it, or keep it if it is your own.',

  'text.control':
    '{value} contains {code}, a control character or line separator. It is invisible or ends the line. Remove it.',
  'text.invisible':
    '{value} contains {code}, which is invisible: the text looks the same as another text that PostgreSQL treats as different. Remove it.',
  'text.blank':
    '{value} contains {code}, which looks like a space but is a different character. Type an ordinary space, or none.',
  'text.privateUse':
    '{value} contains {code}, a private use character: its appearance depends on the font, and it can be blank. Remove it.',
  'text.surrogate': '{value} is not valid Unicode text: it contains half of a character ({code}). Type it again.',
  'text.length': '{value} is {length} bytes long, and the limit is {limit}.',
  'text.blankEnds':
    '{value} starts or ends with a space. PostgreSQL treats it as part of the name, and several generated files cannot contain such a name. Remove the space.',
  'text.empty': 'A name cannot be empty.',

  'name.postgresLength':
    '{value} is {length} bytes long in UTF-8. PostgreSQL truncates names to 63 bytes, so it would create a different name. Shorten it.',
  'name.reservedRole':
    '{value} is a reserved role name: PostgreSQL reserves public, none and every name that starts with pg_. Choose another name.',
  'name.templateDatabase':
    '{value} is a template database: PostgreSQL copies it for new databases, so clients must not connect to it. Choose another database.',
  'name.system':
    '{value} is not a user or group name that every system accepts. Use letters, digits, _ . and -, starting with a letter or _, at most 32 characters.',
  'name.cluster':
    "{value} isn't a cluster name that pg_createcluster and systemd both accept. Use letters, digits, _ and ., starting with a letter, a digit or _, at most 63 characters. systemd reads a - as /, so the packaged unit doesn't start such a cluster.",
  'server.cluster':
    'Cluster name {value}: only Debian and Ubuntu name their clusters, and the platform is {platform}. Use main, or set the data directory.',
  'name.host':
    '{value} is not a DNS name. Write it like db.example.com: letters, digits and hyphens between dots, at most 253 characters, without scheme or port.',
  'name.hostOrAddress':
    '{value} is neither a DNS name nor an address. Write db.example.com, 203.0.113.10 or 2001:db8::10.',
  'name.number':
    '{value} looks like an address but is not valid: each of the four parts must be from 0 to 255. Correct the part that is not.',

  'address.syntax':
    '{value} is not an address. Write four numbers from 0 to 255 like 203.0.113.10, or IPv6 like 2001:db8::10.',
  'address.zone':
    '{value} names the network interface {zone}. No other machine has that interface, and certificates, firewalls and pg_hba.conf cannot name one. Write {fix}.',
  'address.linkLocal':
    '{value} is a link-local address. It is only valid together with an interface, which differs on each machine. Write a global address or a unique local one (fd00::/8).',
  'address.notNetwork':
    '{value} is a network, but this must be a single address. Remove the slash and the length after it.',
  'address.notHost':
    '{value} is not the address of one host: {reason}. Write an address that a network interface can have.',
  'address.any': 'it means every address',
  'address.multicast': 'it is a multicast or broadcast address',
  'address.loopback': 'it never leaves the machine',
  'source.syntax': '{value} is not a network. Write 10.0.0.0/24, 2001:db8:1::/48 or one address.',
  'source.dots': '{value} ends its address with a dot, so a part is missing. Did you mean {fix}?',
  'source.missingParts':
    '{value} has fewer than four parts. Programs interpret it differently: PostgreSQL reads {asRead}. Did you mean {fix}?',
  'source.leadingZero':
    '{value} has a part with a leading zero, which PostgreSQL reads as octal: {asRead}. Did you mean {fix}?',
  'source.length': '/{length} is too long: the prefix length of {family} networks is from 0 to {limit}.',
  'source.lengthSyntax': '{value} has no number after the slash. Write the prefix length of the network, such as /24.',
  'source.hostBits':
    '{value} has bits set to the right of /{length}; the network is {fix}. Write that, or {host} for the single address.',
  'source.zeroLength':
    '{value} matches every address, because /0 ignores the whole address. Write {fix} for every address, or {host} for the single address.',
  'source.mapped':
    '{value} is an IPv4 address in IPv6 notation, which matches no IPv4 client in PostgreSQL. Write {fix}.',
  'source.zone':
    '{value} names the network interface {zone}. PostgreSQL ignores it, so clients on every interface would match, and firewalls reject it. Write {fix}.',
  'source.hostName':
    '{value} is a name. Firewalls require addresses, and PostgreSQL would have to trust reverse DNS. Write the address.',
  'source.twice': '{value} is already in this list. Remove one of the two.',
  'entry.twice': '{value} is already in this list. Remove one of the two.',
  'client.twice':
    'Another client is already named {value}. Give each client its own name, because file names contain it.',

  'port.range': '{value} is not a port. Ports are whole numbers from 1 to 65535; the default of PostgreSQL is 5432.',
  'number.range': '{value} is out of range. Enter a whole number from {low} to {high}.',
  'major.range':
    'Postern has not been tested with PostgreSQL version {value}, and files for another version could break the server. Choose one of {choices}.',
  'date.syntax': '{value} is not a date. Write it like 2027-12-31.',
  'path.syntax': '{value} is not an absolute path. Write {example}.',
  'path.character': '{value} contains {character}, which is not allowed in a path here. Use a path without it.',
  'ciphers.syntax':
    '{value} is not an OpenSSL cipher list: only letters, digits and the characters : + - ! @ = _ . are allowed. Leave it empty for the server default.',
  'key.syntax':
    '{value} is not a WireGuard public key. A public key is the output of wg pubkey: 43 characters and an equals sign.',
  'realm.syntax': '{value} is not a Kerberos realm. Write it like EXAMPLE.COM.',
  'ldap.simple':
    'Write the text before or after the user name in its distinguished name, such as uid= and ,ou=people,dc=example,dc=com.',
  'ldap.bindDn':
    'Another client uses {first} as the bind DN (ldapbinddn) for {server}, and this one uses {value}. The server keeps one password for each LDAP server: use the same bind DN for both.',
  'ldap.attribute': '{value} is not an LDAP attribute. Write it like uid or sAMAccountName.',
  'oauth.issuer':
    '{value} is not the identifier of an issuer. Write its https URL without ? and #, exactly as "issuer" in its discovery document, such as https://login.example.com/realms/staff.',
  'oauth.discovery':
    '{value} is the address of a discovery document. Write {fix}, the issuer: PostgreSQL and its clients add the rest.',
  'oauth.scope':
    '{value} is not a scope. Write one or more, separated by single spaces and without quotation marks and backslashes, such as openid postgres.',
  'oauth.clientId':
    '{value} is not a client ID. Use the ID that the issuer shows: up to 200 characters without spaces.',
  'oauth.validator':
    '{value} is not a library. Write its name, such as pg_oidc_validator, or its full path without .. and //.',
  'oauth.option':
    '{value} is not an option of a validator. Write it like audience=postgres. Letters, digits, _ and - are allowed in the name.',
  'oauth.identity':
    '{value} starts with a slash, and PostgreSQL reads it as a regular expression. Write a name as the validator returns it.',
  'oauth.major':
    'PostgreSQL {major} does not support OAuth, which was added in version 18. Choose another method, or upgrade the server.',
  'oauth.tls': 'A bearer token is as good as a password to anyone who reads it. Require TLS for this client.',
  'oauth.optionMajor':
    'PostgreSQL {major} does not support options of a validator (validator.NAME), which were added in version 19. Remove them, or upgrade the server.',
  'oauth.optionTwice': 'The option {value} is already in this list. Remove one of the two.',

  'cloud.region': '{value} is not an AWS region. Write it like eu-central-1.',
  'cloud.vpc': '{value} is not a VPC ID. It is vpc- and 8 or 17 hexadecimal digits, as the console shows it.',
  'cloud.location': '{value} is not an Azure location. Write it like westeurope.',
  'cloud.project': '{value} is not a Google Cloud project ID. Write it like my-project-123456.',
  'cloud.network':
    '{value} is not the name of a VPC network. Use lowercase letters, digits and -, starting with a letter, at most 63 characters.',
  'cloud.tag':
    '{value} is not a valid network tag here. Use lowercase letters, digits and -, starting with a letter, at most 30 characters.',
  'cloud.label':
    '{value} is not a name that the cloud accepts. Use letters, digits, _ . and -, starting with a letter or digit, at most 64 characters.',
  'ssh.key':
    '{value} is not a public host key. Paste the first two words of a file such as /etc/ssh/ssh_host_ed25519_key.pub.',
  'ssh.keyComment': '{value} contains more than the key, such as a comment. Write {fix}.',
  'tls.groups': '{value} is not a list of key exchange groups. Write it like X25519:prime256v1.',
  'hosts.wildcard':
    '{value} matches no client: PostgreSQL compares host names as a whole. Add an entry for each name, such as orders.example.com; they can share one wildcard certificate.',
  'hosts.address':
    "Clients that connect to {value} send no host name, so they get the server's own certificate. Enter a host name, or remove the entry.",
  'hosts.major':
    'Certificate for {value}: PostgreSQL {major} presents the same certificate to every client; one for each host name (ssl_sni) needs version 19. Choose version 19, or remove the entries and use one certificate that contains all names.',
  'hosts.own':
    "{value} is a name by which clients of this plan reach the server, and they expect the server's own certificate. Remove the entry, or choose that certificate under Server certificate.",
  'hosts.twice':
    '{value} already has a certificate. PostgreSQL rejects a name that is listed twice. Remove one of them.',
  'hosts.same':
    'Certificate file {value} is the certificate of the server itself, which every name without an entry gets. Remove the entry for {name}.',
  'tls.direct':
    'PostgreSQL {major} does not support direct TLS (sslnegotiation=direct), which was added in version 17. Turn it off, or upgrade the server.',
  'tls.oneGroup':
    '{value} is a list, but PostgreSQL {major} accepts one curve (ssl_ecdh_curve); lists were added in version 18. Write {fix}, or leave it empty.',
  'tls.curve':
    'PostgreSQL {major} does not accept {value}: before version 18 it accepts elliptic curves by the names {choices}. Write {fix}, or leave it empty.',
  'log.prefix':
    '{value} has a % that does not start an escape of log_line_prefix. Write %% for a percent sign, or an escape from the manual, such as %m, %u or %h.',

  'network.tunnelAddress': '{value} is not in the tunnel network ({networks}). Choose an address in it.',
  'network.overlap': '{value} overlaps {other}, so the routes would conflict. Use a separate network for the tunnel.',
  'network.addressTaken': '{value} is already the address of {other}. Give each machine its own address.',
  'peer.sameName': 'Another peer is already named {value}. Give each peer its own name, because file names contain it.',
  'peer.routeTwice': '{value} is already routed to {other}. A tunnel routes each network to one peer only.',

  'vpn.ikePort': 'IKE uses port 500, not {value}. Enter 500.',
  'vpn.family':
    'This peer has no {families} address or network, and the database has no other addresses in this tunnel, so no connection is possible. Give the peer an address of that family.',
  'vpn.linux':
    'strongSwan requires Linux, and the database server runs another system. Terminate the tunnel on a separate gateway, or choose WireGuard.',
  'azure.placement': 'The Azure VPN gateway is a separate gateway in front of the server. Choose a separate gateway.',
  'azure.subnetSize':
    '{value} is not valid for GatewaySubnet. Azure requires an IPv4 network, /27 or larger, such as 10.0.255.0/27.',
  'azure.subnetOwn': '{value} is the server, but GatewaySubnet must contain only the gateway. Choose another network.',
  'azure.ipv4': '{value} is IPv6, but the Azure VPN gateway supports only IPv4. Enter an IPv4 address or network.',
  'azure.tunnels':
    '{value} sites are more than the {limit} tunnels that a gateway of this size supports. Use more than one gateway.',
  'azure.endpoint': 'Azure connects to each site, so the site needs a public name or address. Enter it here.',
  'server.publicNeeded': 'A client connects to the public address of the server. Enter that address.',
  'server.privateNeeded': 'The server needs an address in the private network: {reason}. Enter it here.',
  'server.vpnNeeded':
    'The tunnel ends on the database server, so the server needs an address in it. Enter one from {networks}.',
  'reason.nat': 'the public address is translated to it',
  'reason.bastion': 'the bastion connects to it',
  'reason.gateway': 'the gateway forwards the tunnel to it',
  'reason.private': 'a client connects to it',
  'client.path': 'The access pattern {pattern} does not support connections via {via}. Choose one of: {choices}.',
  'client.notInTunnel':
    '{value} is neither in the tunnel network nor behind a peer, so its packets cannot go through the tunnel. Add a peer for it, or change how the client connects.',
  'client.familyMissing':
    '{value} is {family}, and the server has no {family} address that this client can connect to. Add one to the server, or remove the source.',
  'client.socketSources': 'A client on the database server itself has no source network. Remove {value}.',
  'client.socketReplication':
    'Replication is not available over the local socket; the local superuser can already replicate.',
  'client.certTls': 'Client certificates require TLS. Require TLS for this client.',
  'client.peerSocket':
    'peer works only over the local socket, because it asks the operating system who connects. Choose SCRAM, or "on the server itself" for how the client connects.',
  'client.socketMethod': 'Over the local socket choose peer or SCRAM.',
  'client.windowsSocket': 'On Windows the local socket does not support peer. Choose SCRAM.',
  'client.superuser':
    '{value} is the superuser, and this plan does not allow superusers to log in from other machines. Create a role for this client, or allow it under Security.',
  'client.roleConflict':
    'Role {role} has {field} {value} here and {other} in client {client}. A role can have only one: use the same value in both, or use two roles.',
  'client.privilegesReplication':
    'Physical replication reads the whole server, so there is nothing to grant. Choose no privileges.',
  'client.privilegesAll':
    'Privileges are granted in each database separately. Name the databases, or choose no privileges.',
  'service.superuser': '{value} is the superuser, which can already connect locally. Create a role for this service.',
  'service.twice': 'Another local service is already named {value}. Give each service its own name.',
  'client.replica': 'The plan has no read replica for this client. Add one under Network, or choose the primary.',
  'admin.sources':
    'Enter the networks or addresses from which you administer the server, so that SSH stays open for you.',
  'admin.bastion': 'This access pattern has no bastion. Choose SSH to the server.',
  'security.superuserReserved':
    '{value} reserved connections leave none of the {limit} for clients. Lower one of the reserved values.',

  'link.tooLong': 'This link has {length} characters, and the limit is {limit}. Ask for the plan as a file.',
  'link.empty': 'This link contains no plan.',
  'link.codec':
    'This link was created by a newer version of Postern, or is not a Postern link. Open it with the version that created it.',
  'link.damaged':
    'This link is damaged: part of it is missing or was changed. Ask for the link again, or for the plan as a file.',
  'link.tooLarge': 'This link decompresses to more than {limit} bytes, which no plan needs. It was not opened.',
} as const;
