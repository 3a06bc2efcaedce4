import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AccessChange,
  compareAccess,
  generate,
  isGuide,
  type PossibleChange,
  parseConf,
  parseHba,
  parsePlan,
} from '../index.ts';
import { hbaText } from '../testing/hba-arbitrary.ts';
import { importFiles } from './import.ts';
import type { ImportInput } from './imported.ts';

const corpus = (folder: string) => {
  const url = new URL(`../../../../shared/corpus/${folder}/`, import.meta.url);
  return existsSync(url)
    ? readdirSync(url)
        .filter((name) => name.endsWith('.conf'))
        .map((name) => ({ name, text: readFileSync(new URL(name, url), 'latin1') }))
    : [];
};

/** Where each line that the server reads ended up, and that the plan is valid. */
function accounted(input: ImportInput) {
  const found = importFiles(input);
  expect(parsePlan(found.plan)).toMatchObject({ ok: true });
  const { major, files = {} } = input;
  const hba = parseHba(input.hba, { major, files });
  const conf = parseConf(input.conf, { major, files });
  const place = (main: string) => (at: { readonly line: number; readonly file?: string }) =>
    `${at.file ?? main}:${at.line}`;
  const lines = [...found.carried, ...found.left].map(({ file, line }) => `${file}:${line}`);
  expect(lines.filter((line) => !line.startsWith('pg_ident')).sort()).toEqual(
    [
      ...[...hba.records, ...hba.refused].map(place('pg_hba.conf')),
      ...[...conf.settings, ...conf.problems].map(place('postgresql.conf')),
    ].sort(),
  );
  for (const { text } of found.left) expect(text).not.toMatch(/[\r\n]$/);
  return found;
}

const ids = (input: ImportInput) => {
  const { carried, left } = accounted(input);
  return {
    carried: carried.map(({ file, line, paths }) => `${file}:${line} ${paths.join(' ')}`),
    left: left.map(({ file, line, reason }) => `${file}:${line} ${reason.id}`),
  };
};

