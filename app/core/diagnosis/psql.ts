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
  const start = clientMajor >= 12 ? 'psql: error: ' : 'psql: ';
  return errors.map((error, index) => `${index === 0 ? start : ''}${where}${error}`);
}

function whereTo({ transport }: Connection, { host, address, port }: PsqlOptions): string {
  if (transport === 'local') return `connection to server on socket "${host}/.s.PGSQL.${port}"`;
  const numeric = numericAddress(address ?? '');
  const shown = numeric ? numericText(numeric) : address;
  return `connection to server at "${host}"${shown === undefined || shown === host ? '' : ` (${shown})`}, port ${port}`;
}
