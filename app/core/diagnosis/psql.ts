import { type Connection, type Decision, decide } from '../hba-analysis/decide.ts';
import { numericAddress, numericText } from '../postgres/hba/address.ts';
import type { Hba } from '../postgres/hba/hba.ts';

/** Every `sslmode` of libpq, from the weakest. */
export const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;

export type SslMode = (typeof SSL_MODES)[number];

/** How psql is called, and the server it reaches. */
export interface PsqlOptions {
  /** psql's own major, which need not be the server's. */
  readonly clientMajor: number;
  /** As given to `-h`: a name or the server's address; for the socket its directory. */
  readonly host: string;
  /** The address that libpq connects to; absent for the socket. */
  readonly address?: string;
  readonly port: number;
  /** `ssl = on` in the server. */
  readonly ssl: boolean;
}

/** One startup attempt of libpq, and the decision of the file. */
export interface PsqlAttempt {
  readonly encryption: 'none' | 'tls';
  readonly decision: Decision;
}

/** What psql does and prints with one `sslmode`. */
export interface PsqlAnswer {
  readonly sslmode: SslMode;
  /** In order; the last one decides. */
  readonly attempts: readonly PsqlAttempt[];
  /** `refused`: psql ends with `lines`. `authenticates`: the record of the last attempt asks for its method. */
  readonly ends: 'refused' | 'authenticates';
  /** What psql writes to standard error before it ends; empty if it asks for a password. */
  readonly lines: readonly string[];
}

/**
 * What psql prints for each `sslmode`, where pg_hba.conf rejects the connection or the server has no TLS. Assumes
 * certificates that the mode accepts, and no GSSAPI credentials. For 11 to 13 the messages are those of their last
 * minor releases.
 */
export function whatPsqlPrints(hba: Hba, connection: Connection, options: PsqlOptions): PsqlAnswer[] {
  return SSL_MODES.map((sslmode) => answer(hba, connection, sslmode, options));
}

/**
 * What psql prints if it does not reach PostgreSQL: nothing listens (`refused`), or the packets are dropped (`timeout`,
 * after about two minutes on Linux). It is the same for every `sslmode`.
 */
export function whatPsqlPrintsOutside(
  why: 'refused' | 'timeout',
  { transport }: Connection,
  options: Omit<PsqlOptions, 'ssl'>,
): PsqlAnswer[] {
  const { clientMajor, host, port } = options;
  const local = transport === 'local';
  const error = why === 'timeout' ? 'Connection timed out' : local ? 'No such file or directory' : 'Connection refused';
  const place = placeOf(options);
  const socket = `${host}/.s.PGSQL.${port}`;
  const lines =
    clientMajor >= 14
      ? [
          `${local ? `connection to server on socket "${socket}"` : `connection to server at ${place}, port ${port}`} failed: ${error}`,
          local
            ? '\tIs the server running locally and accepting connections on that socket?'
            : '\tIs the server running on that host and accepting TCP/IP connections?',
        ]
      : [
          `could not connect to server: ${error}`,
          `\tIs the server running ${local ? 'locally' : `on host ${place}`} and accepting`,
          local ? `\tconnections on Unix domain socket "${socket}"?` : `\tTCP/IP connections on port ${port}?`,
        ];
  const [first = '', ...others] = lines;
  const printed = [`${psqlSays(clientMajor)}${first}`, ...others];
  return SSL_MODES.map((sslmode) => ({ sslmode, attempts: [], ends: 'refused', lines: printed }));
}

const NO_TLS = 'server does not support SSL, but SSL was required';

/**
 * The order of `PQconnectPoll` and, since 17, `select_next_encryption_method` of fe-connect.c: `allow` tries TLS after
 * a rejection without encryption, `prefer` tries without encryption after a rejection over TLS. A server without TLS
 * says so before any record is checked; libpq before 17 then continues unencrypted, later versions give up if that was
 * tried already.
 */
function answer(hba: Hba, connection: Connection, sslmode: SslMode, options: PsqlOptions): PsqlAnswer {
  const attempts: PsqlAttempt[] = [];
  const errors: string[] = [];
  const refused = (encryption: 'none' | 'tls'): boolean => {
    const decision = decide(hba, { ...connection, encryption });
    attempts.push({ encryption, decision });
    if (decision.message === undefined) return false;
    errors.push(`FATAL:  ${decision.message}`);
    return true;
  };
  const failed = tries(connection.transport === 'local' ? 'disable' : sslmode, refused, errors, options);
  return failed
    ? { sslmode, attempts, ends: 'refused', lines: printed(errors, connection, options) }
    : { sslmode, attempts, ends: 'authenticates', lines: [] };
}

/** True if every attempt of the mode is rejected. */
function tries(
  mode: SslMode,
  refused: (encryption: 'none' | 'tls') => boolean,
  errors: string[],
  { ssl, clientMajor }: PsqlOptions,
): boolean {
  switch (mode) {
    case 'disable':
      return refused('none');
    case 'allow':
      if (!refused('none')) return false;
      if (ssl) return refused('tls');
      if (clientMajor < 17) return refused('none');
      errors.push(NO_TLS);
      return true;
    case 'prefer':
      return (!ssl || refused('tls')) && refused('none');
    default:
      if (ssl) return refused('tls');
      errors.push(NO_TLS);
      return true;
  }
}

/** Since 14, libpq prints the host before each error; psql prints `error:` since 12. */
function printed(errors: readonly string[], connection: Connection, options: PsqlOptions): string[] {
  const { clientMajor } = options;
  const where = clientMajor >= 14 ? `${whereTo(connection, options)} failed: ` : '';
  return errors.map((error, index) => `${index === 0 ? psqlSays(clientMajor) : ''}${where}${error}`);
}

const psqlSays = (clientMajor: number): string => (clientMajor >= 12 ? 'psql: error: ' : 'psql: ');

function whereTo({ transport }: Connection, options: PsqlOptions): string {
  const { host, port } = options;
  if (transport === 'local') return `connection to server on socket "${host}/.s.PGSQL.${port}"`;
  return `connection to server at ${placeOf(options)}, port ${port}`;
}

function placeOf({ host, address }: Pick<PsqlOptions, 'host' | 'address'>): string {
  const numeric = numericAddress(address ?? '');
  const shown = numeric ? numericText(numeric) : address;
  return `"${host}"${shown === undefined || shown === host ? '' : ` (${shown})`}`;
}