describe('an existing pair of files', () => {
  const hba = [
    'local all postgres peer',
    'local all all peer',
    'host all all 127.0.0.1/32 scram-sha-256',
    'hostssl shop,stock web,"Mixed" 10.1.0.0 255.255.0.0 scram-sha-256',
    'hostssl shop web fd00:1::/64 scram-sha-256',
    'hostssl replication repl 10.1.2.3/32 cert',
    'host all +staff 10.2.0.0/16 scram-sha-256',
    'host all all 10.3.0.0/16 trust',
    'host sales "rep 1" .example.com scram-sha-256',
    'hostx all all all md5',
    'host all all 10.4.0.0/16 reject',
  ].join('\n');
  const conf = [
    "listen_addresses = 'localhost,10.0.0.5,fd00::5'",
    'port = 5433',
    'ssl = on',
    "ssl_cert_file = '/etc/ssl/db.crt'",
    "ssl_key_file = '/etc/ssl/db.key'",
    "ssl_min_protocol_version = 'TLSv1.3'",
    'authentication_timeout = 1min',
    'work_mem = 4MB',
    'work_mem = 8MB',
    'max_conections = 5',
    'log_connections = on',
    "log_line_prefix = '%m [%p] %q%u@%d '",
    'cpu_tuple_cost = cheap',
  ].join('\n');
  const input = { hba, conf, major: 17 };

  test('becomes a plan; each line is listed with the answers it became or the reason why it is left out', () => {
    const { carried, left } = ids(input);
    expect(carried).toEqual([
      'pg_hba.conf:1 server.superuser',
      'pg_hba.conf:2 server.platform',
      'pg_hba.conf:3 administration.loopback',
      'pg_hba.conf:4 clients.0',
      'pg_hba.conf:5 clients.1',
      'pg_hba.conf:6 clients.2',
      'postgresql.conf:1 server.addresses.private',
      'postgresql.conf:2 server.port',
      'postgresql.conf:3 security.certificate.source',
      'postgresql.conf:4 security.certificate',
      'postgresql.conf:5 security.certificate',
      'postgresql.conf:6 security.tlsMinimum',
      'postgresql.conf:7 security.authenticationTimeout',
      'postgresql.conf:11 security.logConnections',
      'postgresql.conf:12 monitoring.linePrefix',
    ]);
    expect(left).toEqual([
      'pg_hba.conf:7 import.record.users',
      'pg_hba.conf:8 import.record.method',
      'pg_hba.conf:9 import.record.address',
      'pg_hba.conf:11 import.record.reject',
      'pg_hba.conf:10 import.record.refused',
      'postgresql.conf:8 import.setting.again',
      'postgresql.conf:9 import.setting.stays',
      'postgresql.conf:10 import.setting.unknown',
      'postgresql.conf:13 import.setting.refused',
    ]);
  });

  test('produces clients with their networks, names and authentication', () => {
    const { plan } = importFiles(input);
    expect(plan.network).toMatchObject({ pattern: 'private' });
    expect(plan.server).toMatchObject({
      port: 5433,
      platform: 'debian',
      addresses: { private: ['10.0.0.5', 'fd00::5'] },
    });
    expect(plan.clients).toMatchObject([
      {
        roles: ['web', 'Mixed'],
        databases: ['shop', 'stock'],
        sources: ['10.1.0.0/16'],
        tls: 'require',
        via: 'private',
      },
      { roles: ['web'], databases: ['shop'], sources: ['fd00:1::/64'] },
      { roles: ['repl'], replication: 'physical', auth: { method: 'cert' } },
    ]);
  });

  test('is compared with the file that the plan generates, each change with its witness', () => {
    const { plan, differences } = importFiles(input);
    const written = generate(plan).files.find(({ path }) => path === 'database-server/pg_hba.conf')?.content ?? '';
    const [before, after] = [hba, written].map((text) => parseHba(text, { major: 17 }));
    if (!before || !after) throw new Error('Two files.');
    // In the generated file, line numbers count comments; here they do not.
    const shape = (changes: readonly (AccessChange | PossibleChange)[]) =>
      changes.map(({ kind, connections, addresses, databases, users }) => [
        kind,
        connections,
        addresses,
        databases,
        users,
      ]);
    expect(shape(differences)).toEqual(shape(compareAccess(before, after)));
    expect(differences.map(({ kind, addresses }) => `${kind} ${addresses ?? 'socket'}`)).toContain(
      'closed 10.3.0.0/16',
    );
  });
});

