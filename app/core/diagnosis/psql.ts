import { type Connection, type Decision, decide } from '../access/decide.ts';
import { numericAddress, numericText } from '../postgres/hba/address.ts';
import type { Hba } from '../postgres/hba/hba.ts';

/** Every `sslmode` of libpq, from the weakest. */
export const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;

export type SslMode = (typeof SSL_MODES)[number];

/** How psql is called, and what it meets. */
export interface PsqlOptions {
  /** psql's own major, which need not be the server's. */
  readonly clientMajor: number;
  /** As given to `-h`: a name or the server's address; for the socket its folder. */
  readonly host: string;
  /** The address that libpq connects to; absent for the socket. */
  readonly address?: string;
  readonly port: number;
  /** `ssl = on` in the server. */
  readonly ssl: boolean;
}

/** One startup of libpq, and what the file makes of it. */
export interface PsqlAttempt {
  readonly encryption: 'none' | 'tls';
  readonly decision: Decision;
}

/** What psql does and prints with one `sslmode`. */
export interface PsqlAnswer {
  readonly sslmode: SslMode;
  /** In their order; the last one decides. */
  readonly attempts: readonly PsqlAttempt[];
  /** `refused`: psql ends with `lines`. `authenticates`: the record of the last attempt asks for its method. */
  readonly ends: 'refused' | 'authenticates';
  /** What psql writes to standard error before it ends, or before it asks for a password: nothing. */
  readonly lines: readonly string[];
}

/**
 * What psql prints for each `sslmode`, where pg_hba.conf refuses or the server has no TLS. Certificates are taken to be as
 * the mode wants them, and GSSAPI credentials to be absent. Of 11 to 13 the words of their last minors.
 */
export function whatPsqlPrints(hba: Hba, connection: Connection, options: PsqlOptions): PsqlAnswer[] {
  return SSL_MODES.map((sslmode) => answer(hba, connection, sslmode, options));
}

/**
 * What psql prints where it does not get to PostgreSQL: nobody listens (`refused`), or the packets are dropped (`timeout`,
 * after about two minutes on Linux). No `sslmode` changes it.
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
 * The order of `PQconnectPoll` and, from 17 on, `select_next_encryption_method` of fe-connect.c: `allow` tries TLS after a
 * refusal in clear text, `prefer` clear text after a refusal over TLS. A server without TLS says so before any record is
 * asked; libpq before 17 then goes on in clear text, later ones give up where that was tried already.
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

/** True where every attempt of the mode is refused. */
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

/** From 14 on libpq says before each error where it was; psql says `error:` from 12 on. */
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
