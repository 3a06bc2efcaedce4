export const reachMessages = {
  'reach.noSsl': 'The server has ssl = off, so no connection uses TLS and hostssl matches nothing.',
  'reach.noGss':
    'The server is built without GSSAPI, so no connection uses GSSAPI encryption and hostgssenc matches nothing.',
  'reach.emptyHost': 'The address is an empty name, which no host has.',
  'reach.emptyName': 'The {field} field contains only an empty name, which no client can request.',
  'reach.longName':
    'The {field} field contains only names longer than 63 bytes. PostgreSQL truncates requested names to 63 bytes, so they never match.',
  'reach.ownAddress': "It depends on the server's own addresses, which the files don't show.",
  'reach.mask': 'Its netmask is not contiguous and has too many gaps to enumerate its addresses.',
  'reach.expression': 'It depends on which names a regular expression matches, and no name was found that proves it.',
} as const;