describe('differences are reported', () => {
  const one = (hba: string, extra: Partial<ImportInput> = {}) => accounted({ hba, conf: '', major: 16, ...extra });
  const notes = (hba: string, extra: Partial<ImportInput> = {}) =>
    one(hba, extra).carried.flatMap((line) => line.notes.map(({ id }) => id));

  test('one made-up name represents the roles that all matches, unless the caller names them', () => {
    const hba = 'hostssl shop all 10.0.0.0/8 scram-sha-256\nhostssl shop app 10.9.0.0/16 reject';
    const found = one(hba);
    expect(found.plan.clients[0]?.roles).toEqual(['app_2']);
    expect(found.assumed.map(({ path }) => path)).toContain('clients.0.roles');
    expect(notes(hba)).toContain('import.note.rolesPlaceholder');
    expect(one(hba, { roles: ['web', 'postgres'] }).plan.clients[0]?.roles).toEqual(['web']);
  });

  test('the superuser is rejected from other machines unless a record names it', () => {
    expect(one('hostssl all all 10.0.0.0/8 scram-sha-256').plan.security.remoteSuperuser).toBe(false);
    expect(one('hostssl all postgres,web 10.0.0.0/8 scram-sha-256').plan.security.remoteSuperuser).toBe(true);
    const refusedAbove = 'host all postgres all reject\nhostssl all postgres,web 10.0.0.0/8 scram-sha-256';
    expect(one(refusedAbove).plan.security.remoteSuperuser).toBe(false);
  });

  test('a superuser with an invisible character in its name is neither rejected nor allowed, and is shown', () => {
    const hba = 'host all postgres\ufe0f 0.0.0.0/0 reject\nhostssl all web,postgres\u200b 10.0.0.0/8 scram-sha-256\n';
    const { plan, carried, left } = accounted({ hba, conf: '', major: 18 });
    expect(plan.server.superuser).toBe('postgres');
    expect(plan.clients.flatMap(({ roles }) => roles)).toEqual(['web']);
    const said = [...left.map(({ reason }) => reason), ...carried.flatMap(({ notes }) => notes)].map(
      ({ text }) => text,
    );
    expect(said.join(' ')).toContain('postgres[U+200B]');
  });

  test('another password hashing changes the method, and is reported', () => {
    expect(notes('hostssl shop web 10.0.0.0/8 md5')).toEqual(['import.note.method']);
    expect(notes('hostssl shop web 10.0.0.0/8 md5', { conf: 'password_encryption = md5' })).toEqual([]);
    expect(notes('hostssl shop web 10.0.0.0/8 password')).toEqual(['import.note.method']);
  });

  test('LDAP over TLS stays over TLS on every major, also where pg_hba_file_rules hides it', () => {
    const hba = 'hostssl shop web 10.0.0.0/8 ldap ldapserver=l.example.com ldapscheme=ldaps ldapbasedn="dc=x"';
    for (const major of [11, 12, 13, 14, 15, 18])
      expect(one(hba, { major }).plan.clients[0]?.auth).toMatchObject({ method: 'ldap', tls: 'ldaps', port: 636 });
    // An option that later versions reject does not hide it either.
    expect(one(`${hba} clientcert=0`, { major: 12 }).plan.clients[0]?.auth).toMatchObject({ tls: 'ldaps' });
  });

  test('an LDAP URL is imported by its effective values, and left out if it searches less than the subtree', () => {
    const rule = (url: string) => `hostssl shop web 10.0.0.0/8 ldap "ldapurl=${url}"`;
    const auth = { method: 'ldap', server: 'gc.example.com', tls: 'ldaps', port: 3269 };
    for (const major of [11, 14, 15, 18])
      expect(one(rule('ldaps://gc.example.com:3269/dc=x?cn?sub'), { major }).plan.clients[0]?.auth).toMatchObject(auth);
    for (const scope of ['', '?base', '?one'])
      expect(one(rule(`ldap://gc.example.com/dc=x?cn${scope}`)).left.map(({ reason }) => reason.id)).toEqual([
        'import.record.option',
      ]);
  });

  test.each([
    ['hostssl shop web 10.0.0.0/8 cert map=m', 'import.record.option'],
    ['hostssl shop web 10.0.0.0/8 cert clientname=DN', 'import.record.option'],
    ['hostssl shop web 10.0.0.0/8 ldap ldapserver=l ldapbasedn=x ldapbindpasswd=s3cret', 'import.record.option'],
    ['hostnossl shop web 10.0.0.0/8 scram-sha-256', 'import.record.kind'],
    ['hostssl samerole web 10.0.0.0/8 scram-sha-256', 'import.record.databases'],
    ['hostssl shop /^web 10.0.0.0/8 scram-sha-256', 'import.record.users'],
    ['hostssl shop web 10.0.0.0 255.0.255.0 scram-sha-256', 'import.record.address'],
    ['hostssl shop web ::ffff:10.0.0.0/104 scram-sha-256', 'import.record.mapped'],
    ['hostssl shop web 127.0.0.1/32 trust', 'import.record.loopbackMethod'],
    ['hostssl template1 web 10.0.0.0/8 scram-sha-256', 'import.note.namesLeft'],
    ['hostssl shop pg_x 10.0.0.0/8 scram-sha-256', 'import.note.namesLeft'],
    ['local all all md5', 'import.record.socketEverybody'],
    ['local shop web trust', 'import.record.socketMethod'],
  ])('%s is left out', (hba, id) => {
    expect(one(hba).left.map(({ reason }) => reason.id)).toEqual([id]);
    expect(one(hba).plan.clients).toEqual([]);
  });

  test('no secret of the files is in the plan', () => {
    const hba = 'hostssl shop web 10.0.0.0/8 ldap ldapserver=l ldapbasedn=x ldapbindpasswd=s3cret';
    expect(JSON.stringify(one(hba).plan)).not.toContain('s3cret');
  });

  test('a bind DN is imported without its password, which is not a difference', () => {
    const hba =
      'hostssl shop web 10.0.0.0/8 ldap ldapserver=l ldapport=389 ldapbasedn=x ldapbinddn="cn=reader" ldapbindpasswd=s3cret ldapsearchattribute=uid';
    const found = one(hba, { conf: 'ssl = on' });
    expect(found.plan.clients[0]?.auth).toMatchObject({ bind: { kind: 'search', bindDn: 'cn=reader' } });
    expect(notes(hba)).toEqual(['import.note.ldapPassword']);
    expect(found.left).toEqual([]);
    expect(JSON.stringify([found.plan, found.differences, found.records])).not.toContain('s3cret');
    expect(found.differences.filter(({ users }) => users.includes('web'))).toEqual([]);
  });

  test('while TLS is off a hostssl record allows nobody, and the difference says that the plan opens it', () => {
    const hba = 'hostssl shop web 10.0.0.0/8 scram-sha-256';
    const kinds = (conf: string) => one(hba, { conf }).differences.map(({ kind, users }) => `${kind} ${users}`);
    expect(kinds('ssl = off')).toContain('opened web');
    expect(kinds('ssl = on')).not.toContain('opened web');
  });

  test('more networks than a client may have are split into another client', () => {
    const networks = Array.from({ length: 600 }, (_, index) => `10.${index >> 8}.${index & 255}.0/24`);
    const { plan, left } = one(networks.map((network) => `hostssl shop web ${network} cert`).join('\n'));
    expect(plan.clients.map(({ name, sources }) => `${name}: ${sources.length}`)).toEqual(['web: 500', 'web 2: 100']);
    expect(left).toEqual([]);
  });

  test('included files are read, and their lines are listed', () => {
    const files = {
      'more/clients.conf': 'hostssl shop web 10.0.0.0/8 scram-sha-256\nhost all all all trust\n',
      'x.conf': 'port = 7',
    };
    const { carried, left } = ids({
      hba: 'include more/clients.conf',
      conf: "include 'x.conf'\ninclude 'y.conf'",
      major: 16,
      files,
    });
    expect(carried).toEqual(['more/clients.conf:1 clients.0', 'x.conf:1 server.port']);
    expect(left).toEqual(['more/clients.conf:2 import.record.method', 'postgresql.conf:2 import.setting.problem']);
  });

  test('the superuser with a password on the server, to some databases, is a client, because a local service cannot be the superuser', () => {
    const { plan, left, differences } = one('local all postgres peer\nhost shop web,postgres 127.0.0.1/32 md5\n');
    expect(left).toEqual([]);
    expect(plan.clients).toMatchObject([{ via: 'socket', roles: ['postgres'], databases: ['shop'] }]);
    expect(plan.administration.services).toMatchObject([{ role: 'web', databases: ['shop'] }]);
    expect(differences.filter(({ kind }) => kind === 'closed')).toEqual([]);
  });

  test('the map of the superuser comes from pg_ident.conf', () => {
    const { plan, carried } = one('local all admin peer map=m', { ident: '# x\nm root admin\nm other web' });
    expect(plan.server).toMatchObject({ superuser: 'admin', osUser: 'root' });
    expect(carried.map(({ file, line }) => `${file}:${line}`)).toContain('pg_ident.conf:2');
  });

  describe('OAuth', () => {
    const hba =
      'hostssl shop web,etl 10.0.0.0/8 oauth issuer=https://login.acme.test scope=openid map=m validator.audience=x';
    const input = { hba, conf: "oauth_validator_libraries = 'v'", major: 19 };

    test.each([
      ['m maria web\nm maria etl\nm oscar web\nm oscar etl\nother all web\n', ['maria', 'oscar']],
      ['m maria web\n', undefined],
      ['m maria "/^web$"\nm maria /^etl$\nm oscar web\nm oscar etl\n', ['maria', 'oscar']],
      ['m maria "/^web"\nm maria etl\n', undefined],
      ['m /^(.*)$ \\1\nm maria web\nm maria etl\n', undefined],
      ['m maria +web\nm maria etl\n', undefined],
      ['', undefined],
    ])('the users of a map in %j', (ident, identities) => {
      const { plan, carried, left, differences } = importFiles({ ...input, ident });
      if (identities) {
        expect(plan.clients[0]?.auth).toMatchObject({
          validator: 'v',
          options: ['audience=x'],
          mapping: { kind: 'map', identities },
        });
        expect(differences.filter(({ kind }) => kind === 'method')).toEqual([]);
        expect(carried.filter(({ file }) => file === 'pg_ident.conf')).toHaveLength(4);
      } else {
        expect(plan.clients).toEqual([]);
        expect(left.map(({ reason }) => reason.id)).toContain('import.record.map');
      }
    });

    test('a rule whose library the server does not permit is left with the reason of the server', () =>
      expect(importFiles({ ...input, conf: '' }).left.map(({ reason }) => reason.id)).toContain(
        'import.record.refused',
      ));
  });
});

