import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generate } from '../../bundle/generate.ts';
import { decide } from '../../hba-analysis/decide.ts';
import type { AskedConnection } from '../../link/screen.ts';
import { deriveAccess } from '../../model/derive.ts';
import { layersOf } from '../../model/layers.ts';
import { addressText } from '../../net/prefix.ts';
import { defaultClient, defaultPlan } from '../../plan/defaults.ts';
import { bindPasswordFiles } from '../../plan/directory-bind.ts';
import type { Plan } from '../../plan/schema.ts';
import { parseConf } from '../../postgres/conf/conf.ts';
import { permittedValidators } from '../../postgres/conf/facts.ts';
import { parseHba } from '../../postgres/hba/hba.ts';
import { hbaText } from '../../testing/hba-arbitrary.ts';
import { planArbitrary } from '../../testing/plan-arbitrary.ts';
import { readAsked } from './asked.ts';
import { planExamples, recordExamples } from './examples.ts';
import { follow } from './path.ts';

const start: AskedConnection = {
  transport: 'tcp',
  encryption: 'tls',
  address: '10.8.0.7',
  hostname: '',
  database: 'orders',
  user: 'app',
  roles: [],
  replication: false,
};
const ask = (more: Partial<AskedConnection>): AskedConnection => ({ ...start, ...more });

interface Given {
  readonly hba: string;
  readonly conf?: string;
  readonly plan?: Plan;
  readonly major?: number;
  readonly included?: Readonly<Record<string, string>>;
}

function pathOf(asked: Partial<AskedConnection>, { hba, conf, plan, major = 18, included = {} }: Given) {
  const read = readAsked(ask(asked), major);
  if (!read.ok) throw new Error(JSON.stringify(read));
  const settings = conf === undefined ? undefined : parseConf(conf, { major, files: included });
  const oauthValidatorLibraries = settings ? permittedValidators(settings) : '';
  return follow(
    read.value.connection,
    {
      hba: parseHba(hba, { major, files: included, oauthValidatorLibraries }),
      files: included,
      ...(settings ? { conf: settings } : {}),
      ...(plan ? { model: deriveAccess(plan) } : {}),
    },
    { to: read.value.to, clientMajor: asked.psql ?? major },
  );
}
type Followed = ReturnType<typeof pathOf>;
const hop = (path: Followed, kind: string) => path.hops.find((one) => one.kind === kind);
const verdicts = (path: Followed) => path.hops.map(({ kind, verdict }) => `${kind} ${verdict}`);

const open = 'hostssl orders app 10.8.0.0/16 scram-sha-256\n';
const hba = `local all all peer\nhost all all 127.0.0.1/32 scram-sha-256\n${open}`;

