/** A rejection by pg_hba.conf, with what PostgreSQL reports about the connection. */
export interface Refusal {
  readonly kind: 'no-entry' | 'reject';
  /** As written: a numeric address, or `[local]`. */
  readonly host: string;
  readonly user: string;
  /** Absent for replication. */
  readonly database?: string;
  readonly replication: boolean;
  /** Absent where a server without TLS does not report it. */
  readonly encryption?: 'none' | 'tls' | 'gss';
  /** The majors that use this wording, as far as it tells. */
  readonly majors?: 'before 14' | '14 and later';
}

const STARTS = [
  { words: 'no pg_hba.conf entry for replication connection from host "', kind: 'no-entry', replication: true },
  { words: 'no pg_hba.conf entry for host "', kind: 'no-entry', replication: false },
  { words: 'pg_hba.conf rejects replication connection for host "', kind: 'reject', replication: true },
  { words: 'pg_hba.conf rejects connection for host "', kind: 'reject', replication: false },
] as const;

const ENDS = [
  { words: '", no encryption', encryption: 'none', majors: '14 and later' },
  { words: '", SSL encryption', encryption: 'tls', majors: '14 and later' },
  { words: '", GSS encryption', encryption: 'gss' },
  { words: '", SSL on', encryption: 'tls', majors: 'before 14' },
  { words: '", SSL off', encryption: 'none', majors: 'before 14' },
] as const;

const USER = '", user "';
const DATABASE = '", database "';

/** Every rejection that a line reports, in order. Names that themselves look like the message are not parsed. */
export function refusalsIn(line: string): Refusal[] {
  const starts = STARTS.flatMap((start) => [...places(line, start.words)].map((at) => ({ ...start, at }))).toSorted(
    (a, b) => a.at - b.at,
  );
  return starts.flatMap(({ words, kind, replication, at }, index) => {
    const rest = line.slice(at + words.length, starts[index + 1]?.at);
    const [end] = ENDS.flatMap((one) => {
      const found = rest.indexOf(one.words);
      return found < 0 ? [] : [{ ...one, found }];
    }).toSorted((a, b) => a.found - b.found);
    const named = rest.slice(0, end?.found ?? lastQuote(rest));
    const [host, user, ...tooMany] = named.split(USER);
    if (host === undefined || user === undefined || tooMany.length > 0) return [];
    const [role, database, ...more] = replication ? [user] : user.split(DATABASE);
    if (role === undefined || more.length > 0 || (!replication && database === undefined)) return [];
    return [
      {
        kind,
        host,
        user: role,
        ...(database === undefined ? {} : { database }),
        replication,
        ...(end ? { encryption: end.encryption } : {}),
        ...(end && 'majors' in end ? { majors: end.majors } : {}),
      },
    ];
  });
}

function lastQuote(text: string): number {
  const at = text.lastIndexOf('"');
  return at < 0 ? text.length : at;
}

function* places(line: string, words: string): Generator<number> {
  for (let at = line.indexOf(words); at >= 0; at = line.indexOf(words, at + words.length)) yield at;
}
