export const importMessages = {
  'import.record.refused': 'PostgreSQL rejects this line: {error}.',
  'import.record.refusedSilently': 'PostgreSQL rejects this line and reports the reason only in its log.',
  'import.record.dead': 'No connection ever reaches this rule, so leaving it out changes nothing.',
  'import.record.reject':
    "A plan allows what it names and rejects everything else. It can't reject part of what another rule allows.",
  'import.record.method':
    "A plan doesn't support the method {method}. Choose a supported method for this client: a SCRAM password, a certificate, Kerberos or LDAP.",
  'import.record.option': "A plan doesn't support the option {option}.",
  'import.record.kind': "A plan doesn't support {type}: it either requires TLS or leaves it to the client.",
  'import.record.address':
    "A plan specifies networks by address; {address} depends on names or on the server's own addresses.",
  'import.record.mapped': '{address} contains IPv4-mapped IPv6 addresses, which no client has.',
  'import.record.users':
    "A plan names each role, and the file doesn't show who is meant here. Add the client with its roles manually.",
  'import.record.databases':
    'A plan names each database, or all. What is meant here depends on names that are not in the file.',
  'import.record.socketEverybody':
    'On the socket, a plan allows the superuser and named roles. Everyone else connects with peer, as the packages set it up.',
  'import.record.socketReplication': 'On the socket, a plan allows only the superuser to replicate.',
  'import.record.loopbackReplication': "A plan doesn't support replication over the server's own loopback.",
  'import.record.loopbackMethod':
    "Over the server's loopback, a plan allows only password authentication, and this rule says {method}.",
  'import.record.socketMethod': 'On the socket, a plan allows peer or a password, and this rule says {method}.',
  'import.record.answer': 'The plan values that result from this rule are rejected: {problem}',
  'import.record.tooManyServices': 'A plan has at most {limit} local services.',
  'import.record.tooMany': 'A plan has at most {limit} clients.',

  'import.note.method': 'The plan requires {method} where the rule says {written}.',
  'import.note.superuserAlone': 'The plan has this only for the superuser.',
  'import.note.superuserPeer': 'The plan allows the superuser to connect with peer here, without a password.',
  'import.note.superuserClosed':
    'The superuser is among the roles that this rule allows from other hosts. The plan rejects the superuser there.',
  'import.note.rolesPlaceholder':
    'The rule allows every role, and a plan names its roles. "{role}" is a placeholder for the roles you name.',
  'import.note.usersLeft': 'Left out: {names}. Who that is depends on memberships or on a regular expression.',
  'import.note.databasesLeft': 'Left out: {names}. What that is depends on other names or on a regular expression.',
  'import.note.namesLeft': "Left out: {names}. A plan doesn't accept such names.",
  'import.note.certificateName': 'The plan also compares the name in the certificate with the role.',
  'import.note.ldapPassword':
    'The bind DN is imported without its password. Enter the password on the server with enter-ldap-password.sh.',
  'import.note.map': 'The map is named postern in the generated files.',

  'import.setting.again': 'Line {line} of {file} sets it again, and that value takes effect.',
  'import.setting.replaced': 'The plan writes {value} instead.',
  'import.setting.stays':
    "The plan doesn't write this setting. It stays unchanged: the plan's settings go into a separate file next to postgresql.conf.",
  'import.setting.unknown': "PostgreSQL {major} doesn't recognize this setting.",
  'import.setting.refused': 'PostgreSQL rejects this value: {problem}.',
  'import.setting.problem': 'PostgreSQL rejects this line: {error}.',
  'import.record.map':
    'The map {map} is not in the pg_ident.conf given here, has regular expressions or groups, or maps users to only some of these roles. A plan lists the users who may log in as every role of a client.',
  'import.ident.left':
    'A plan has maps for the superuser and for users with OAuth. The generated pg_ident.conf does not contain other lines.',
  'import.file.tooLarge': 'The file is larger than the import limit.',

  'import.assumed.platform': "The files don't show how PostgreSQL was installed.",
  'import.assumed.name': "The files don't show which host name clients use for the server.",
  'import.assumed.addresses':
    "The files don't contain these addresses of the server. Replace them with the server's own; until then they are examples.",
  'import.assumed.nat':
    'The server listens only on private addresses, but clients connect from public ones, so something translates addresses (NAT).',
  'import.assumed.people': "The files don't show where administrators connect from.",
  'import.assumed.firewall': "The files don't describe a firewall.",
  'import.assumed.certificate': "The files don't show who issued the certificate.",
  'import.assumed.roles': 'Replace this with the actual roles.',
  'import.assumed.clients': "The files don't allow any access from other hosts that a plan can express.",
} as const;
