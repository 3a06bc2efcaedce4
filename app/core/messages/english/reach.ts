export const reachMessages = {
  'reach.noSsl': 'The server has ssl = off, so no connection uses TLS and hostssl matches nothing.',
  'reach.noGss':
    'The server is built without GSSAPI, so no connection is encrypted by it and hostgssenc matches nothing.',
  'reach.emptyHost': 'The address is an empty name, which no host has.',
  'reach.emptyName': 'The {field} field holds only an empty name, which nobody can ask for.',
  'reach.longName':
    'The {field} field holds only names of more than 63 bytes. PostgreSQL cuts what a client asks for to 63, so they never match.',
  'reach.ownAddress': 'It depends on the addresses of the server, which no file tells.',
  'reach.mask': 'Its mask has so many holes that its addresses are not counted.',
  'reach.expression': 'It depends on which names a regular expression matches, and no name was found that shows it.',
} as const;
