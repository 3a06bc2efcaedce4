import { type MessageId, say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { md5Roles, unencryptedSessions } from '../../postgres/queries.ts';
import { lines } from '../../quote/lines.ts';
import { psqlText } from '../../quote/psql.ts';
import { type Sql, sql } from '../../quote/sql.ts';
import type { Artifact, Block } from '../file.ts';

/** `queries.sql`: who connects to the server, how, and what is about to expire. It changes nothing. */
export const queries: Artifact = {
  page: 'queries',
  render(model) {
    if (!model.plan.monitoring.queries) return [];
    return [
      {
        path: 'database-server/queries.sql',
        phase: 'database',
        machine: 'database-server',
        title: say('queries.title'),
        intro: [say('queries.intro')],
        language: 'sql',
        blocks: [opening, ...asked(model)],
      },
    ];
  },
};

const opening: Block<'sql'> = {
  lines: [
    sql`\set QUIET on`,
    sql`SET default_transaction_read_only = on;`,
    sql`SET standard_conforming_strings = on;`,
    sql`SET search_path = pg_catalog;`,
    sql`\pset null '-'`,
  ],
  reason: { message: say('queries.readOnly'), path: 'monitoring.queries' },
};

/** Its description is also printed above the rows. */
function query(message: MessageId, path: string, text: Sql): Block<'sql'> {
  const said = say(message);
  return { lines: [sql`\pset title ${psqlText(said.text)}`, ...lines(text)], reason: { message: said, path } };
}

function asked(model: AccessModel): Block<'sql'>[] {
  const { major } = model.release;
  return [
    ...refused(model),
    ...(major < 14 ? [] : [ended]),
    withoutTls(major),
    md5,
    certificates(major),
    certificateFile,
    expiring,
    records(major),
    waiting,
  ];
}

/**
 * Rejected logins are only in the log. SQL can read it if each line is JSON; its last 10 MB are searched. Names in it
 * are client input, in any encoding, and LATIN1 is the encoding in which no byte is an error.
 */
const refused = ({ plan }: AccessModel): Block<'sql'>[] =>
  plan.monitoring.log !== 'jsonlog'
    ? []
    : [
        query(
          'queries.refused',
          'monitoring.log',
          sql`
  SELECT entry->>'remote_host' AS address, entry->>'user' AS role, entry->>'dbname' AS database,
         entry->>'message' AS message, count(*) AS times, max(entry->>'timestamp') AS last
    FROM (SELECT line::json AS entry
            FROM pg_current_logfile('jsonlog') AS name, pg_stat_file(name) AS file,
                 regexp_split_to_table(convert_from(
                   pg_read_binary_file(name, greatest(file.size - 10000000, 0), 10000000, true), 'LATIN1'), E'\n') AS line
            WHERE line LIKE '{"timestamp"%}' AND line LIKE '%"FATAL"%') AS log
    WHERE entry->>'error_severity' = 'FATAL' AND entry->>'state_code' IN ('28000', '28P01')
    GROUP BY 1, 2, 3, 4 ORDER BY times DESC, last DESC LIMIT 50;
`,
        ),
      ];

const ended = query(
  'queries.ended',
  'monitoring.queries',
  sql`
  SELECT datname AS database, sessions, sessions_abandoned, sessions_fatal, sessions_killed
    FROM pg_stat_database
    WHERE sessions_abandoned + sessions_fatal + sessions_killed > 0
    ORDER BY datname;
`,
);

const withoutTls = (major: number): Block<'sql'> =>
  query('queries.withoutTls', 'security.tlsMinimum', unencryptedSessions(major));

const md5 = query('queries.md5', 'security.passwordHashing', md5Roles);

/** 11 uses another column name for the name in a certificate. */
const certificates = (major: number): Block<'sql'> => {
  const columns =
    major < 12 ? sql`s.clientdn` : sql`s.client_dn AS certificate, s.client_serial AS serial, s.issuer_dn AS issuer`;
  const name = major < 12 ? sql`s.clientdn` : sql`s.client_dn`;
  return query(
    'queries.certificates',
    'security.certificate',
    sql`
  SELECT a.usename AS role, a.client_addr AS address, ${columns}, s.version AS tls, a.backend_start
    FROM pg_stat_activity AS a JOIN pg_stat_ssl AS s USING (pid)
    WHERE ${name} <> ''
    ORDER BY a.usename, a.backend_start;
`,
  );
};

const certificateFile = query(
  'queries.certificateFile',
  'security.certificate',
  sql`
  SELECT name, setting AS file, file.modification AS written, file.modification > pg_conf_load_time() AS needs_reload
    FROM pg_settings, pg_stat_file(setting, true) AS file
    WHERE name IN ('ssl_cert_file', 'ssl_key_file', 'ssl_ca_file', 'ssl_crl_file') AND setting <> ''
    ORDER BY name;
`,
);

const expiring = query(
  'queries.expiring',
  'clients',
  sql`
  SELECT rolname AS role, rolvaliduntil AS password_taken_until, rolvaliduntil < now() AS over
    FROM pg_roles WHERE rolcanlogin AND rolvaliduntil < now() + interval '30 days'
    ORDER BY rolvaliduntil;
`,
);

const records = (major: number): Block<'sql'> => {
  const file = major < 16 ? sql`` : sql`file_name, `;
  return query(
    'queries.records',
    'clients',
    sql`
  SELECT ${file}line_number, error
    FROM pg_hba_file_rules WHERE type IS NULL OR error IS NOT NULL
    ORDER BY line_number;
`,
  );
};

const waiting = query(
  'queries.waiting',
  'server',
  sql`
  SELECT DISTINCT ON (s.name) s.name, s.setting AS in_force, f.setting AS waiting, f.sourcefile, f.sourceline
    FROM pg_settings AS s LEFT JOIN pg_file_settings AS f ON lower(f.name) = lower(s.name)
    WHERE s.pending_restart
    ORDER BY s.name, f.seqno DESC;
`,
);