describe('the path of a connection to given files', () => {
  test('passes where it is allowed, and lists what the files do not contain', () => {
    const path = pathOf({}, { hba, conf: "listen_addresses = '*'\nssl = on\n" });
    expect(verdicts(path)).toEqual([
      'address passes',
      'firewall unknown',
      'socket passes',
      'tls passes',
      'record passes',
      'method depends',
      'role depends',
      'database depends',
    ]);
    expect(path.stopped).toBeUndefined();
    expect(path.record).toBe(open.trim());
    expect(hop(path, 'record')?.at).toEqual({ file: 'pg_hba.conf', line: 3 });
    expect(hop(path, 'tls')?.at).toEqual({ file: 'postgresql.conf', line: 2 });
    expect(path.passed.map(({ line, field, record }) => [line, field, record])).toEqual([
      [1, 'type', 'local all all peer'],
      [2, 'address', 'host all all 127.0.0.1/32 scram-sha-256'],
    ]);
    expect(path.passed[1]?.reason).toBe('127.0.0.1/32 does not contain 10.8.0.7.');
  });

  test.each([
    ["listen_addresses = ''", {}, 'stops', 'is empty'],
    ["listen_addresses = 'localhost'", {}, 'stops', 'no other host can reach'],
    ['', {}, 'stops', 'is not set'],
    ["listen_addresses = 'localhost'", { address: '127.0.0.1' }, 'passes', '127.0.0.1'],
    ["listen_addresses = '10.0.0.5'", { address: '127.0.0.1' }, 'stops', 'not on 127.0.0.1'],
    ["listen_addresses = 'localhost, 10.0.0.5'", { to: '10.0.0.5' }, 'passes', '10.0.0.5, port 5432'],
    ["listen_addresses = 'localhost, 10.0.0.5'", { to: '10.0.0.6' }, 'stops', 'not on 10.0.0.6'],
    ["listen_addresses = 'localhost, 10.0.0.5'", {}, 'depends', 'which address'],
    ["listen_addresses = 'db.example.com'", { to: '10.0.0.6' }, 'depends', 'which address'],
    ["listen_addresses = '0.0.0.0'\nport = 6000", {}, 'passes', 'every IPv4 address, port 6000'],
    ["listen_addresses = '0.0.0.0'", { address: '2001:db8::7' }, 'stops', 'over IPv6'],
    ["listen_addresses = '::'", {}, 'stops', 'over IPv4'],
    ["listen_addresses = '::'", { address: '2001:db8::7', to: '2001:db8::5' }, 'passes', 'IPv6'],
    ["include 'other.conf'", {}, 'unknown', 'includes'],
  ] as const)('%s and %o: the socket %s', (conf, asked, verdict, words) => {
    const found = hop(pathOf(asked, { hba, conf }), 'socket');
    expect(found?.verdict).toBe(verdict);
    expect(found?.says.map(({ text }) => text).join(' ')).toContain(words);
  });

  test('without postgresql.conf neither socket nor TLS is known, and the psql output lists its assumptions', () => {
    const path = pathOf({}, { hba });
    expect(hop(path, 'socket')?.verdict).toBe('unknown');
    expect(hop(path, 'tls')?.verdict).toBe('unknown');
    expect(path.assumes.map(({ id }) => id)).toEqual([
      'path.assumes.host',
      'path.assumes.filter',
      'path.assumes.socket',
      'path.assumes.ssl',
    ]);
  });

  test('ssl = off stops TLS before any record, and psql reports it', () => {
    const path = pathOf({}, { hba, conf: "listen_addresses = '*'\nssl = off\n" });
    expect(path.stopped).toBe('tls');
    expect(path.psql.find(({ sslmode }) => sslmode === 'require')?.lines.join()).toContain(
      'server does not support SSL',
    );
  });

  test('a missing record stops it with the message of the major', () => {
    const path = pathOf({ user: 'bob' }, { hba, conf: "listen_addresses = '*'\nssl = on\n", major: 13 });
    expect(path.stopped).toBe('record');
    expect(hop(path, 'record')?.says[0]?.text).toContain(
      'None of the 3 rules matches: no pg_hba.conf entry for host "10.8.0.7", user "bob", database "orders", SSL on',
    );
  });

  test('a reject stops it at the method', () => {
    const path = pathOf({}, { hba: 'host all all all reject' });
    expect(path.stopped).toBe('method');
    expect(path.hops.find(({ kind }) => kind === 'method')?.says[0]?.text).toContain('pg_hba.conf rejects connection');
  });

  test('trust allows it, unless a client certificate is required', () => {
    expect(hop(pathOf({}, { hba: 'host all all all trust' }), 'method')?.verdict).toBe('passes');
    expect(hop(pathOf({}, { hba: 'hostssl all all all trust clientcert=verify-full' }), 'method')?.verdict).toBe(
      'depends',
    );
  });

  test('the socket has no address, no filter and no TLS', () => {
    const path = pathOf({ transport: 'local' }, { hba, conf: "unix_socket_directories = '/tmp, /run'" });
    expect(path.hops.map(({ kind }) => kind)).toEqual(['address', 'socket', 'record', 'method', 'role', 'database']);
    expect(hop(path, 'socket')?.says[0]?.text).toContain('/tmp');
    expect(pathOf({ transport: 'local' }, { hba, conf: "unix_socket_directories = ''" }).stopped).toBe('socket');
  });

  test('an included record is shown with its file', () => {
    const path = pathOf({}, { hba: 'include more.conf\n', included: { 'more.conf': `# more\n${open}` } });
    expect(path.record).toBe(open.trim());
    expect(hop(path, 'record')?.at).toEqual({ file: 'more.conf', line: 2 });
  });

  test('lines that the server rejects are reported', () => {
    expect(pathOf({}, { hba: `host all all 10.0.0.1 md5\n${open}` }).refused).toEqual([
      { line: 1, error: expect.stringContaining('invalid IP mask') },
    ]);
  });

  test('physical replication requests no database', () => {
    const path = pathOf({ replication: true, user: 'backup' }, { hba: 'hostssl replication backup all scram-sha-256' });
    expect(path.hops.map(({ kind }) => kind)).not.toContain('database');
    expect(hop(path, 'role')?.says[0]?.text).toContain('REPLICATION');
  });

  test('names with quotes are quoted in the query', () => {
    const path = pathOf({ user: "o'hara" }, { hba: 'host all all all trust' });
    expect(hop(path, 'role')?.query).toContain("rolname = 'o''hara'");
  });

  test('the outcome is that of decide, for any file', () => {
    fc.assert(
      fc.property(
        hbaText({ records: 8, lookups: false, expressions: false }),
        fc.constantFrom('10.1.2.3', '2001:db8::9'),
        (text, address) => {
          const path = pathOf({ address, user: 'alice', database: 'shop' }, { hba: text });
          const { skipped, ...outcome } = decide(parseHba(text, { major: 18 }), path.connection);
          expect(path.outcome).toEqual(outcome);
          expect(path.passedCount).toBe(skipped.length);
          const refused = outcome.message !== undefined;
          expect(path.stopped === 'record' || path.stopped === 'method').toBe(refused);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('what psql prints outside the server', () => {
  const conf = "listen_addresses = 'localhost'\nport = 6000\n";
  test('nothing listens: the output of psql 15, for every sslmode', () => {
    const path = pathOf({ to: 'db.example.com', psql: 15 }, { hba, conf });
    expect(path.stopped).toBe('socket');
    expect(path.psql).toHaveLength(6);
    expect(path.psql[0]?.lines).toEqual([
      'psql: error: connection to server at "db.example.com", port 6000 failed: Connection refused',
      '\tIs the server running on that host and accepting TCP/IP connections?',
    ]);
  });
  test('psql 13 words it differently', () =>
    expect(pathOf({ to: '10.0.0.5', psql: 13 }, { hba, conf }).psql[5]?.lines).toEqual([
      'psql: error: could not connect to server: Connection refused',
      '\tIs the server running on host "10.0.0.5" and accepting',
      '\tTCP/IP connections on port 6000?',
    ]));
  test('no socket', () =>
    expect(
      pathOf({ transport: 'local', to: '/run/postgresql' }, { hba, conf: "unix_socket_directories = ''" }).psql[0]
        ?.lines,
    ).toEqual([
      'psql: error: connection to server on socket "/run/postgresql/.s.PGSQL.5432" failed: No such file or directory',
      '\tIs the server running locally and accepting connections on that socket?',
    ]));
});

const office: Plan = {
  ...defaultPlan('private'),
  clients: [
    {
      ...defaultClient('private'),
      name: 'office',
      sources: ['203.0.113.0/24'],
      roles: ['clerk'],
      databases: ['books'],
    },
  ],
};
const ofPlan = (plan: Plan): Given => {
  const { files } = generate(plan);
  const text = (path: string) => files.find((file) => file.path === `database-server/${path}`)?.content ?? '';
  return {
    hba: text('pg_hba.conf'),
    conf: text('conf.d/postern.conf'),
    plan,
    major: plan.server.major,
    included: bindPasswordFiles(plan),
  };
};

describe('the path of a connection to the files of a plan', () => {
  const clerk = { address: '203.0.113.9', user: 'clerk', database: 'books' };

  test('a client of the plan passes every layer, up to its password', () => {
    const path = pathOf(clerk, ofPlan(office));
    expect(path.stopped).toBeUndefined();
    expect(hop(path, 'address')?.says[0]?.text).toContain('office');
    expect(['firewall', 'role', 'database'].map((kind) => hop(path, kind)?.verdict)).toEqual([
      'passes',
      'passes',
      'passes',
    ]);
  });

  test('other clients are stopped by the firewall, and psql waits', () => {
    const path = pathOf({ ...clerk, address: '198.51.100.1' }, ofPlan(office));
    expect(path.stopped).toBe('firewall');
    expect(hop(path, 'firewall')?.path).toBe('firewall');
    expect(path.psql[0]?.lines[0]).toContain('Connection timed out');
  });

  test('the cloud stops it before the firewall', () => {
    const cloud: Plan['cloud'] = {
      provider: 'aws',
      format: 'cli',
      region: 'eu-central-1',
      vpc: 'vpc-01234567',
      groupName: 'db',
      rulesPerGroup: 60,
      sources: ['203.0.113.128/25'],
    };
    const path = pathOf(clerk, ofPlan({ ...office, cloud }));
    expect(path.stopped).toBe('cloud');
    expect(hop(path, 'firewall')?.verdict).toBe('passes');
  });

  test('without a filter every client reaches the records', () => {
    const path = pathOf(
      { ...clerk, address: '198.51.100.1' },
      ofPlan({ ...office, firewall: { ...office.firewall, kind: 'none' } }),
    );
    expect(hop(path, 'firewall')?.says[0]?.id).toBe('path.filter.none');
    expect(path.stopped).toBe('method');
    expect(path.outcome).toMatchObject({ method: 'reject' });
  });

  test('a database of the plan is closed to a role without a grant', () =>
    expect(hop(pathOf({ ...clerk, user: 'stranger' }, ofPlan(office)), 'database')?.verdict).toBe('stops'));

  test('each client of any plan, as offered, is stopped by nothing', () => {
    fc.assert(
      fc.property(planArbitrary, (plan) => {
        const model = deriveAccess(plan);
        const given = ofPlan(plan);
        for (const { client, asked } of planExamples(model)) {
          const path = pathOf(asked, given);
          expect([client, path.stopped, path.outcome.outcome]).toEqual([client, undefined, 'record']);
        }
      }),
      { numRuns: 25 },
    );
  });

  test('the filters agree with the layers of any plan', () => {
    fc.assert(
      fc.property(planArbitrary, (plan) => {
        const model = deriveAccess(plan);
        for (const { host, to, needs } of layersOf(model).ways) {
          const [range] = needs;
          if (host !== 'server' || !range) continue;
          const address = addressText({ family: to.family, bits: range.last, length: to.family === 4 ? 32 : 128 });
          const path = pathOf({ address, to: addressText(to), user: 'x', database: 'y' }, ofPlan(plan));
          expect(hop(path, 'firewall')?.verdict).toBe('passes');
        }
      }),
      { numRuns: 12 },
    );
  });
});

describe('connections to pick from a file', () => {
  test('a reachable record has an example that it matches, and others say why not', () => {
    const text = 'host all all 10.0.0.0/8 md5\nhost all all 10.1.0.0/16 trust\nhostssl a b all cert\n';
    const ground = { hba: parseHba(text, { major: 18 }), files: {} };
    const found = recordExamples(ground);
    expect(found.map(({ line, asked, reason }) => [line, asked !== undefined, reason?.text])).toEqual([
      [1, true, undefined],
      [2, false, expect.stringContaining('line 1')],
      [3, true, undefined],
    ]);
    for (const { line, asked } of found) {
      if (!asked) continue;
      const read = readAsked(asked, 18);
      expect(read.ok && decide(ground.hba, read.value.connection)).toMatchObject({ line });
    }
  });
});

describe('the input', () => {
  const problems = (more: Partial<AskedConnection>, major = 18) => {
    const read = readAsked(ask(more), major);
    return read.ok ? [] : read.issues.map(({ field, message, fix }) => (message ? [field, fix] : field));
  };
  test.each([
    [{ address: '10.8.0.0/16' }, [['address', '10.8.0.1']]],
    [{ address: '10.8.0.9/16' }, [['address', '10.8.0.9']]],
    [{ address: '2001:db8::/64' }, [['address', '2001:db8::1']]],
    [{ address: '010.8.0.7' }, [['address', '8.8.0.7']]],
    [{ address: 'db.example.com' }, [['address', undefined]]],
    [{ address: '300.1.2.3' }, [['address', undefined]]],
    [{ address: '' }, ['address']],
    [{ user: '' }, ['user']],
    [{ hostname: 'a b' }, [['hostname', undefined]]],
    [{ to: '10.0.0.0/8' }, [['to', undefined]]],
    [{ to: '2001:db8::1' }, [['to', undefined]]],
    [{ to: '127.0.0.1' }, [['to', undefined]]],
    [{ user: 'x'.repeat(64) }, [['user', 'x'.repeat(63)]]],
    [{ database: 'ü'.repeat(32) }, [['database', 'ü'.repeat(31)]]],
    [{ user: 'a\0b' }, [['user', undefined]]],
    [{ address: 'fe80::1%eth0' }, []],
    [{ transport: 'local', address: 'nonsense' }, []],
  ] as const)('%o', (more, expected) => expect(problems(more)).toEqual(expected));

  test('GSSAPI encryption came with 12', () => {
    expect(problems({ encryption: 'gss' }, 11)).toEqual([['encryption', undefined]]);
    expect(problems({ encryption: 'gss' }, 12)).toEqual([]);
  });

  test('no database means the one named like the user', () => {
    const read = readAsked(ask({ database: '' }), 18);
    expect(read.ok && read.value.connection.database).toBe('app');
  });

  test('never throws, and valid input can be followed', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 40 }),
        fc.string({ maxLength: 80 }),
        fc.string({ maxLength: 40 }),
        (address, user, to) => {
          const asked = ask({ address, user, to });
          const read = readAsked(asked, 16);
          if (read.ok) expect(pathOf({ address, user, to }, { hba, major: 16 }).psql).toHaveLength(6);
          else expect(read.issues.length).toBeGreaterThan(0);
        },
      ),
    );
  });
});
