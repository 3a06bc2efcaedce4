import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from '../../hba-analysis/decide.ts';
import { numericAddress } from '../../postgres/hba/address.ts';
import { parseHba } from '../../postgres/hba/hba.ts';
import { hostileNames } from '../../testing/plan-arbitrary.ts';
import { causes } from './causes.ts';
import type { Command } from './command.ts';
import { type DiagnoseOptions, diagnose } from './diagnose.ts';
import type { Facts } from './facts.ts';

/** Text as `factsOf` accepts it: one printable line. */
const text = fc
  .oneof(
    fc.constantFrom(
      ...hostileNames,
      "'; touch canary; '",
      '"; DROP DATABASE postgres; --',
      '&& touch canary',
      "\\'; touch canary #",
      '\\! touch canary',
      '#0',
      '-x',
      "' user=postgres host=/tmp '",
      '名'.repeat(63),
    ),
    fc.string({ unit: fc.constantFrom(...`'"\`$(){}[]<>\\|&;#*?~!%^=+-@:,/. ab1ä数`), minLength: 1, maxLength: 80 }),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
  )
  .filter((value) => /^[^\p{Cc}\p{Cs}]{1,255}$/u.test(value));

const facts = fc.record(
  {
    role: text,
    database: text,
    host: fc.oneof(text, fc.constantFrom('db.example.com', '203.0.113.7', '2001:db8::7')),
    address: fc.oneof(text, fc.constantFrom('10.0.0.9', '2001:db8::5', '::1')),
    file: text.map((value) => `/etc/${value}`),
    keyFile: text.map((value) => `/home/${value}`),
    port: fc.integer({ min: 1, max: 65535 }),
    line: fc.integer({ min: 1, max: 999 }),
    major: fc.integer({ min: 11, max: 19 }),
  },
  { requiredKeys: ['major'] },
);

/** Names that need no quotes. An address that PostgreSQL reads as one stays, because commands write it their own way. */
const PLAIN = { role: 'plainrole', database: 'plaindatabase', file: '/etc/plainfile', keyFile: '/home/plainkey' };

const plainOf = (hostile: Facts): Facts => ({
  ...hostile,
  ...Object.fromEntries(Object.entries(PLAIN).filter(([key]) => key in hostile)),
  ...(hostile.host === undefined || numericAddress(hostile.host) ? {} : { host: 'plainhost' }),
  ...(hostile.address === undefined || numericAddress(hostile.address) ? {} : { address: '10.0.0.9' }),
});

/** A value of a plain command with the hostile names in the place of the plain ones. */
function withNames(value: string, { host, ...hostile }: Facts): string {
  for (const key of ['role', 'database', 'file', 'keyFile'] as const)
    if (value === PLAIN[key]) return hostile[key] ?? '';
  if (value === 'plainhost') return host ?? '';
  const name = host?.includes(':') ? `[${host}]` : host;
  return value.startsWith('plainhost:') ? `${name}${value.slice('plainhost'.length)}` : value;
}

/** Quoted tokens of SQL by what they mean, everything else as written. */
function sqlTokens(sql: string): string[] {
  const tokens = sql.match(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\\?\w+|[^\s'"]/g) ?? [];
  return tokens.map((token) =>
    /^['"]/.test(token) ? token.slice(1, -1).replaceAll(token.slice(0, 1).repeat(2), token.slice(0, 1)) : token,
  );
}

/** A connection string of libpq as keywords and values (manual 32.1.1.1). */
function conninfoTokens(conninfo: string): string[] {
  const tokens: string[] = [];
  let rest = conninfo;
  while (rest !== '') {
    const found = /^(\w+)=(?:'((?:[^'\\]|\\.)*)'|([^\s'\\]+))(?: |$)/u.exec(rest);
    if (!found) throw new Error(`not a connection string: ${conninfo}`);
    tokens.push(`${found[1]}=`, found[2]?.replaceAll(/\\(.)/gu, '$1') ?? found[3] ?? '');
    rest = rest.slice(found[0].length);
  }
  return tokens;
}

