import { type Conf, conf } from '../../quote/conf.ts';
import { type Conninfo, conninfo, conninfoValue } from '../../quote/conninfo.ts';
import type { Hba } from '../../quote/hba.ts';
import { type Sh, sh, shEmbed, shWord } from '../../quote/sh.ts';
import { type Sql, sql, sqlIdentifier, sqlLiteral } from '../../quote/sql.ts';
import type { Facts } from './facts.ts';
import { smallestRule } from './smallest-rule.ts';

/** Where a command or line belongs. */
export const COMMAND_PLACES = [
  'server-psql',
  'server-shell',
  'client-shell',
  'client-settings',
  'pg_hba.conf',
  'postgresql.conf',
  'pooler-configuration',
] as const;

export type CommandPlace = (typeof COMMAND_PLACES)[number];

/** Something to paste: it fixes the cause, or checks whether it is this one. */
export interface Command {
  readonly purpose: 'fix' | 'check';
  readonly place: CommandPlace;
  /** One or more lines, quoted for their place. */
  readonly text: string;
}

/** In psql on the server, as a superuser. */
export const fixInPsql = (...text: readonly Sql[]): Command => command('fix', 'server-psql', text);
export const checkInPsql = (...text: readonly Sql[]): Command => command('check', 'server-psql', text);
/** In a shell on the server. */
export const fixOnServer = (...text: readonly Sh[]): Command => command('fix', 'server-shell', text);
export const checkOnServer = (...text: readonly Sh[]): Command => command('check', 'server-shell', text);
/** In a shell on the client's machine. */
export const fixOnClient = (...text: readonly Sh[]): Command => command('fix', 'client-shell', text);
export const checkOnClient = (...text: readonly Sh[]): Command => command('check', 'client-shell', text);
/** Lines of pg_hba.conf. */
export const hbaLines = (...text: readonly Hba[]): Command => command('fix', 'pg_hba.conf', text);
/** Lines of postgresql.conf. */
const confLines = (...text: readonly Conf[]): Command => command('fix', 'postgresql.conf', text);
/** Connection parameters in the form of libpq. */
export const clientSettings = (...text: readonly Conninfo[]): Command => command('fix', 'client-settings', text);

function command(purpose: Command['purpose'], place: CommandPlace, text: readonly string[]): Command {
  return { purpose, place, text: text.join('\n') };
}

/** `psql` with what the text names, and further connection parameters. */
export function psqlTo({ host, port, role, database }: Facts, more: readonly Conninfo[] = []): Sh {
  const named = [
    ...(host === undefined ? [] : [conninfo`host=${conninfoValue(host)}`]),
    ...(port === undefined || port === 5432 ? [] : [conninfo`port=${port}`]),
    ...(role === undefined ? [] : [conninfo`user=${conninfoValue(role)}`]),
    ...(database === undefined ? [] : [conninfo`dbname=${conninfoValue(database)}`]),
    ...more,
  ];
  return sh`psql ${shEmbed(named.join(' ') as Conninfo)}`;
}

/** Makes the server load its changed files. */
export const reload: Command = fixInPsql(sql`SELECT pg_reload_conf();`);

/** One rule for the role, database and address of the text, over TLS with a password, and the reload that loads it. */
export const narrowRule = ({ role, database, address, major }: Facts): readonly Command[] =>
  role === undefined || database === undefined || address === undefined
    ? []
    : ruleAndReload(smallestRule({ transport: 'tcp', address, user: role, database, replication: false }, major));

export const ruleAndReload = (rule: Hba | undefined): readonly Command[] =>
  rule === undefined ? [] : [hbaLines(rule), reload];

/** The rules of the file on disk, all or those with one method. From 16 on, several files can hold them. */
export function rulesInFile({ major }: Facts, method?: string): Command {
  const rules =
    major >= 16
      ? sql`SELECT file_name, line_number, type, database, user_name, address, netmask, auth_method FROM pg_hba_file_rules`
      : sql`SELECT line_number, type, database, user_name, address, netmask, auth_method FROM pg_hba_file_rules`;
  return checkInPsql(method === undefined ? sql`${rules};` : sql`${rules} WHERE auth_method = ${sqlLiteral(method)};`);
}

/** The invalid lines of pg_hba.conf: the line that the text names, and what the view says about all of them. */
export const invalidLines = ({ line, file, major }: Facts): readonly Command[] => [
  ...(line === undefined || !file?.startsWith('/') ? [] : [checkOnServer(sh`sudo sed -n ${line}p ${shWord(file)}`)]),
  checkInPsql(
    major >= 16
      ? sql`SELECT file_name, line_number, error FROM pg_hba_file_rules WHERE error IS NOT NULL;`
      : sql`SELECT line_number, error FROM pg_hba_file_rules WHERE error IS NOT NULL;`,
  ),
  reload,
];

