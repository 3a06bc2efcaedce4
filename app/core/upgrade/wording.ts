import { decide } from '../hba-analysis/decide.ts';
import { parseHba } from '../postgres/hba/hba.ts';

/** A line of the log that monitoring may search for. */
export interface Wording {
  /** What happens: `Login over TLS`. */
  readonly event: string;
  /** The message, without its level, of a role `app` that connects to the database `app`; null where nothing is logged. */
  readonly text: (major: number) => string | null;
}

const noRule = (encryption: 'none' | 'tls') => (major: number) => {
  const decision = decide(parseHba('', { major }), {
    transport: 'tcp',
    encryption,
    address: '127.0.0.1',
    database: 'app',
    user: 'app',
    roles: [],
    replication: false,
  });
  return decision.message ?? null;
};

const since =
  (...texts: readonly (readonly [since: number, text: string])[]) =>
  (major: number) =>
    texts.findLast(([first]) => first <= major)?.[1] ?? null;

const TLS = 'SSL enabled (protocol=TLSv1.3, cipher=TLS_AES_256_GCM_SHA384, bits=256';

/** The server suite compares each with the log of every major. */
export const WORDINGS: readonly Wording[] = [
  { event: 'Connection without TLS that no rule matches', text: noRule('none') },
  { event: 'Connection over TLS that no rule matches', text: noRule('tls') },
  {
    event: 'Failed login, the matching rule',
    text: since(
      [11, 'Connection matched pg_hba.conf line 1: "host app app 127.0.0.1/32 scram-sha-256"'],
      [16, 'Connection matched file "/…/pg_hba.conf" line 1: "host app app 127.0.0.1/32 scram-sha-256"'],
    ),
  },
  {
    event: 'Authentication with a password (`log_connections`)',
    text: since([14, 'connection authenticated: identity="app" method=scram-sha-256 (/…/pg_hba.conf:1)']),
  },
  {
    event: 'Connection that trust accepts (`log_connections`)',
    text: since([17, 'connection authenticated: user="app" method=trust (/…/pg_hba.conf:1)']),
  },
  {
    event: 'Login without TLS (`log_connections`)',
    text: since(
      [11, 'connection authorized: user=app database=app'],
      [12, 'connection authorized: user=app database=app application_name=psql'],
    ),
  },
  {
    event: 'Login over TLS (`log_connections`)',
    text: since(
      [11, `connection authorized: user=app database=app ${TLS}, compression=off)`],
      [12, `connection authorized: user=app database=app application_name=psql ${TLS}, compression=off)`],
      [14, `connection authorized: user=app database=app application_name=psql ${TLS})`],
    ),
  },
  {
    event: 'Login with a password that is stored as an MD5 hash, in the log and to the client',
    text: since([19, 'authenticated with an MD5-encrypted password']),
  },
];