/** Programs of the commands. Anything else that bash is made to run is not found, which is recorded as well. */
const PROGRAMS = ['sudo', 'psql', 'openssl', 'getent', 'ip', 'ls', 'chmod', 'grep', 'docker', 'pg_isready'];

/** The words that each program of each command is called with, as bash splits them. Nothing is run. */
function shellTokens(commands: readonly string[]): readonly string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'postern-commands-'));
  try {
    // One write, because the programs of a pipe run at the same time.
    const record = String.raw`printf '%s\0' "$@" $'\1' >>"$out"`;
    const script = [
      ...PROGRAMS.map((program) => `${program}() { set -- ${program} "$@"; ${record}; }`),
      `command_not_found_handle() { set -- 'not found:' "$@"; ${record}; }`,
      ...commands.map((command, index) => `out=${index}\n${command}`),
    ].join('\n');
    execFileSync('/bin/bash', ['-c', script], {
      cwd: folder,
      env: { PATH: '/nowhere', HOME: '/home/app' },
      stdio: 'pipe',
    });
    const said = commands.map((_, index) => {
      const calls = readFileSync(join(folder, String(index)), 'utf8')
        .split('\u0001\0')
        .filter((call) => call !== '');
      // The two ends of a pipe start in any order.
      return calls.toSorted().flatMap((call) => {
        const words = call.split('\0').slice(0, -1);
        return words.flatMap((word, at) =>
          words[at - 1] === 'psql' && word !== '--version' ? conninfoTokens(word) : [word],
        );
      });
    });
    expect(readdirSync(folder).length).toBe(commands.length);
    return said;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface OfCause {
  readonly id: string;
  readonly command: Command;
}

const commandsOf = (given: Facts): readonly OfCause[] =>
  causes.flatMap(({ id, commands }) => (commands?.(given) ?? []).map((command) => ({ id, command })));

const isShell = ({ command: { place } }: OfCause) => place.endsWith('-shell');
const isSql = ({ command: { place } }: OfCause) => place === 'server-psql';

/** A command by its cause, its place and its tokens. */
function tokenized(of: readonly OfCause[], tokens: (texts: readonly string[]) => readonly string[][]) {
  const all = tokens(of.map(({ command }) => command.text));
  return of.map(({ id, command: { place } }, index) => ({ id, place, tokens: all[index] ?? [] }));
}

const expectedOf = (plain: ReturnType<typeof tokenized>, hostile: Facts) =>
  new Set(plain.map((one) => JSON.stringify({ ...one, tokens: one.tokens.map((token) => withNames(token, hostile)) })));

test('SQL has each name of the text in one quoted token, whatever the name', () => {
  const each = (texts: readonly string[]) => texts.map(sqlTokens);
  fc.assert(
    fc.property(facts, (hostile) => {
      const plain = tokenized(commandsOf(plainOf(hostile)).filter(isSql), each);
      const found = tokenized(commandsOf(hostile).filter(isSql), each);
      const expected = expectedOf(plain, hostile);
      for (const one of found) expect(expected).toContain(JSON.stringify(one));
    }),
  );
});

test('a shell passes each name of the text as one word to the programs of the command, and runs nothing else', () => {
  fc.assert(
    fc.property(facts, (hostile) => {
      const plain = tokenized(commandsOf(plainOf(hostile)).filter(isShell), shellTokens);
      const found = tokenized(commandsOf(hostile).filter(isShell), shellTokens);
      expect(found.length).toBeGreaterThan(10);
      const expected = expectedOf(plain, hostile);
      for (const one of found) expect(expected).toContain(JSON.stringify(one));
    }),
    { numRuns: 50 },
  );
});

test('a line of pg_hba.conf allows the role of the text, and no other', () => {
  let lines = 0;
  fc.assert(
    fc.property(facts, (hostile) => {
      const { role: user = '', database = '', address = '', major } = hostile;
      for (const { id, command } of commandsOf(hostile).filter(({ command }) => command.place === 'pg_hba.conf')) {
        lines++;
        const hba = parseHba(command.text, { major });
        const replication = id === 'no-entry-replication';
        const from =
          id === 'no-entry-socket'
            ? ({ transport: 'local', encryption: 'none' } as const)
            : ({ transport: 'tcp', encryption: 'tls', address: id === 'localhost-is-ipv6' ? '::1' : address } as const);
        const connection = { ...from, user, database, replication, roles: [] };
        const outcomes = [connection, { ...connection, user: `${user}2` }, { ...connection, database: `${database}2` }];
        expect({ id, refused: hba.refused, records: hba.records.length }).toEqual({ id, refused: [], records: 1 });
        expect(outcomes.map((one) => decide(hba, one).outcome)).toEqual(
          replication ? ['record', 'no-entry', 'record'] : ['record', 'no-entry', 'no-entry'],
        );
      }
    }),
    { numRuns: 300 },
  );
  expect(lines).toBeGreaterThan(100);
});

test.each([
  [
    'psql: error: private key file "/home/o\'hara/client.key" has group or world access; file must have permissions u=rw (0600) or less',
    "chmod 0600 '/home/o'\\''hara/client.key'",
  ],
  [
    'LOG:  invalid authentication method "scram"\nCONTEXT:  line 95 of configuration file "/etc/postgresql/16/main/pg_hba.conf"',
    'sudo sed -n 95p /etc/postgresql/16/main/pg_hba.conf',
  ],
  [
    'FATAL:  no pg_hba.conf entry for host "2001:db8::5", user "o\'hara", database "all", SSL encryption',
    'hostssl "all" "o\'hara" 2001:db8::5/128 scram-sha-256',
  ],
  ['FATAL:  role "Admins" is not permitted to log in', 'ALTER ROLE "Admins" LOGIN;'],
  ['FATAL:  Peer authentication failed for user "postgres"', 'sudo -u postgres psql user=postgres'],
])('%s: paste %s', (said, pasted) => {
  expect(diagnose(said).causes.flatMap(({ commands }) => commands.map((one) => one.text))).toContain(pasted);
});

test('a role whose name is no account is not given to sudo', () => {
  const pasted = diagnose('FATAL:  Peer authentication failed for user "#0"').causes.flatMap(
    ({ commands }) => commands,
  );
  expect(pasted.map(({ place }) => place)).toEqual(['server-psql']);
});

const NO_TLS = 'FATAL:  no pg_hba.conf entry for host "10.0.0.9", user "app", database "shop", no encryption';

test.each<[of: string, said: string, options: DiagnoseOptions, id: string, commands: string[]]>([
  [
    'another file is in force',
    NO_TLS,
    { hba: 'host all all all scram-sha-256', major: 13 },
    'another-file-in-force',
    [
      'SHOW hba_file;',
      'SELECT line_number, type, database, user_name, address, netmask, auth_method FROM pg_hba_file_rules;',
      'SELECT pg_reload_conf();',
    ],
  ],
  [
    'the file allows the client over TLS',
    NO_TLS,
    { hba: 'hostssl all all all scram-sha-256' },
    'no-entry-without-tls',
    ['sslmode=require'],
  ],
  [
    'the network of a rule is one address',
    NO_TLS,
    { hba: 'host all all 0.0.0.0/32 scram-sha-256' },
    'network-of-one-address',
    [],
  ],
  [
    'something in between connects again',
    `connection to server at "127.0.0.1", port 5432 failed: ${NO_TLS.replace('10.0.0.9', '172.18.0.1')}`,
    {},
    'address-translated',
    ['hostssl shop app 172.18.0.1/32 scram-sha-256', 'SELECT pg_reload_conf();'],
  ],
  [
    'a service writes the file and has its own fix',
    `connection to server at "x.rds.amazonaws.com", port 5432 failed: ${NO_TLS}`,
    {},
    'no-entry-without-tls',
    [],
  ],
  [
    'a service runs the server, which has no shell',
    'connection to server at "x.rds.amazonaws.com", port 5432 failed: Connection refused',
    {},
    'connection-refused',
    ["SELECT name, setting, pending_restart FROM pg_settings WHERE name IN ('listen_addresses', 'port');"],
  ],
])('the commands are those of the fix that is shown: %s', (_, said, options, id, commands) => {
  const shown = diagnose(said, options).causes.map((cause) => [cause.id, cause.commands.map(({ text }) => text)]);
  expect(shown).toEqual([[id, commands]]);
});