/** Why a password can fail: no row if the role doesn't exist, else whether it has a password, of which kind, until when. */
export const storedPassword = ({ role }: Facts): readonly Command[] =>
  role === undefined
    ? []
    : [
        checkInPsql(
          sql`SELECT rolcanlogin, rolvaliduntil, rolpassword IS NOT NULL AS has_password,`,
          sql`  rolpassword LIKE 'SCRAM-SHA-256$%' AS is_scram FROM pg_authid WHERE rolname = ${sqlLiteral(role)};`,
        ),
      ];

/** psql asks for a new password and sends its hash, in the format that password_encryption has in this session. */
const passwordLines = (role: string): readonly Sql[] => [
  sql`SET password_encryption = 'scram-sha-256';`,
  sql`\password ${sqlIdentifier(role)}`,
];

export const newPassword = ({ role }: Facts): readonly Command[] =>
  role === undefined ? [] : [fixInPsql(...passwordLines(role))];

/** Creates the role, after a look at those that differ in uppercase letters. */
export const createRole = ({ role }: Facts): readonly Command[] =>
  role === undefined
    ? []
    : [
        checkInPsql(sql`SELECT rolname, rolcanlogin FROM pg_roles WHERE lower(rolname) = lower(${sqlLiteral(role)});`),
        fixInPsql(sql`CREATE ROLE ${sqlIdentifier(role)} LOGIN;`, ...passwordLines(role)),
      ];

/** A line of PgBouncer's auth_file with the stored hash of the role; quotes in a name are doubled there. */
export const authFileLine = ({ role }: Facts): readonly Command[] =>
  role === undefined
    ? []
    : [
        fixInPsql(
          sql`SELECT concat('"', replace(rolname, '"', '""'), '" "', rolpassword, '"') AS auth_file_line`,
          sql`  FROM pg_authid WHERE rolname = ${sqlLiteral(role)};`,
        ),
      ];

/** Sessions by role and state. */
export const sessions: Command = checkInPsql(
  sql`SELECT usename, state, count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'`,
  sql`  GROUP BY usename, state ORDER BY count(*) DESC;`,
);

/** Where the server writes its log; without the logging collector, systemd or the starting script has it. */
export const logPlace: Command = checkInPsql(sql`SHOW log_destination;`, sql`SELECT pg_current_logfile();`);

/** The addresses and ports on which programs listen. */
export const listeningSockets: Command = checkOnServer(sh`sudo ss -ltnp`);
export const ownAddresses: Command = checkOnServer(sh`ip -brief address`);
export const publishedPorts: Command = checkOnServer(sh`docker ps --format '{{.Names}} {{.Ports}}'`);

/** What the server listens on by its settings, and whether they wait for a restart. */
export const listenSettings: Command = checkInPsql(
  sql`SELECT name, setting, pending_restart FROM pg_settings WHERE name IN ('listen_addresses', 'port');`,
);

/** The client with TLS: a try with psql, and the parameter for its own settings. */
export const overTls = (facts: Facts): readonly Command[] => [
  ...(facts.host === undefined ? [] : [checkOnClient(psqlTo(facts, [conninfo`sslmode=require`]))]),
  clientSettings(conninfo`sslmode=require`),
];

/** The addresses of the server's name. A word that begins with a hyphen is an option, and no host name. */
export const resolveOnClient = ({ host }: Facts): readonly Command[] => resolve(host, checkOnClient);
export const resolveOnServer = ({ host }: Facts): readonly Command[] => resolve(host, checkOnServer);

const resolve = (host: string | undefined, place: typeof checkOnClient): readonly Command[] =>
  host === undefined || /^[-/]/.test(host) ? [] : [place(sh`getent ahosts ${shWord(host)}`)];

/** A TLS handshake with the server from the client, or with `show` what openssl x509 shows of the certificate. */
export function handshake({ host, port = 5432 }: Facts, show?: Sh): readonly Command[] {
  if (host === undefined || /^[-/]/.test(host)) return [];
  const to = shWord(`${host.includes(':') ? `[${host}]` : host}:${port}`);
  const connect = sh`openssl s_client -starttls postgres -connect ${to} </dev/null`;
  return [checkOnClient(show === undefined ? connect : sh`${connect} | openssl x509 -noout ${show}`)];
}

/** TLS of the server: `ssl = on` for one that has a certificate. The check shows no size for a file that is missing. */
export const turnTlsOn: readonly Command[] = [
  checkInPsql(
    sql`SHOW ssl;`,
    sql`SELECT name, setting, (pg_stat_file(setting, true)).size`,
    sql`  FROM pg_settings WHERE name IN ('ssl_cert_file', 'ssl_key_file');`,
  ),
  confLines(conf`ssl = on`),
  reload,
];
