import { type Message, say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { stableSlug } from '../../model/slug.ts';
import { adonet, adonetValue } from '../../quote/adonet.ts';
import { conninfoValue } from '../../quote/conninfo.ts';
import { json, jsonValue } from '../../quote/json.ts';
import { type Markdown, markdown, mdCode, mdFence, mdText } from '../../quote/markdown.ts';
import { python, pythonString } from '../../quote/python.ts';
import { join, type Quoted } from '../../quote/template.ts';
import { type Uri, uri, uriHost, uriPart } from '../../quote/uri.ts';
import type { Artifact, Block } from '../file.ts';
import { type Connection, isPattern, isTunnelEndpoint, PLACEHOLDERS, pairs, patternOf, spread } from './connection.ts';
import { conninfoOf } from './conninfo.ts';

/** `connection-strings.md`: each client's connections for libpq, JDBC, node-postgres, psycopg, Npgsql and pgx. */
export const connectionStrings: Artifact = {
  page: 'connection-strings',
  render(model) {
    const found = model.clients
      .flatMap((access) => (isPattern(model, access) ? [patternOf(model, access)] : spread(model, access)))
      .filter(({ host, replication }) => host !== null && !replication);
    if (found.length === 0) return [];
    return [
      {
        path: 'clients/connection-strings.md',
        machine: 'clients',
        title: say('file.connections'),
        language: 'markdown',
        blocks: [{ lines: heading(found) }, ...found.map((of) => section(model, of))],
      },
    ];
  },
};

const heading = (found: readonly Connection[]): Markdown[] => [
  markdown`# ${mdText(say('connections.title').text)}`,
  ...(found.some(({ oauth }) => oauth === null) ? paragraph(say('connections.password').text) : []),
  ...paragraph(say('connections.files').text),
  ...(found.some(({ root }) => root === 'system') ? [markdown``, mdText(say('connections.system').text)] : []),
  ...(found.some(({ direct }) => direct) ? [markdown``, mdText(say('connections.direct').text)] : []),
];

function section(model: AccessModel, of: Connection): Block<'markdown'> {
  const { access, role, database } = of;
  const pattern = isPattern(model, access);
  const { name: client, roles, databases } = access.client;
  const title = pattern
    ? say('connections.patternSection', { client, roles: roles.length, databases: databases.length })
    : say('connections.section', { client, role, database });
  return {
    reason: { message: title, path: access.path },
    lines: [
      markdown``,
      markdown`## ${mdText(title.text)}`,
      ...(pattern ? patternText(of) : []),
      ...(of.hostAddresses.length === 0 ? [] : otherAddress(model, of)),
      ...(of.oauth === null ? [] : oauth(of.oauth)),
      ...(of.others.length === 0
        ? []
        : [
            markdown``,
            mdText(say('connections.spread').text),
            markdown``,
            mdText(say('connections.oneHost', { hosts: hosts(of).join(', ') }).text),
          ]),
      ...drivers(of).flatMap(([name, language, text]) => [
        markdown``,
        mdCode(name),
        markdown``,
        ...mdFence(language, [text]),
      ]),
      ...(pattern ? names(of) : []),
    ],
  };
}

const paragraph = (text: string): Markdown[] => [markdown``, mdText(text)];

/** Instructions for drivers without `hostaddr` if the name may resolve to another address. */
function otherAddress(model: AccessModel, { access, host, hostAddresses }: Connection): Markdown[] {
  const values = { host: host ?? '', addresses: hostAddresses.join(', ') };
  if (access.client.via === 'bastion') return paragraph(say('connections.forward', values).text);
  return [
    ...paragraph(say('connections.address', values).text),
    ...paragraph(say(isTunnelEndpoint(model) ? 'connections.tunnelName' : 'connections.hostsFile', values).text),
  ];
}

/** What a client needs for a token, besides the connection string. */
const oauth = ({ clientId }: NonNullable<Connection['oauth']>): Markdown[] => [
  ...paragraph(say('connections.oauth').text),
  ...(clientId === PLACEHOLDERS.clientId ? paragraph(say('connections.oauthClientId', { clientId }).text) : []),
];

const patternText = ({ access, certificate }: Connection): Markdown[] => [
  ...paragraph(say('connections.pattern', { ...PLACEHOLDERS, count: pairs(access) }).text),
  ...(certificate === null ? [] : paragraph(say('connections.patternCertificate', PLACEHOLDERS).text)),
];

/** The names for a pattern, and how drivers write those that need quotes or escapes. */
function names({ access, certificate }: Connection): Markdown[] {
  const { roles, databases } = access.client;
  const list = (title: Message, of: readonly string[]): Markdown[] => [
    ...paragraph(title.text),
    markdown``,
    ...mdFence('text', of),
    ...(of.every((name) => /^[A-Za-z0-9_-]+$/.test(name))
      ? []
      : SPELLINGS.flatMap(([driver, spell]) => [
          ...paragraph(say('connections.spelled', { driver }).text),
          markdown``,
          ...mdFence('text', of.map(spell)),
        ])),
  ];
  return [
    ...list(say('connections.roles'), roles),
    ...(certificate === null ? [] : list(say('connections.certificates'), roles.map(stableSlug))),
    ...(databases === 'all' ? [] : list(say('connections.databases'), databases)),
  ];
}

/** How each driver writes a name in place of a pattern's placeholder. */
const SPELLINGS: readonly (readonly [driver: string, spell: (name: string) => string])[] = [
  ['libpq', conninfoValue],
  ['JDBC, pgx', uriPart],
  ['node-postgres', (name) => inside(jsonValue(name))],
  ['psycopg', (name) => inside(pythonString(conninfoValue(name)))],
  ['Npgsql', adonetValue],
];

/** What is between the quotes of a string. */
const inside = (text: string): string => text.slice(1, -1);

const hosts = (of: Connection): string[] => [of.host ?? '', ...of.others.map(({ host }) => host)];

/** Hosts with their ports, as a URI lists them. */
const hostList = (of: Connection): Uri =>
  join(
    hosts(of).map((host) => uri`${uriHost(host)}:${of.port}`),
    ',',
  );

type Driver = [name: string, language: string, text: Quoted<string>];

/** Only libpq gets a token by itself; the other drivers need a program around them that does. */
function drivers(of: Connection): Driver[] {
  const libpq: Driver = ['libpq', 'text', conninfoOf(of)];
  const psycopg: Driver = ['psycopg', 'python', python`psycopg.connect(${pythonString(conninfoOf(of))})`];
  if (of.oauth !== null) return [libpq, psycopg];
  return [
    libpq,
    ['JDBC', 'text', jdbc(of)],
    ['node-postgres', 'js', nodePostgres(of)],
    psycopg,
    ['Npgsql', 'text', npgsql(of)],
    ['pgx', 'text', pgx(of)],
  ];
}

/** Where the certificate files are expected for a driver without a default path. */
const certificateFile = (of: Connection, ending: 'crt' | 'key' | 'pk8') => `${of.certificate ?? 'client'}.${ending}`;
const rootFile = (of: Connection) => (of.root === 'system' ? null : (of.root ?? 'root.crt'));

const query = (pairs: readonly (readonly [string, string | null])[]): Uri =>
  join(
    pairs.flatMap(([key, value]) => (value === null ? [] : [uri`${uriPart(key)}=${uriPart(value)}`])),
    '&',
  );

/** pgJDBC's values for target_session_attrs: a primary is a server that accepts writes. */
const jdbcServer = ({ sessions }: Connection): string | null =>
  sessions === 'read-write' ? 'primary' : sessions === 'prefer-standby' ? 'preferSecondary' : null;

/** pgJDBC has its own parameters, and requires a client key without a password as PKCS #8 in DER. */
function jdbc(of: Connection): Uri {
  const parameters = query([
    ['user', of.role],
    ['sslmode', of.sslMode],
    ['sslNegotiation', of.direct ? 'direct' : null],
    ['sslrootcert', rootFile(of)],
    ['sslfactory', of.root === 'system' ? 'org.postgresql.ssl.DefaultJavaSSLFactory' : null],
    ['sslcert', of.certificate === null ? null : certificateFile(of, 'crt')],
    ['sslkey', of.certificate === null ? null : certificateFile(of, 'pk8')],
    ['channelBinding', of.channelBinding ? 'require' : null],
    ['targetServerType', jdbcServer(of)],
    ['loadBalanceHosts', of.others.length > 0 ? 'true' : null],
  ]);
  return uri`jdbc:postgresql://${hostList(of)}/${uriPart(of.database)}?${parameters}`;
}

/** pgx reads libpq's URI; it does not support hostaddr, so the name must resolve to the address. */
function pgx(of: Connection): Uri {
  const parameters = query([
    ['sslmode', of.sslMode],
    ['sslnegotiation', of.direct ? 'direct' : null],
    ['sslrootcert', rootFile(of)],
    ['sslcert', of.certificate === null ? null : certificateFile(of, 'crt')],
    ['sslkey', of.certificate === null ? null : certificateFile(of, 'key')],
    ['target_session_attrs', of.libpqSessions],
  ]);
  return uri`postgres://${uriPart(of.role)}@${hostList(of)}/${uriPart(of.database)}?${parameters}`;
}

function nodePostgres(of: Connection): Quoted<'json'> {
  const verify = of.sslMode !== 'require';
  const files = [
    ...(rootFile(of) === null || !verify ? [] : [json`ca: readFileSync(${jsonValue(rootFile(of) ?? '')})`]),
    ...(of.certificate === null
      ? []
      : [
          json`cert: readFileSync(${jsonValue(certificateFile(of, 'crt'))})`,
          json`key: readFileSync(${jsonValue(certificateFile(of, 'key'))})`,
        ]),
  ];
  const name =
    of.sslMode === 'verify-ca'
      ? [json`checkServerIdentity: () => undefined`]
      : of.hostAddresses.length === 0
        ? []
        : [json`servername: ${jsonValue(of.host ?? '')}`];
  const ssl = join([json`rejectUnauthorized: ${jsonValue(verify)}`, ...name, ...files], ', ');
  const pairs = [
    json`host: ${jsonValue(of.hostAddresses[0] ?? of.host ?? '')}`,
    json`port: ${of.port}`,
    json`user: ${jsonValue(of.role)}`,
    json`database: ${jsonValue(of.database)}`,
    json`ssl: { ${ssl} }`,
    ...(of.direct ? [json`sslnegotiation: 'direct'`] : []),
    ...(of.channelBinding ? [json`enableChannelBinding: true`] : []),
  ];
  return json`new Client({ ${join(pairs, ', ')} })`;
}

function npgsql(of: Connection): Quoted<'adonet'> {
  const mode = { 'verify-full': 'VerifyFull', 'verify-ca': 'VerifyCA', require: 'Require' }[of.sslMode ?? 'require'];
  const root = rootFile(of);
  const pairs = [
    adonet`Host=${adonetValue(hosts(of).join(','))}`,
    adonet`Port=${of.port}`,
    adonet`Username=${adonetValue(of.role)}`,
    adonet`Database=${adonetValue(of.database)}`,
    adonet`SSL Mode=${adonetValue(mode)}`,
    ...(of.direct ? [adonet`SSL Negotiation=Direct`] : []),
    ...(root === null || of.sslMode === 'require' ? [] : [adonet`Root Certificate=${adonetValue(root)}`]),
    ...(of.certificate === null
      ? []
      : [
          adonet`SSL Certificate=${adonetValue(certificateFile(of, 'crt'))}`,
          adonet`SSL Key=${adonetValue(certificateFile(of, 'key'))}`,
        ]),
    ...(of.channelBinding ? [adonet`Channel Binding=Require`] : []),
    ...(of.sessions === null ? [] : [adonet`Target Session Attributes=${adonetValue(of.sessions)}`]),
    ...(of.others.length === 0 ? [] : [adonet`Load Balance Hosts=true`]),
  ];
  return join(pairs, ';');
}