describe('with any input', () => {
  const hbas = corpus('hba');
  const confs = corpus('conf');

  test.skipIf(hbas.length === 0)(
    'real files become plans, with every line accounted for (the corpus is outside the repository)',
    () => {
      let carried = 0;
      let left = 0;
      for (const major of [11, 16, 18])
        for (const [index, { text: hba }] of hbas.entries()) {
          const found = accounted({ hba, conf: confs[index % Math.max(1, confs.length)]?.text ?? '', major });
          carried += found.carried.filter(({ file }) => file === 'pg_hba.conf').length;
          left += found.left.filter(({ file }) => file === 'pg_hba.conf').length;
        }
      console.log(`records of ${hbas.length} real files on 3 majors: ${carried} carried, ${left} left`);
      expect(carried).toBeGreaterThan(left / 2);
    },
  );

  test.skipIf(confs.length === 0)('real settings are accounted for (the corpus is outside the repository)', () => {
    for (const { text } of confs) for (const major of [11, 18]) accounted({ hba: '', conf: text, major });
  });

  test('files with any records become plans, with every record accounted for', () => {
    const shape = { records: 8, lookups: true, expressions: true };
    fc.assert(
      fc.property(hbaText(shape), fc.constantFrom('', 'ssl = off'), (hba, conf) => {
        accounted({ hba, conf, major: 18 });
      }),
      { numRuns: 200 },
    );
  });

  test('any text becomes a plan, and importing never throws', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constantFrom('\0\0\n\0', '"', '\\\n'.repeat(50)),
    );
    fc.assert(
      fc.property(text, text, text, fc.constantFrom(11, 14, 18, 40), (hba, conf, ident, major) => {
        expect(parsePlan(importFiles({ hba, conf, ident, major }).plan)).toMatchObject({ ok: true });
      }),
      { numRuns: 200 },
    );
  });
});

test('a Debian cluster is recognized by its directories, and the plan has its unit and its paths', () => {
  const conf = `port = 6432
data_directory = '/var/lib/postgresql/15/analytics'
hba_file = '/etc/postgresql/15/analytics/pg_hba.conf'
`;
  const { plan, left } = accounted({ major: 15, hba: 'local all all peer\n', conf });
  expect(plan.server).toMatchObject({
    platform: 'debian',
    cluster: 'analytics',
    port: 6432,
    dataDirectory: null,
    configDirectory: null,
  });
  expect(left).toEqual([]);
  const commands = generate(plan)
    .files.filter(isGuide)
    .map(({ content }) => content)
    .join('\n');
  expect(commands).toContain('systemctl restart postgresql@15-analytics');
  expect(commands).not.toContain('15-main');
});
