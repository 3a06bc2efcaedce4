export const findingMessages = {
  'finding.release-unsupported': 'PostgreSQL {major} has received no security fixes since {date}.',
  'finding.release-unsupported.why':
    'The community supports each version for five years. Vulnerabilities found later are not fixed, and this server is about to be reachable from other machines.',
  'finding.release-unsupported.fix':
    'Upgrade to PostgreSQL {newest} before you open it, or keep it behind a VPN until then. pg_upgrade --check says what stops the upgrade in the databases, and the audit what stops it in your files.',
  'finding.release-ends-soon': 'PostgreSQL {major} receives fixes until {date}.',
  'finding.release-ends-soon.why':
    'The community supports each version for five years. Vulnerabilities found after that day are not fixed.',
  'finding.release-ends-soon.fix':
    'Plan the upgrade to PostgreSQL {newest}. pg_upgrade --check says what stops it in the databases, and the audit what stops it in your files.',

  'finding.everyone': '{client} can connect from anywhere ({source}).',
  'finding.everyone.why': 'Anyone on the internet can then try passwords and exploit any vulnerability in the server.',
  'finding.everyone.fix': 'List the networks that need access, or put a VPN or a bastion in front.',
  'finding.nobody':
    '{source} of {client} matches no client: it is the single address 0.0.0.0 or ::, which no host has.',
  'finding.nobody.why': 'It is often written by mistake for every address, which is a network with prefix length 0.',
  'finding.nobody.fix': 'Enter the network that you mean. Every address would be {all}, which is rarely advisable.',
  'finding.wide': '{source} of {client} is very wide: {count} addresses.',
  'finding.wide.why': 'Any host in it can attempt to log in, including hosts that you do not manage.',
  'finding.wide.fix': 'List the smaller networks that are in use.',
  'finding.inside': '{source} of {client} is entirely contained in {outer}.',
  'finding.inside.why': 'It has no effect, because the larger network already covers it.',
  'finding.inside.fix': 'Remove it, or move it to a separate client if it needs different rules.',
  'finding.contradiction':
    '{client} and {other} overlap at {source}, for the same role and database, with different rules.',
  'finding.contradiction.why':
    'The first rule that matches decides, and that is the rule of {client}: there, {role} on {database} must use {method}, not {otherMethod}.',
  'finding.contradiction.fix': 'Give the two clients different roles, the same rules, or networks that do not overlap.',
  'finding.outside-subnet': '{source} of {client} is in none of the subnets of the plan.',
  'finding.outside-subnet.why':
    'With this access pattern only the private subnets can reach the server, so this is probably a mistake.',
  'finding.outside-subnet.fix': 'Add the subnet under Network, or correct the address.',
  'finding.more': '{count} more findings are like this one: {like}',
  'finding.more.why': 'The first {limit} findings of a kind are listed.',
  'finding.more.fix': 'Fix the findings that are listed. The next ones then appear.',
  'finding.no-clients': 'The plan has no client, so nobody can connect from another machine.',
  'finding.no-clients.why': 'The files then only secure the existing server.',
  'finding.no-clients.fix': 'Add a client.',

  'finding.clear-text': '{client} can connect without TLS.',
  'finding.clear-text.why':
    'Queries and results can then be read and modified on the network. SCRAM protects only the password.',
  'finding.clear-text.fix': 'Require TLS for this client. The plan sets up a certificate in any case.',
  'finding.no-verify': '{client} does not verify the server certificate.',
  'finding.no-verify.why':
    'An attacker on the network path can impersonate the server, read everything, and capture LDAP passwords and OAuth bearer tokens. TLS without verification protects only against passive eavesdropping.',
  'finding.no-verify.fix': 'Choose sslmode=verify-full, and distribute the CA of the server.',
  'finding.verify-ca': '{client} verifies the CA of the server certificate but not the host name.',
  'finding.verify-ca.why': 'Any certificate of that CA is accepted, including that of another server or a client.',
  'finding.verify-ca.fix':
    'Verify the host name too; the certificate of this plan contains the names and addresses of the server.',
  'finding.gss-realm': '{client}: every Kerberos login as {role} fails.',
  'finding.gss-realm.why':
    'With include_realm, PostgreSQL compares the role with the whole principal, such as {role}@EXAMPLE.COM, and the plan has no map in pg_ident.conf that removes the realm.',
  'finding.gss-realm.fix': 'Turn off include_realm and enter the realm of your users, or name the role with its realm.',
  'finding.ldap-anonymous': '{client}: PostgreSQL searches the directory without logging in to it.',
  'finding.ldap-anonymous.why':
    'The plan has no bind DN (ldapbinddn), so the search is anonymous. Active Directory and most other directories reject anonymous searches, and every login then fails.',
  'finding.ldap-anonymous.fix':
    'Enter a bind DN (ldapbinddn) of an account that may search this subtree, or use a simple bind with prefix and suffix (for Active Directory an empty prefix and the suffix @example.com).',
  'finding.ldap-clear': 'LDAP passwords of {client} are sent over at least one connection without TLS.',
  'finding.ldap-clear.why':
    'With ldap the client sends its password to PostgreSQL, which sends it to the directory. Each hop without TLS exposes it.',
  'finding.ldap-clear.fix': 'Require TLS for the client, and choose StartTLS or ldaps for the directory.',
  'finding.oauth-validator': '{client}: the server needs the validator library {validator}.',
  'finding.oauth-validator.why':
    'PostgreSQL has no validator of its own, and loads the library only at a login. A reload accepts the name of a library that is not installed, and then every login fails. The setting oauth_validator_libraries replaces an earlier value: if it leaves out a library that another rule names, PostgreSQL rejects the whole pg_hba.conf.',
  'finding.oauth-validator.fix':
    'Install the library in the library directory of PostgreSQL (pg_config --pkglibdir) before you apply the files, and test it with LOAD as the guide shows. Its documentation says which claim of the token it returns as the user name, which PostgreSQL compares.',
  'finding.oauth-audience': '{client}: {validator} may accept a token that was issued for another program.',
  'finding.oauth-audience.why':
    'PostgreSQL leaves every check of a token to the library. If the library does not compare the audience ("aud"), any token of the issuer with the scope is enough, including one that another program received for its own use.',
  'finding.oauth-audience.fix':
    'Find out in the documentation of the library whether it checks the audience, and with which setting. If it does not, use a scope that the provider issues for this database only.',
  'finding.oauth-client-id': '{client}: the plan has no client ID (oauth_client_id).',
  'finding.oauth-client-id.why':
    'The connection strings, pg_service.conf and verify.sh contain CLIENT_ID in its place. Logins fail until it is replaced.',
  'finding.oauth-client-id.fix':
    'Enter the ID that the provider assigned to psql and your programs, or replace CLIENT_ID in the files for the client machines.',
  'finding.oauth-issuer': '{client}: {issuer} must be exactly the "issuer" in the discovery document.',
  'finding.oauth-issuer.why':
    'libpq compares the issuer in the rule, the one in its connection string and the one in the discovery document character by character. A final slash or a capital letter is a difference, and the login fails. The server never compares them.',
  'finding.oauth-issuer.fix': 'Open {document} in a browser, and copy the value of "issuer" into the plan.',
  'finding.oauth-options': '{client}: a reload does not check these options of {validator}: {options}.',
  'finding.oauth-options.why':
    'PostgreSQL learns from the library which options it has, and loads it only at a login. An option that the library does not know makes every login of this rule fail.',
  'finding.oauth-options.fix':
    'Compare the names with the documentation of the library, and log in once after the reload.',
  'finding.oauth-delegated': '{client}: the library {validator} alone decides which role a token may use.',
  'finding.oauth-delegated.why':
    'With delegate_ident_mapping, PostgreSQL compares no names: neither with the role nor with a map. A library that only checks whether a token is valid lets every user of the issuer in as every role of this client.',
  'finding.oauth-delegated.fix':
    'Choose the same name or a map, unless the documentation of the library says that it authorizes each role.',
  'finding.build-method': '{client} uses {method}, which not every build of PostgreSQL supports.',
  'finding.build-method.why': 'A server built without it rejects the whole pg_hba.conf.',
  'finding.build-method.fix': 'Run pg_config --configure on the server and look for --with-{option}.',
  'finding.certificate-name': 'PostgreSQL 11 does not compare the certificate of {client} with the role.',
  'finding.certificate-name.why':
    'clientcert=verify-full was added in version 12. In version 11 any certificate of your CA is accepted, together with the password of the role.',
  'finding.certificate-name.fix': 'Use only the certificate (the cert method compares the name), or upgrade.',

  'finding.md5': 'Passwords are stored as MD5 hashes.',
  'finding.md5.why':
    'An MD5 hash is as good as the password: anyone who reads it can log in. PostgreSQL 18 deprecates MD5 passwords.',
  'finding.md5.fix': 'Choose SCRAM and set the passwords again. libpq supports SCRAM since version 10.',
  'finding.tls-minimum': 'PostgreSQL 11 cannot set a minimum TLS version.',
  'finding.tls-minimum.why':
    'ssl_min_protocol_version was added in version 12, so version 11 accepts TLS 1.0 and later, whatever the plan says.',
  'finding.tls-minimum.fix': 'Set MinProtocol in the openssl.cnf of the server, or upgrade.',
  'finding.reserved': 'reserved_connections requires PostgreSQL 16 and is left out.',
  'finding.reserved.why': 'PostgreSQL {major} does not start with this setting.',
  'finding.reserved.fix': 'Set it to 0, or increase superuser_reserved_connections.',
  'finding.remote-superuser': 'Superusers can log in from other machines.',
  'finding.remote-superuser.why':
    'A superuser can read and write files on the server and run programs there, so one stolen password compromises the whole machine.',
  'finding.remote-superuser.fix': 'Administer the server over SSH and the local socket, which this plan keeps open.',
  'finding.no-final-reject': 'pg_hba.conf ends without an explicit reject.',
  'finding.no-final-reject.why':
    'Other connections are rejected either way, but the error reads as if a rule were missing, which tempts others to add one.',
  'finding.no-final-reject.fix': 'Enable it under Security.',
  'finding.connection-sum':
    'The connection limits add up to {sum}, but the server accepts {available} in addition to the reserved ones.',
  'finding.connection-sum.why':
    'When all roles use their limits, PostgreSQL rejects further logins: "remaining connection slots are reserved" or "sorry, too many clients already".',
  'finding.connection-sum.fix': 'Lower the limits, raise max_connections, or use a connection pooler.',
  'finding.certificate-dns': "The Let's Encrypt certificate is for a DNS name, and the server has none in this plan.",
  'finding.certificate-dns.why':
    'Clients compare the name that they connect to with the certificate, so an address would not match.',
  'finding.certificate-dns.fix': 'Enter the DNS name of the server, or use a private CA.',
  'finding.no-name': 'The server has no DNS name, so clients use its address.',
  'finding.no-name.why':
    'The certificate then contains only addresses, and each change of address requires a new certificate.',
  'finding.no-name.fix': 'Give the server a name, in DNS or in the hosts file of each client.',

  'finding.one-family': 'The server is reachable over {family} only.',
  'finding.one-family.why':
    'A client that connects over {other} is rejected, even if the name of the server resolves to such an address first.',
  'finding.one-family.fix':
    'Add the {other} address of the server and the {other} networks of the clients, or leave {other} out of DNS for this name.',
  'finding.no-firewall': 'The plan has no firewall in front of PostgreSQL.',
  'finding.no-firewall.why':
    'Anyone who can send packets to the server can reach its login, and only pg_hba.conf rejects them.',
  'finding.no-firewall.fix':
    'Choose a firewall that the platform supports, unless a firewall in front of the server already allows only these networks.',
  'finding.firewall-platform': '{firewall} does not run on {platform}, so the plan has no firewall file.',
  'finding.firewall-platform.why': 'Only pg_hba.conf rejects unknown clients.',
  'finding.firewall-platform.fix':
    'Open port {port} only for the networks of the clients, in the firewall of {platform}.',
  'finding.docker-publish': 'Ports published by Docker bypass ufw and the INPUT chain.',
  'finding.docker-publish.why':
    'Docker translates addresses before packets reach them, so a rule there does not apply to a container.',
  'finding.docker-publish.fix':
    'Use compose.postern.yaml, which publishes only on the addresses of the plan, and docker-user.sh.',
  'finding.docker-source':
    'In a container PostgreSQL may see the address of the Docker bridge instead of the address of the client.',
  'finding.docker-source.why':
    'The userland proxy causes this: for IPv6 on networks without IPv6, and for connections from the host itself.',
  'finding.docker-source.fix':
    'Enable IPv6 for the network (enable_ipv6), and check the address in the first rejected connection in the log.',
  'finding.local-trust':
    'On {platform} the local socket requires no authentication by default; this pg_hba.conf requires peer.',
  'finding.local-trust.why':
    'After a bare initdb, every account on the machine can connect as the superuser. With peer, only account {account} can connect as {superuser}, so scripts that run under other accounts are rejected.',
  'finding.local-trust.fix': 'Run them as {account}, or add a client on the server itself for their role.',
  'finding.gateway-forwards': 'The gateway forwards packets between its networks.',
  'finding.gateway-forwards.why':
    'ip_forward applies to all of its interfaces, and many clouds drop packets whose source is not the machine itself.',
  'finding.gateway-forwards.fix':
    'In a cloud, disable the source/destination check of the gateway, and configure its own firewall to forward nothing else.',
  'finding.gateway-family':
    'The gateway has no {family} address in the network of the server, but the tunnel uses {family}.',
  'finding.gateway-family.why':
    'The server then has no route to the {family} addresses of the peers, so their connections time out.',
  'finding.gateway-family.fix': 'Give the gateway a private {family} address, or leave {family} out of the tunnel.',
  'finding.gateway-route': 'On {platform} the plan has no file for the return route to the tunnel.',
  'finding.gateway-route.why':
    'Without it the server sends its replies to its default gateway, and connections time out.',
  'finding.gateway-route.fix': 'Add routes to {networks} through {gateway} with the tools of the platform.',
  'finding.host-certificates':
    'Certificates by host name: {names}. Any other name, an IP address, or a client without SNI: {certificate}.',
  'finding.host-certificates.why':
    'The server chooses the certificate by the name that the client sends in the TLS handshake. A certificate must contain the name, or clients with sslmode=verify-full reject it. libpq sends no name with sslsni=0 or before version 14, and poolers may not either.',
  'finding.host-certificates.fix':
    'Check that each certificate contains its names: openssl x509 -noout -checkhost NAME -in FILE. The server reads pg_hosts.conf and its certificates again on a reload, so reload it after each renewal.',
  'finding.direct-pooler': 'Clients of PgBouncer use standard TLS negotiation, not direct TLS.',
  'finding.direct-pooler.why': 'PgBouncer supports direct TLS (sslnegotiation=direct) only from version 1.25.',
  'finding.direct-pooler.fix':
    'No action is required. With PgBouncer 1.25, you can add sslnegotiation=direct to their connection strings.',
  'finding.revocation-expires': 'The certificate revocation list (CRL) must be renewed within a year.',
  'finding.revocation-expires.why':
    'Once it expires, PostgreSQL rejects every client that sends a certificate, even if the client does not need one.',
  'finding.revocation-expires.fix':
    'Let check-certificates.sh warn you, run make-certificates.sh again, install ca.crl and reload.',
  'finding.revocation-nobody':
    'The server uses a certificate revocation list (CRL), but no client of the plan uses a certificate.',
  'finding.revocation-nobody.why':
    'The CRL has to be renewed for no benefit, and libpq sends a certificate in ~/.postgresql even if the server does not require one.',
  'finding.revocation-nobody.fix': 'Disable the CRL until a client logs in with a certificate.',
  'finding.no-revocation': 'A lost client certificate stays valid until it expires.',
  'finding.no-revocation.why':
    'The server uses no certificate revocation list (CRL). Until the certificate expires, only a change on the server stops it: NOLOGIN for its role, a reject rule above its rule in pg_hba.conf, or a new CA.',
  'finding.no-revocation.fix': 'Use a private CA for the certificates, with a CRL.',
  'finding.groups-hybrid': '{group} requires OpenSSL {openssl} on the server.',
  'finding.groups-hybrid.why':
    'PostgreSQL rejects a list with a name that its OpenSSL does not know: it does not start with it, and a reload keeps the previous list.',
  'finding.groups-hybrid.fix':
    'Check on the server: openssl list -tls-groups (OpenSSL 3.5). apply.sh tests the list before it takes effect.',
  'finding.groups-narrow': 'Clients that support none of {groups} cannot connect.',
  'finding.groups-narrow.why':
    'TLS 1.3 requires every implementation to support prime256v1 (secp256r1, the NIST curve P-256). It only recommends X25519.',
  'finding.groups-narrow.fix': 'Add prime256v1 at the end of the list, unless a policy of your company forbids it.',
  'finding.renewal': "On {platform} the plan has no hook for renewals of the Let's Encrypt certificate.",
  'finding.renewal.why':
    'The server reads its certificate only at a start or reload, and the files must be copied to where it can read them.',
  'finding.renewal.fix': 'Copy certificate and key after each renewal and reload, or use a private CA.',
  'finding.bastion-administrators': 'Administrators use the same bastion as the clients.',
  'finding.bastion-administrators.why':
    'Accounts in the groups of the plan get no shell and can reach only PostgreSQL, so an administrator in one of them is locked out.',
  'finding.bastion-administrators.fix': 'Keep administrators out of {groups}.',
  'finding.ipsec-shared-key': 'Both ends of each tunnel use the same pre-shared key.',
  'finding.ipsec-shared-key.why':
    'Anyone who reads it at one end can impersonate the other, and a copy leaves no trace. The scripts create a 256-bit key for each peer, so it cannot be guessed.',
  'finding.ipsec-shared-key.fix': 'Choose certificates where both ends run strongSwan, or replace the keys regularly.',
  'finding.azure-gateway':
    'The Azure VPN gateway is billed by the hour, whether it is used or not, and often takes 45 minutes or more to create.',
  'finding.azure-gateway.why':
    'Its size is VpnGw1AZ, route-based, without BGP and with one address: the tunnels are interrupted briefly while Azure maintains it, and for longer after a failure.',
  'finding.azure-gateway.fix':
    'Check the price for your region before you run the script. The alternative is a Linux machine with strongSwan or WireGuard, which you maintain.',
  'finding.azure-address': '{endpoint} is a name, but the Azure VPN gateway identifies itself by its public address.',
  'finding.azure-address.why':
    'A site rejects a gateway that has another identity than expected, so no tunnel is established.',
  'finding.azure-address.fix':
    'Run the script for Azure, enter the address that it prints in the plan, and generate the files of the sites again.',
  'finding.keys-missing': '{count} WireGuard public keys are missing: {names}.',
  'finding.keys-missing.why':
    'Each side needs the public key of the other. A peer without a key is left out of the tunnel; without the key of the gateway, no peer can start its side.',
  'finding.keys-missing.fix':
    'Create the key on each machine with the command in the files, and paste the public key under Network. It is not a secret.',
  'finding.tunnel-only': 'Administrators can reach the server only through the tunnel.',
  'finding.tunnel-only.why': 'If the tunnel is not established after a change, you cannot reach the server.',
  'finding.tunnel-only.fix':
    'Add a network outside the tunnel from which SSH stays open, or make sure that you have console access.',
  'finding.late-address': '{addresses} exists only while the tunnel is up.',
  'finding.late-address.why':
    'PostgreSQL logs a warning, continues without an address that it cannot bind, and does not try again later.',
  'finding.late-address.fix':
    'Start PostgreSQL after the tunnel; where systemd runs it, the bundle has a unit for that.',
  'finding.bastion-nobody': 'The bastion has no user and no group that is allowed to forward.',
  'finding.bastion-nobody.why':
    'The plan then adds no rules to sshd, and anyone who can log in there can forward connections anywhere.',
  'finding.bastion-nobody.fix': 'Enter a group such as dbusers, and add the people to it.',
  'finding.keyword-name': '{name} is a keyword of pg_hba.conf but a name here, so it is quoted.',
  'finding.keyword-name.why': 'Without quotes it would mean something else, such as every role or database.',
  'finding.keyword-name.fix': 'Keep the quotes when you edit the file, or choose another name.',
  'finding.slash-name':
    '{name} starts with a slash, so PostgreSQL 16 and later need it written as a regular expression that matches only this name.',
  'finding.slash-name.why': 'Quotes do not turn that meaning off, although the release notes say so.',
  'finding.slash-name.fix': 'Keep the rule as it is written, or choose another name.',
  'finding.same-look': '{name} looks the same as {other} but is a different name to PostgreSQL.',
  'finding.same-look.why':
    'PostgreSQL compares names byte by byte, so a role, a rule or a GRANT for one does not apply to the other.',
  'finding.same-look.fix': 'Type both names the same way, or check which of them exists on the server.',
  'finding.mixed-alphabets': '{name} mixes {alphabets} letters.',
  'finding.mixed-alphabets.why':
    'Letters of these alphabets look alike, so the name can be mistaken for another one, such as that of the superuser.',
  'finding.mixed-alphabets.fix':
    'Type the name again in one alphabet, or check that the server has it as written here.',
  'finding.rules-merged-firewall':
    'The firewall ({filter}) allows only the clients of this plan to reach the PostgreSQL port.',
  'finding.rules-merged-firewall.why':
    'Existing rules in pg_hba.conf stay in force, but their remote clients can no longer reach the server.',
  'finding.rules-merged-firewall.fix':
    'Add every remote client of the existing rules to the plan, or select no firewall in the plan and edit the existing firewall rules yourself.',
  'finding.rules-merged-ca':
    'The plan replaces the CA of client certificates (ssl_ca_file) for the existing rules too.',
  'finding.rules-merged-ca.why':
    'PostgreSQL has one ssl_ca_file for all rules. Existing rules that require client certificates would then accept only those of the CA of this plan.',
  'finding.rules-merged-ca.fix':
    'If the existing rules have cert or clientcert, give their clients certificates of the CA of this plan first, or choose existing files for the server certificate. apply.sh stops if it finds such rules and another ssl_ca_file.',
  'finding.rules-merged': 'Existing rules in pg_hba.conf stay in force, and come before the rules of this plan.',
  'finding.rules-merged.why':
    'The first rule that matches decides. Rejects for the superuser and the final reject of this plan are not written, because they would not change what the existing rules allow.',
  'finding.rules-merged.fix': 'Review the existing file under Inspect: it can allow more than this plan.',
  'finding.docker-project':
    'Other containers of the Compose project are rejected unless a client of the plan covers their network.',
  'finding.docker-project.why':
    'The pg_hba.conf of the image allows every address with a password. The file of this plan allows only its own clients.',
  'finding.docker-project.fix':
    'Add a client with the network of the Compose project (docker network inspect), or choose Merge for the existing rules.',
  'finding.no-exporter': 'The plan has Prometheus alerts but no local service for postgres_exporter.',
  'finding.no-exporter.why':
    'If pg_hba.conf has no rule for the exporter, it is rejected, and the alert PostgresqlDown fires.',
  'finding.no-exporter.fix': 'Add a local service of kind Monitoring with the role that postgres_exporter logs in as.',
  'finding.service-line-newer':
    '{client}: its service in pg_service.conf has a line of {length} bytes, but libpq 13 and older read only {limit}.',
  'finding.service-line-newer.why':
    'An older libpq stops with "line too long in service file". The service is at the end of the file, so the others are not affected.',
  'finding.service-line-newer.fix':
    'Update libpq on the machines of this client to 14 or later, or use the connection string from connection-strings.md there.',
  'finding.service-line-unread':
    '{client}: its service in pg_service.conf would have a line of {length} bytes, but libpq reads only {limit}. The service is left out.',
  'finding.service-line-unread.why':
    'libpq stops at a longer line with "line too long in service file", and then finds no service below it either.',
  'finding.service-line-unread.fix':
    'Use the connection string from connection-strings.md, which has no such limit, or give the client fewer or shorter host names.',
} as const;
