export const findingMessages = {
  'finding.release-unsupported': 'PostgreSQL {major} gets no security fixes since {date}.',
  'finding.release-unsupported.why':
    'The community ends its support five years after release. Holes that are found later stay open, and this server is about to be reachable from outside.',
  'finding.release-unsupported.fix':
    'Upgrade to a supported major before you open it, or keep it behind a VPN until then.',
  'finding.release-untried': 'No PostgreSQL {asked} has been tried; these are the files for {major}.',
  'finding.release-untried.why':
    'A later major may know other settings, and an unknown one stops the start of the server.',
  'finding.release-untried.fix':
    'Try the files on a test server, and run the check queries of the README before the restart.',

  'finding.everyone': '{client} may come from everywhere ({source}).',
  'finding.everyone.why':
    'The whole internet can then try passwords and reach every bug of the server. Databases open to everyone are found by scanners within hours.',
  'finding.everyone.fix': 'Name the networks that need it, or put a VPN or a bastion in front.',
  'finding.nobody': '{source} of {client} matches nobody: it is the one address 0.0.0.0 or ::, which no client has.',
  'finding.nobody.why': 'It is often written where everyone was meant, which would be a network of length 0.',
  'finding.nobody.fix': 'Write the network that is meant. For everyone it would be {all}, which is rarely wise.',
  'finding.wide': '{source} of {client} is very wide: {count} addresses.',
  'finding.wide.why': 'Every machine in it can try to log in, also those you do not run.',
  'finding.wide.fix': 'Name the smaller networks that are in use.',
  'finding.inside': '{source} of {client} lies wholly inside {outer}.',
  'finding.inside.why': 'It adds nothing: the broader one already covers it.',
  'finding.inside.fix': 'Remove it, or make it a client of its own if it shall have other rules.',
  'finding.contradiction':
    '{client} and {other} meet at {source}, for the same role and database, with different rules.',
  'finding.contradiction.why':
    'The first record that matches decides, and that is the one of {client}: {database} as {role} is asked for {method} there, not for {otherMethod}.',
  'finding.contradiction.fix': 'Give the two different roles, or the same rules, or networks that do not overlap.',
  'finding.outside-subnet': '{source} of {client} is in none of the subnets of the plan.',
  'finding.outside-subnet.why': 'In this pattern only the private subnets reach the server, so a slip is likely.',
  'finding.outside-subnet.fix': 'Add the subnet under Network, or mend the address.',
  'finding.no-clients': 'The plan has no client, so nobody gets in from another machine.',
  'finding.no-clients.why': 'The files then only secure what is there.',
  'finding.no-clients.fix': 'Add a client.',

  'finding.clear-text': '{client} may connect without TLS.',
  'finding.clear-text.why':
    'Queries and data then cross the network readable and changeable by everyone on the way. SCRAM hides the password only.',
  'finding.clear-text.fix': 'Require TLS for this client. It costs little, and the certificate is made anyway.',
  'finding.no-verify': '{client} does not verify who the server is.',
  'finding.no-verify.why':
    'Whoever stands in between can pose as the server, read everything, and take LDAP passwords. TLS without verification protects against listeners only.',
  'finding.no-verify.fix': 'Choose to verify the name of the server, and hand out its authority.',
  'finding.verify-ca': '{client} verifies the authority of the server but not its name.',
  'finding.verify-ca.why': 'Any certificate of that authority is taken, also one of another server or a client.',
  'finding.verify-ca.fix':
    'Verify the name too; the certificate of this plan carries the names and addresses of the server.',
  'finding.ldap-clear': '{client} sends LDAP passwords on without TLS.',
  'finding.ldap-clear.why':
    'With ldap the client hands its password to PostgreSQL, which hands it to the directory. Each hop without TLS shows it.',
  'finding.ldap-clear.fix': 'Require TLS for the client, and choose StartTLS or ldaps for the directory.',
  'finding.build-method': '{client} uses {method}, which not every build of PostgreSQL has.',
  'finding.build-method.why': 'A server built without it refuses the whole pg_hba.conf.',
  'finding.build-method.fix': 'Run pg_config --configure on the server and look for --with-{option}.',
  'finding.certificate-name': 'On PostgreSQL 11 the certificate of {client} is not compared with the role.',
  'finding.certificate-name.why':
    'clientcert=verify-full came with 12. On 11 any certificate of your authority passes, together with the password of the role.',
  'finding.certificate-name.fix': 'Use the certificate alone (method cert compares the name), or upgrade.',

  'finding.md5': 'Passwords are stored as md5.',
  'finding.md5.why':
    'Such a hash is as good as the password: who reads it can log in. PostgreSQL 18 has deprecated it.',
  'finding.md5.fix': 'Choose SCRAM and set the passwords again; every driver since about 2018 knows it.',
  'finding.tls-minimum': 'PostgreSQL 11 cannot set a minimum TLS version.',
  'finding.tls-minimum.why':
    'ssl_min_protocol_version came with 12, so 11 takes TLS 1.0 and later, whatever the plan says.',
  'finding.tls-minimum.fix': 'Set MinProtocol in the openssl.cnf of the server, or upgrade.',
  'finding.reserved': 'reserved_connections needs PostgreSQL 16 and is left out.',
  'finding.reserved.why': 'On {major} the server would not start with it.',
  'finding.reserved.fix': 'Set it to 0, or raise the connections reserved for superusers.',
  'finding.remote-superuser': 'Superusers may log in from other machines.',
  'finding.remote-superuser.why':
    'A superuser can read and write files of the server and run programs on it; one stolen password is then the whole machine.',
  'finding.remote-superuser.fix': 'Administer over SSH and the local socket, which this plan keeps open.',
  'finding.no-final-reject': 'pg_hba.conf ends without an explicit reject.',
  'finding.no-final-reject.why':
    'Nobody gets in for that, but the refusal reads like a forgotten record, which invites others to add one.',
  'finding.no-final-reject.fix': 'Switch it on under Security.',
  'finding.connection-sum':
    'The connection limits add up to {sum}, and the server takes {available} besides the reserved ones.',
  'finding.connection-sum.why': 'When all use their limit, the last ones are refused with "too many clients already".',
  'finding.connection-sum.fix': 'Lower the limits, raise max_connections, or put a pooler in between.',
  'finding.certificate-dns': "Let's Encrypt certifies DNS names, and the server has none in this plan.",
  'finding.certificate-dns.why':
    'Clients compare the name that they connect to with the certificate, so an address would not match.',
  'finding.certificate-dns.fix': 'Write the DNS name of the server, or use an authority of your own.',
  'finding.no-name': 'The server has no DNS name, so clients use its address.',
  'finding.no-name.why': 'The certificate then carries addresses only, and each change of address needs a new one.',
  'finding.no-name.fix': 'Give it a name, in DNS or in the hosts file of each client.',

  'finding.one-family': 'The server is reachable over {family} only.',
  'finding.one-family.why':
    'A client that arrives over {other} matches no record and is refused, also when its name resolves to such an address first.',
  'finding.one-family.fix':
    'Add the {other} address of the server and the networks of the clients, or leave {other} out of DNS for this name.',
  'finding.no-firewall': 'No firewall stands in front of PostgreSQL.',
  'finding.no-firewall.why':
    'Everyone who can send packets to the server then reaches its login, and only pg_hba.conf refuses them.',
  'finding.no-firewall.fix':
    'Choose one that the platform has, unless a firewall before the server lets through these networks only.',
  'finding.firewall-platform': '{firewall} does not run on {platform}, so the plan has no firewall file.',
  'finding.firewall-platform.why': 'Only pg_hba.conf would refuse strangers.',
  'finding.firewall-platform.fix':
    'Open port {port} for the networks of the clients only, in the firewall of {platform}.',
  'finding.docker-publish': 'Docker publishes ports past ufw and past the INPUT chain.',
  'finding.docker-publish.why':
    'It translates addresses before they see either, so a rule there does not hold for a container.',
  'finding.docker-publish.fix':
    'Use compose.postern.yaml, which publishes on the addresses of the plan only, and docker-user.sh.',
  'finding.docker-source': 'In a container PostgreSQL may see the address of the Docker bridge instead of the client.',
  'finding.docker-source.why':
    'That happens through the userland proxy: for IPv6 on networks without it, and for connections from the host itself. Before Docker 28 a machine in the same network segment could also reach the address of the container directly.',
  'finding.docker-source.fix':
    'Give the network IPv6 (enable_ipv6), and look at the address in the first refusal in the log.',
  'finding.local-trust': 'On {platform} the local socket asks for nothing until now; this pg_hba.conf asks for peer.',
  'finding.local-trust.why':
    'A bare initdb lets every account on the machine in as the superuser. With peer only account {account} is taken as {superuser}, so scripts that ran under other accounts are refused.',
  'finding.local-trust.fix': 'Run them as {account}, or add a client on the server itself for their role.',
  'finding.gateway-forwards': 'The gateway passes packets on between its networks.',
  'finding.gateway-forwards.why':
    'ip_forward holds for all its interfaces, and many clouds drop packets whose source is not the machine itself.',
  'finding.gateway-forwards.fix':
    'In a cloud switch off the source/destination check of the gateway, and let its own firewall refuse to forward anything else.',
  'finding.gateway-family':
    'The gateway has no {family} address in the network of the server, and the tunnel has {family}.',
  'finding.gateway-family.why':
    'The server then has no way back to the {family} addresses of the peers, so their connections time out.',
  'finding.gateway-family.fix': 'Give the gateway a private {family} address, or leave {family} out of the tunnel.',
  'finding.gateway-route': 'On {platform} the plan has no file for the route back to the tunnel.',
  'finding.gateway-route.why': 'Without it the server sends its answers to its usual router, and connections time out.',
  'finding.gateway-route.fix': 'Add routes to {networks} through {gateway} with the tools of the platform.',
  'finding.direct-pooler': 'Clients of PgBouncer ask for TLS first, as before.',
  'finding.direct-pooler.why': 'PgBouncer answers a client that starts TLS at once from 1.25 on only.',
  'finding.direct-pooler.fix':
    'Nothing needs to be done. With PgBouncer 1.25, add sslnegotiation=direct to their connection strings.',
  'finding.revocation-expires': 'The revocation list must be renewed within a year.',
  'finding.revocation-expires.why':
    'Once it expires, PostgreSQL refuses every client that shows a certificate, also one that would not need it.',
  'finding.revocation-expires.fix':
    'Let check-certificates.sh warn you, run make-certificates.sh again, install ca.crl and reload.',
  'finding.revocation-nobody': 'The server asks a revocation list, and no client of the plan shows a certificate.',
  'finding.revocation-nobody.why':
    'The list would have to be renewed for nobody; and libpq shows a certificate that lies in ~/.postgresql also where none is asked for.',
  'finding.revocation-nobody.fix': 'Switch the revocation list off until a client logs in with a certificate.',
  'finding.no-revocation': 'A client certificate that was lost counts until it expires.',
  'finding.no-revocation.why': 'The server asks no revocation list. NOLOGIN for its role is the only way to stop it.',
  'finding.no-revocation.fix': 'Let an authority of your own make the certificates, with a revocation list.',
  'finding.groups-hybrid': '{group} needs OpenSSL {openssl} on the server.',
  'finding.groups-hybrid.why':
    'PostgreSQL refuses a list with a name that its OpenSSL does not know: at a start it stops, at a reload it keeps the old list.',
  'finding.groups-hybrid.fix':
    'Ask the server: openssl list -tls-groups (OpenSSL 3.5). apply.sh tries the list before it counts.',
  'finding.groups-narrow': 'Clients that know none of {groups} cannot connect.',
  'finding.groups-narrow.why':
    'Every TLS library knows prime256v1, the NIST curve P-256; X25519 is missing in Java before 13 and in some devices.',
  'finding.groups-narrow.fix': 'Add prime256v1 at the end of the list, unless a rule of your company forbids it.',
  'finding.renewal': "On {platform} the plan has no hook for the renewals of Let's Encrypt.",
  'finding.renewal.why':
    'The server reads its certificate at a reload only, and the files must be copied where it may read them.',
  'finding.renewal.fix': 'Copy certificate and key after each renewal and reload, or use an authority of your own.',
  'finding.bastion-administrators': 'Administrators come through the same bastion as the clients.',
  'finding.bastion-administrators.why':
    'Accounts in the groups of the plan get no shell and reach PostgreSQL only, so an administrator in one of them is locked out.',
  'finding.bastion-administrators.fix': 'Keep administrators out of {groups}.',
  'finding.ipsec-shared-key': 'Both ends of each tunnel know the same key.',
  'finding.ipsec-shared-key.why':
    'Whoever reads it at one end can pass as the other, and nobody can see that it was copied. The scripts make keys of 256 bits, one for each peer, so it cannot be guessed.',
  'finding.ipsec-shared-key.fix': 'Choose certificates where both ends run strongSwan, or change the keys every year.',
  'finding.azure-gateway':
    'The gateway of Azure costs money by the hour, whether it is used or not, and often takes 45 minutes or more to be made.',
  'finding.azure-gateway.why':
    'It is made of size VpnGw1AZ, with routes and without BGP, and with one address: while Azure maintains it, the tunnels are down for some seconds to minutes.',
  'finding.azure-gateway.fix':
    'Look at the price for your region before you run the script. A Linux machine with strongSwan or WireGuard does the same for less, and you maintain it.',
  'finding.azure-address': '{endpoint} is a name, and the gateway of Azure calls itself by its public address.',
  'finding.azure-address.why':
    'A site refuses a gateway that proves another identity than the one it expects, so no tunnel comes up.',
  'finding.azure-address.fix':
    'Run the script for Azure, give the address that it prints to the plan, and make the files of the sites with it.',
  'finding.keys-missing': '{count} WireGuard public keys are missing: {names}.',
  'finding.keys-missing.why':
    'Each side must know the public key of the other. A peer without one stays out of the tunnel; without that of the gateway no peer can start its side.',
  'finding.keys-missing.fix':
    'Make the key on each machine with the command in the files, and paste the public part under Network. It is no secret.',
  'finding.tunnel-only': 'Administrators reach the server through the tunnel only.',
  'finding.tunnel-only.why': 'If the tunnel does not come up after a change, there is no way back in.',
  'finding.tunnel-only.fix': 'Add a network outside the tunnel from which SSH stays open, or make sure of a console.',
  'finding.late-address': '{addresses} exists only while the tunnel is up.',
  'finding.late-address.why':
    'PostgreSQL warns and goes on without an address that it cannot bind, and does not try again later.',
  'finding.late-address.fix':
    'Start PostgreSQL after the tunnel; where systemd runs it, the bundle has a unit for that.',
  'finding.bastion-nobody': 'The bastion names no user and no group that may forward.',
  'finding.bastion-nobody.why':
    'sshd then gets no rules from this plan, and whoever can log in there may forward anywhere.',
  'finding.bastion-nobody.fix': 'Name a group such as dbusers, and put the people in it.',
  'finding.keyword-name': '{name} is a keyword of pg_hba.conf and here a name, so it stands in quotes.',
  'finding.keyword-name.why': 'Without quotes it would mean something else, such as everybody.',
  'finding.keyword-name.fix': 'Keep the quotes when you edit the file, or choose another name.',
  'finding.slash-name': '{name} starts with a slash, so from 16 on it stands as a regular expression for itself.',
  'finding.slash-name.why': 'Quotes do not switch that meaning off, whatever the release notes say.',
  'finding.slash-name.fix': 'Keep the record as it is written, or choose another name.',
} as const;
