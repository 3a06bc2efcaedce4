/** Causes that a server reports when it starts or reloads, of which one text can hold several. */
export const OF_THE_SERVER: ReadonlySet<string> = new Set([
  'address-in-use',
  'address-not-own',
  'address-on-local-record',
  'address-without-mask',
  'data-directory-of-another-version',
  'data-directory-refused',
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

/** Rejections by pg_hba.conf, for want of a rule or by a reject rule. */
export const BY_RULES = [
  'no-entry',
  'no-entry-ipv6',
  'no-entry-without-tls',
  'no-entry-replication',
  'no-entry-socket',
  'localhost-is-ipv6',
  'rejected-by-record',
  'rejected-without-tls',
] as const;

/** A server that is not there, as a client sees it. */
const NOT_THERE = [
  'server-unreachable',
  'connection-refused',
  'name-not-found',
  'server-socket-missing',
  'closed-early',
  'server-starting',
];
/** A client whose TLS attempt fails tries without TLS next, unless sslmode forbids it. */
const WITHOUT_TLS = ['no-entry-without-tls', 'rejected-without-tls'];
/** What both ends say after one of them has ended the handshake. */
const HANDSHAKE_ENDED = ['closed-early', 'tls-handshake-failed', ...WITHOUT_TLS];
const BAD_LINE = ['file-not-loaded', 'no-tcp-sockets'];

/** What a cause makes follow: of two in one text, the one named here is no cause of its own. */
export const FOLLOWS: Readonly<Record<string, readonly string[]>> = {
  'address-in-use': ['no-tcp-sockets', ...NOT_THERE],
  'address-not-own': ['no-tcp-sockets', ...NOT_THERE],
  'listen-name-unknown': ['no-tcp-sockets', ...NOT_THERE],
  'no-tcp-sockets': NOT_THERE,
  'listens-on-loopback': ['connection-refused', 'address-not-own'],
  'data-directory-of-another-version': NOT_THERE,
  'data-directory-refused': NOT_THERE,
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

  'certificate-untrusted': HANDSHAKE_ENDED,
  'certificate-not-verified': HANDSHAKE_ENDED,
  'certificate-name': HANDSHAKE_ENDED,
  'certificate-expired': HANDSHAKE_ENDED,
  // The server's log says only that the client didn't accept its certificate.
  'certificate-unsuitable': ['certificate-untrusted', ...HANDSHAKE_ENDED],
  'client-certificate-refused': HANDSHAKE_ENDED,
  'client-key-refused': HANDSHAKE_ENDED,
  'proxy-terminates-tls': HANDSHAKE_ENDED,
  'tls-versions': HANDSHAKE_ENDED,
  // A client that sends no name learns only that the handshake failed.
  'host-name-not-listed': ['tls-versions', ...HANDSHAKE_ENDED],
  'tls-handshake-failed': ['closed-early', ...WITHOUT_TLS],
  'tls-not-offered': ['closed-early', ...WITHOUT_TLS],
  'direct-tls-without-alpn': ['closed-early', 'tls-handshake-failed'],
  // Its TLS messages are those of the connection to the LDAP server.
  'ldap-unreachable': ['other-method-failed', 'certificate-untrusted', 'tls-handshake-failed'],
  'ldap-password-rejected': ['other-method-failed'],
  'ldap-search-account-rejected': ['other-method-failed'],
  'ldap-user-missing': ['other-method-failed'],
  'kerberos-ticket-missing': ['other-method-failed'],
  'oauth-client-incomplete': ['oauth-token-rejected'],
  'oauth-issuer-differs': ['oauth-token-rejected'],
  // The warning has the wording of a line that keeps a file from being loaded.
  'oauth-option-unknown': ['line-refused', 'oauth-token-rejected'],
  'pgpass-ignored': ['no-password-given'],
  'pooler-server-failed': ['connection-refused', 'closed-early'],
  'pooler-login-failed': [
    'closed-early',
    'password-refused',
    'wrong-password',
    'pooler-password-refused',
    'pooler-server-unreachable',
    'pooler-requires-tls',
  ],
  'pooler-auth-query-failed': ['closed-early', 'pooler-waits'],
  'pooler-method-refused': ['closed-early'],
  'pooler-server-unreachable': ['pooler-waits', 'closed-early', 'tls-handshake-failed', 'certificate-not-verified'],
  // A server that stops closes its connections first.
  'connection-refused': ['closed-early'],
  'server-crashed': ['session-terminated', 'tls-handshake-failed', ...NOT_THERE],
  'session-terminated': NOT_THERE,
  'too-many-connections': ['closed-early'],
};
