/** Causes that a server reports when it starts or reloads, of which one text can hold several. */
export const OF_THE_SERVER: ReadonlySet<string> = new Set([
  'address-in-use',
  'address-not-own',
  'address-on-local-record',
  'address-without-mask',
  'data-directory-of-another-version',
  'file-not-loaded',
  'file-unreadable',
  'hostssl-without-tls',
  'line-refused',
  'listen-name-unknown',
  'listens-on-loopback',
  'map-does-not-fit',
  'name-with-mask',
  'no-tcp-sockets',
  'setting-refused',
  'tls-setting-refused',
  'unknown-connection-type',
  'unknown-method',
]);

/** A server that is not there, as a client sees it. */
const NOT_THERE = [
  'server-unreachable',
  'connection-refused',
  'name-not-found',
  'server-socket-missing',
  'closed-early',
  'server-starting',
];
const BAD_LINE = ['file-not-loaded', 'no-tcp-sockets'];

/** What a cause makes follow: of two in one text, the one named here is no cause of its own. */
export const FOLLOWS: Readonly<Record<string, readonly string[]>> = {
  'address-in-use': ['no-tcp-sockets', ...NOT_THERE],
  'address-not-own': ['no-tcp-sockets', ...NOT_THERE],
  'listen-name-unknown': ['no-tcp-sockets', ...NOT_THERE],
  'no-tcp-sockets': NOT_THERE,
  'listens-on-loopback': ['connection-refused', 'address-not-own'],
  'data-directory-of-another-version': NOT_THERE,
  'setting-refused': NOT_THERE,
  'tls-setting-refused': NOT_THERE,
  'file-unreadable': ['file-not-loaded', ...NOT_THERE],
  'file-not-loaded': NOT_THERE,
  'hostssl-without-tls': BAD_LINE,
  'line-refused': BAD_LINE,
  'unknown-method': BAD_LINE,
  'unknown-connection-type': BAD_LINE,
  'address-without-mask': BAD_LINE,
  'address-on-local-record': BAD_LINE,
  'name-with-mask': BAD_LINE,

  'certificate-untrusted': ['closed-early', 'tls-handshake-failed', 'no-entry-without-tls', 'rejected-without-tls'],
  'certificate-name': ['closed-early', 'tls-handshake-failed', 'no-entry-without-tls', 'rejected-without-tls'],
  'certificate-expired': ['closed-early', 'tls-handshake-failed', 'no-entry-without-tls', 'rejected-without-tls'],
  'client-certificate-refused': [
    'closed-early',
    'tls-handshake-failed',
    'no-entry-without-tls',
    'rejected-without-tls',
  ],
  'tls-versions': ['closed-early', 'tls-handshake-failed', 'no-entry-without-tls', 'rejected-without-tls'],
  'tls-handshake-failed': ['closed-early', 'no-entry-without-tls', 'rejected-without-tls'],
  'tls-not-offered': ['no-entry-without-tls', 'rejected-without-tls', 'closed-early'],
  'direct-tls-without-alpn': ['closed-early', 'tls-handshake-failed'],
  // Its TLS messages are those of the connection to the LDAP server.
  'ldap-unreachable': ['other-method-failed', 'certificate-untrusted', 'tls-handshake-failed'],
  'ldap-password-rejected': ['other-method-failed'],
  'ldap-search-account-rejected': ['other-method-failed'],
  'ldap-user-missing': ['other-method-failed'],
  'kerberos-ticket-missing': ['other-method-failed'],
  'pooler-login-failed': ['closed-early', 'password-refused', 'wrong-password'],
  'pooler-server-unreachable': ['pooler-waits', 'closed-early'],
  'too-many-connections': ['closed-early'],
};
