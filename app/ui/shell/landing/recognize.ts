/** What a pasted text is. */
export type Kind =
  | 'rules'
  | 'settings'
  | 'message'
  | 'certificate'
  | 'private-key'
  | 'plan'
  | 'link'
  | 'roles'
  | 'shown-settings';

const RULE = /^[ \t]*(?:local|host|hostssl|hostnossl|hostgssenc|hostnogssenc)[ \t]+\S+[ \t]+\S/gm;
const SETTING = /^[ \t]*(?:#[ \t]*)?[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)?[ \t]*=[ \t]*\S/gim;
/** What servers, libpq and the drivers write when a connection fails, in any language that keeps the severity or the SQLSTATE. */
const MESSAGE =
  /\b(?:FATAL|PANIC|SQLSTATE|PSQLException|OperationalError|ECONNREFUSED|ETIMEDOUT)\b|\b(?:psql|pg_dump|pg_basebackup): (?:error|fatal)|connection to server|could not (?:connect|translate|accept|receive|send)|connection refused|timeout expired|no pg_hba\.conf entry|authentication (?:failed|method)|certificate verify failed|SSL error|server closed the connection/i;

/** Characters that are looked at: a longer text has said by then what it is. */
const READ = 1_000_000;

/**
 * What a text is, by its form alone; null where nothing says so. A text that is several things is what its reader needs
 * first: a log with rules in it is a log, and a file with a commented setting above its rules has rules.
 */
export function recognize(text: string): Kind | null {
  const trimmed = text.slice(0, READ).trim();
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(trimmed)) return 'private-key';
  if (/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/.test(trimmed)) return 'certificate';
  if (/^(?:https?|file):\/\/\S*#[as]\S+$/.test(trimmed)) return 'link';
  if (isPlan(trimmed)) return 'plan';
  if (/\bRole name[ \t]*\|[ \t]*Attributes\b/.test(trimmed)) return 'roles';
  if (/^[ \t]*name[ \t]*\|[ \t]*setting[ \t]*(?:\||$)/m.test(trimmed)) return 'shown-settings';
  const rules = trimmed.match(RULE)?.length ?? 0;
  if (rules === 0 && MESSAGE.test(trimmed)) return 'message';
  const settings = trimmed.match(SETTING)?.length ?? 0;
  if (rules > 0 && rules * 4 >= settings) return 'rules';
  return settings > 0 ? 'settings' : null;
}

function isPlan(text: string): boolean {
  if (!text.startsWith('{')) return false;
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && 'network' in json && 'server' in json;
  } catch {
    return false;
  }
}

/** Ways in which a file or a message names its PostgreSQL version: paths of packages, clusters, comments, `version()`. */
const VERSIONS = [
  /\/postgresql\/(\d{2})\//,
  /\/pgsql-(\d{2})\b/,
  /\bpostgresql-(\d{2})\b/i,
  /\bpostgresql@(\d{2})\b/,
  /\b(\d{2})[-/]main\b/,
  /\bPostgreSQL (\d{2})(?:\.\d+)?\b/,
];

/** The major that a text names, if every place that names one names the same. */
export function majorIn(text: string): number | null {
  const named = new Set(
    VERSIONS.flatMap((pattern) =>
      [...text.matchAll(new RegExp(pattern, `${pattern.flags}g`))].map(([, major]) => major),
    ),
  );
  const [only] = named;
  return named.size === 1 ? Number(only) : null;
}
