export const importMessages = {
  'import.record.refused': 'The server does not take this line: {error}.',
  'import.record.refusedSilently': 'The server does not take this line; only its log says why.',
  'import.record.dead': 'No connection gets as far as this record, so nothing is lost without it.',
  'import.record.reject':
    'A plan opens what it names and refuses the rest. It has no answer that refuses a part of what another record opens.',
  'import.record.method':
    'A plan has no answer for the method {method}. Choose one of its own for this client: a SCRAM password, a certificate, Kerberos or LDAP.',
  'import.record.option': 'A plan has no answer for the option {option}.',
  'import.record.kind': 'A plan has no answer for {type}: it asks for TLS or leaves it to the client.',
  'import.record.address':
    'A plan names networks by their addresses; {address} is decided by names or by the addresses of the server.',
  'import.record.mapped': '{address} holds IPv4 addresses in IPv6 clothes, which no client has.',
  'import.record.users':
    'A plan names each role. Who is meant here is not in the file: add the client with its roles by hand.',
  'import.record.databases':
    'A plan names each database, or says all. What is meant here depends on names that are not in the file.',
  'import.record.socketEverybody':
    'At the socket a plan lets in the superuser and named roles; everybody else as the packages set it up, by peer.',
  'import.record.socketReplication': 'At the socket a plan lets only the superuser replicate.',
  'import.record.loopbackReplication': 'A plan has no replication over the loopback of the server itself.',
  'import.record.loopbackMethod':
    'Over its own loopback a plan lets in with a password only, and this record says {method}.',
  'import.record.socketMethod':
    'At the socket a plan lets in by peer or with a password, and this record says {method}.',
  'import.record.answer': 'The answers that come of this record are refused: {problem}',
  'import.record.tooMany': 'A plan has at most {limit} clients.',

  'import.note.method': 'The plan asks for {method} where the record says {written}.',
  'import.note.superuserAlone': 'The plan has this for the superuser alone.',
  'import.note.superuserPeer': 'The plan lets the superuser in by peer here, without a password.',
  'import.note.superuserClosed':
    'The superuser is among those whom this record lets in from other machines. The plan refuses it there.',
  'import.note.rolesPlaceholder':
    'The record lets every role in, and a plan names them: "{role}" stands for those that you name.',
  'import.note.usersLeft': 'Left out: {names}. Who that is depends on memberships or on an expression.',
  'import.note.databasesLeft': 'Left out: {names}. What that is depends on other names or on an expression.',
  'import.note.namesLeft': 'Left out: {names}. A plan refuses such names.',
  'import.note.certificateName': 'The plan also compares the name in the certificate with the role.',
  'import.note.socketToo': 'The plan lets these roles in at the socket too, with the same password.',
  'import.note.map': 'The map is called postern in the files of the plan.',

  'import.setting.again': 'Line {line} of {file} says it again, and that one counts.',
  'import.setting.replaced': 'The plan writes {value} instead.',
  'import.setting.stays':
    'The plan does not write this setting. It stays as it is: the settings of the plan are a file beside postgresql.conf.',
  'import.setting.unknown': 'PostgreSQL {major} does not know this setting.',
  'import.setting.refused': 'The server does not take this value: {problem}.',
  'import.setting.problem': 'The server does not take this line: {error}.',
  'import.ident.left': 'A plan has one map of its own, for the superuser. Other lines of pg_ident.conf go with it.',
  'import.file.tooLarge': 'The file is larger than what is read here.',

  'import.assumed.platform': 'The files do not say how PostgreSQL was installed.',
  'import.assumed.name': 'The files do not say by which name clients call the server.',
  'import.assumed.addresses':
    'The files do not name these addresses of the server. Write its own in their place; until then they are examples.',
  'import.assumed.nat':
    'The server listens on private addresses alone, and clients come from public ones: something translates.',
  'import.assumed.people': 'The files do not say from where administrators come.',
  'import.assumed.firewall': 'The files say nothing of a firewall.',
  'import.assumed.certificate': 'The files do not say who made the certificate.',
  'import.assumed.roles': 'Name the roles in place of this one.',
  'import.assumed.clients': 'The files let nobody in from other machines by what a plan can say.',
} as const;
