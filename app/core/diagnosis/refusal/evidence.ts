import { BY_RULES } from './consequences.ts';

/** What a message says about its cause in any language: codes and names that are never translated. */
export interface Evidence {
  readonly sqlstate?: string;
  /** The function of PostgreSQL that reports the error. */
  readonly routine?: string;
  /** The number of a Windows Sockets error. */
  readonly socketError?: number;
  /** Who wrote the message, if that follows. */
  readonly writer?: 'server' | 'client';
  /** The causes that it leaves, by id. Exactly one is a proof. */
  readonly causes: readonly string[];
}

interface Meaning {
  readonly writer?: 'server' | 'client';
  readonly causes: readonly string[];
}

/** Every cause after which a server's authentication ends with 28P01: passwords, in whatever form. */
const PASSWORD = ['password-refused', 'wrong-password', 'no-password-given'];
const RECORD = [...BY_RULES, 'link-local-address'];
const WITHOUT_TLS = ['no-entry-without-tls', 'rejected-without-tls'];
const METHOD = ['peer-failed', 'ident-failed', 'pam-failed', 'other-method-failed', 'oauth-token-rejected'];
const ROLE = ['role-missing', 'role-may-not-log-in'];

/**
 * SQLSTATE codes of connections (errcodes.txt; `errcode` of each message in auth.c, postinit.c, miscinit.c,
 * backend_startup.c and proc.c).
 */
const SQLSTATES: Readonly<Record<string, Meaning>> = {
  // Drivers report these. The server sends none of them before a session is open.
  '08000': { writer: 'client', causes: [] },
  '08001': { writer: 'client', causes: [] },
  '08003': { writer: 'client', causes: [] },
  '08004': { writer: 'client', causes: [] },
  '08006': { writer: 'client', causes: [] },
  // PgBouncer sends this with each of its own errors.
  '08P01': { causes: [] },
  '0A000': { causes: ['not-postgresql'] },
  '22023': { writer: 'server', causes: ['client-parameter-refused'] },
  '28000': {
    writer: 'server',
    causes: [...RECORD, 'client-certificate-missing', ...METHOD, ...ROLE, 'channel-binding'],
  },
  '28P01': { writer: 'server', causes: PASSWORD },
  '3D000': { writer: 'server', causes: ['database-missing'] },
  '42501': { writer: 'server', causes: ['database-not-granted', 'role-may-not-replicate'] },
  '42704': { writer: 'server', causes: ['client-parameter-refused'] },
  '53300': { writer: 'server', causes: ['too-many-connections'] },
  '55000': { writer: 'server', causes: ['database-not-granted'] },
  '57P03': { writer: 'server', causes: ['server-starting'] },
  F0000: { writer: 'server', causes: ['line-refused', 'client-authority-missing'] },
};

/**
 * Where a program names the condition instead of its code: Erlang and Elixir (errcodes.txt), and Prisma, whose P1010
 * stands for 28000 alone.
 */
const CONDITIONS: readonly (readonly [RegExp, string])[] = [
  [/\binvalid_authorization_specification\b|\bP1010\b|was denied access on the database/, '28000'],
  [/\binvalid_password\b/, '28P01'],
  [/\binvalid_catalog_name\b/, '3D000'],
  [/\btoo_many_connections\b/, '53300'],
  [/\bcannot_connect_now\b/, '57P03'],
];

/** The functions that end a login, and what is wrong when they do. */
const ROUTINES: Readonly<Record<string, Meaning>> = {
  auth_failed: { writer: 'server', causes: [...PASSWORD, ...METHOD] },
  ClientAuthentication: {
    writer: 'server',
    causes: [...RECORD, 'client-certificate-missing', 'client-authority-missing'],
  },
  InitializeSessionUserId: { writer: 'server', causes: [...ROLE, 'too-many-connections'] },
  InitPostgres: {
    writer: 'server',
    causes: ['database-missing', 'too-many-connections', 'role-may-not-replicate'],
  },
  CheckMyDatabase: {
    writer: 'server',
    causes: ['database-missing', 'database-not-granted', 'too-many-connections'],
  },
  InitProcess: { writer: 'server', causes: ['too-many-connections'] },
  // Up to 17 the postmaster rejects a connection here, since 18 the new process does.
  ProcessStartupPacket: { writer: 'server', causes: ['server-starting', 'too-many-connections', 'not-postgresql'] },
  BackendInitialize: { writer: 'server', causes: ['server-starting', 'too-many-connections'] },
  recv_password_packet: { writer: 'server', causes: ['no-password-given'] },
  check_usermap: { writer: 'server', causes: ['map-does-not-fit'] },
  check_ident_usermap: { writer: 'server', causes: ['map-does-not-fit'] },
  parse_hba_line: { writer: 'server', causes: ['line-refused'] },
  parse_hba_auth_opt: { writer: 'server', causes: ['line-refused'] },
  ident_inet: { writer: 'server', causes: ['ident-failed'] },
  auth_peer: { writer: 'server', causes: ['peer-failed'] },
  CheckLDAPAuth: { writer: 'server', causes: ['other-method-failed'] },
  InitializeLDAPConnection: { writer: 'server', causes: ['other-method-failed'] },
  CheckPAMAuth: { writer: 'server', causes: ['pam-failed'] },
  CheckRADIUSAuth: { writer: 'server', causes: ['other-method-failed'] },
  PerformRadiusTransaction: { writer: 'server', causes: ['other-method-failed'] },
  CheckCertAuth: { writer: 'server', causes: ['other-method-failed'] },
  pg_GSS_recvauth: { writer: 'server', causes: ['other-method-failed'] },
};

/** Windows writes the text of these in its own language (Windows Sockets error codes; libpq adds the number). */
const SOCKET_ERRORS: Readonly<Record<string, readonly string[]>> = {
  10013: ['no-route'],
  10048: ['address-in-use'],
  10049: ['address-not-own'],
  10051: ['no-route'],
  10054: ['closed-early'],
  10060: ['timed-out'],
  10061: ['connection-refused'],
  10065: ['no-route'],
  11001: ['name-not-found'],
  11004: ['name-not-found'],
};

/** Every cause that a code or function can leave. */
export const CAUSES_BY_EVIDENCE: ReadonlySet<string> = new Set([
  ...[...Object.values(SQLSTATES), ...Object.values(ROUTINES)].flatMap(({ causes }) => causes),
  ...Object.values(SOCKET_ERRORS).flat(),
]);

const CODES = Object.keys(SQLSTATES).join('|');
/**
 * Where programs print the code: verbose messages (`FATAL:  28P01: …`), csvlog (`FATAL,28P01,"…`), jsonlog, and drivers
 * (`(SQLSTATE 28P01)`, `[28P01]`, `code: '28P01'`, `SqlState(E28P01)`). A code with a letter stands out by itself.
 */
const SQLSTATE = new RegExp(
  `(?:sql_?state|state_code|pgcode|\\bcode|sql error)"?\\W{0,8}E?(${CODES})\\b|[,:[(] *(${CODES})(?=[,:\\])])|^(${CODES}): |\\b(28P01|08P01|3D000|57P03)\\b`,
  'im',
);
const ROUTINE = /(?:\broutine|"func_name)"?\W{1,10}(?:Some\(")?(\w{3,60})|\b(\w{3,60}), [\w-]{1,40}\.c:[0-9]/i;
const SOCKET_ERROR = /\(0x0000[0-9A-F]{4}\/(1[01][0-9]{3})\)/;

/** The evidence in one message with all that belongs to it; undefined if there is none. */
export function evidence(text: string): Evidence | undefined {
  const sqlstate =
    SQLSTATE.exec(text)?.slice(1).find(Boolean)?.toUpperCase() ??
    CONDITIONS.find(([condition]) => condition.test(text))?.[1];
  const routine = ROUTINE.exec(text)?.slice(1).find(Boolean);
  const socketError = SOCKET_ERROR.exec(text)?.[1];
  // Both stay readable where the encoding of the message is lost.
  const byRecord = sqlstate === '28000' && text.includes('pg_hba.conf');
  const meanings = [
    byRecord ? { causes: /no encryption|SSL off/.test(text) ? WITHOUT_TLS : RECORD } : undefined,
    own(SQLSTATES, sqlstate),
    own(ROUTINES, routine),
    socketError === undefined
      ? undefined
      : { writer: 'client' as const, causes: own(SOCKET_ERRORS, socketError) ?? [] },
  ].filter((meaning) => meaning !== undefined);
  if (meanings.length === 0) return undefined;
  const writer = meanings.find((meaning) => meaning.writer !== undefined)?.writer;
  return {
    ...(sqlstate === undefined ? {} : { sqlstate }),
    ...(routine === undefined ? {} : { routine }),
    ...(socketError === undefined ? {} : { socketError: Number(socketError) }),
    ...(writer === undefined ? {} : { writer }),
    causes: common(meanings.map(({ causes }) => causes).filter((causes) => causes.length > 0)),
  };
}

const own = <T>(table: Readonly<Record<string, T>>, key: string | undefined): T | undefined =>
  key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;

/** What all lists contain; if they contradict each other, nothing. */
const common = ([first = [], ...others]: readonly (readonly string[])[]): readonly string[] =>
  first.filter((cause) => others.every((other) => other.includes(cause)));
