import { chownSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compareAccess, defaultPlan, mergedRules, type Plan, parseHba } from '../../../app/core/index.ts';
import { inTurn } from '../../server/harness/amount.ts';
import { majors } from '../../server/harness/binaries.ts';
import { must, type Ran, run } from '../../server/harness/command.ts';
import { attempt } from '../../server/harness/connect.ts';
import { carry } from '../../server/harness/loopback.ts';
import { inNamespace } from '../../server/harness/namespace.ts';
import { own } from '../../server/harness/places.ts';
import { valid } from '../../server/harness/plans.ts';
import { differences, everything, unpackBundle } from './bundle.ts';
import { type AppliedServer, appliedServer } from './server.ts';

const bundle = `${own}/others-bundle`;
const script = `${bundle}/database-server/apply.sh`;

/** Existing rules as their authors left them: comments, blanks, and no newline at the end. */
const OTHERS = `# company file, do not edit without asking
local   all             postgres                                peer
local   all             all                                     peer
host    all             exporter        127.0.0.1/32            scram-sha-256
host    reports         +analysts       10.9.0.0/16             md5
host    legacy          legacy          10.9.7.7/32             scram-sha-256   # until 2027`;

const ROLES = [
  `set password_encryption = 'scram-sha-256'; create role analysts; create role idle nologin;
    create role anna login password 'anna' in role analysts; create role exporter login password 'exporter';
    create role legacy login password 'legacy';`,
  'create database reports',
  'create database legacy',
];

function planFor(
  major: number,
  changes: Partial<Plan['administration']> = {},
  rules: Plan['server']['rules'] = 'replace',
  kind: Plan['firewall']['kind'] = 'none',
): Plan {
  const start = defaultPlan('direct');
  return valid(
    {
      ...start,
      server: { ...start.server, major, rules },
      administration: { ...start.administration, ...changes },
      firewall: { ...start.firewall, kind },
      rollout: { confirmSeconds: 60 },
    },
    'a server that serves others',
  );
}

const WITH_CERTIFICATE = (major: number): string => (major < 12 ? 'clientcert=1' : 'clientcert=verify-full');

interface Login {
  readonly role: string;
  readonly database: string;
  readonly source: string;
  readonly target: string;
}

const LOGINS: readonly Login[] = [
  { role: 'exporter', database: 'postgres', source: '127.0.0.1', target: '127.0.0.1' },
  { role: 'anna', database: 'reports', source: '10.9.1.1', target: '203.0.113.10' },
  { role: 'legacy', database: 'legacy', source: '10.9.7.7', target: '203.0.113.10' },
  { role: 'legacy', database: 'legacy', source: '10.9.7.8', target: '203.0.113.10' },
  { role: 'anna', database: 'legacy', source: '10.9.1.1', target: '203.0.113.10' },
];

const servers = [...new Set([majors.at(-1), majors[0]])].filter((major) => major !== undefined);

describe.skipIf(!inNamespace).each(servers)('a server with existing rules, PostgreSQL %i', (major) => {
  /** Whether case number `at` of a list is tried on this one of the two majors. */
  const isTried = (at: number) => inTurn(at, servers.indexOf(major), servers.length);
  let server: AppliedServer;

  const apply = (...args: string[]): Promise<Ran> => run('bash', [script, ...args]);
  const putRules = (text: string) => {
    const path = `${server.config}/pg_hba.conf`;
    const { uid, gid } = statSync(server.data);
    writeFileSync(path, text, { mode: 0o640 });
    chownSync(path, uid, gid);
  };
  const rules = () => readFileSync(`${server.config}/pg_hba.conf`, 'utf8');
  /** Which of the logins of others work, by real connections. */
  const working = async (): Promise<boolean[]> => {
    const found: boolean[] = [];
    for (const { role, database, source, target } of LOGINS) {
      carry([source]);
      const outcome = await attempt({
        source,
        target,
        port: 5432,
        role,
        database,
        replication: 'none',
        tls: null,
        password: role,
      });
      found.push(outcome.kind === 'in');
    }
    return found;
  };

  beforeAll(async () => {
    server = await appliedServer(planFor(major));
    writeFileSync(
      `${server.config}/postgresql.conf`,
      `listen_addresses = '*'\n${readFileSync(`${server.config}/postgresql.conf`, 'utf8')}`,
    );
    putRules(OTHERS);
    await server.start();
    for (const statement of ROLES) await server.ask(statement);
  });
  beforeEach(() => {
    rmSync('/var/lib/postern', { recursive: true, force: true });
    putRules(OTHERS);
    return server.ask('select pg_reload_conf()');
  });
  afterAll(() => server.end());

  it('are not replaced before those who lose access are listed and confirmed', async () => {
    await unpackBundle(planFor(major), bundle);
    const before = everything();
    const refused = await apply();
    expect(refused.code, refused.stdout + refused.stderr).not.toBe(0);
    expect(differences(before, everything())).toEqual([]);
    expect(rules()).toBe(OTHERS);
    const said = refused.stdout;
    expect(said).toMatch(/ {2}exporter: host all exporter 127\.0\.0\.1 .*line 4\)/);
    expect(said).toMatch(/ {2}anna: host reports \+analysts 10\.9\.0\.0 .*line 5\)/);
    expect(said).toMatch(/ {2}legacy: host legacy legacy 10\.9\.7\.7 .*line 6\)/);
    expect(said).not.toMatch(/ {2}(idle|postgres|analysts):/);
    expect(said).not.toContain('line 2)');
    expect(refused.stderr).toContain('--replace-rules');
    const dry = await apply('--dry-run');
    expect(dry.code, dry.stdout + dry.stderr).toBe(0);
    expect(dry.stdout).toContain('  anna: host reports');

    const done = await apply('--replace-rules');
    expect(done.code, done.stdout + done.stderr).toBe(0);
    expect(await working()).toEqual(LOGINS.map(() => false));
    expect((await apply('--undo')).code).toBe(0);
    expect(rules()).toBe(OTHERS);
  });

  /** How rules are replaced and merged does not depend on the major. */
  const onNewest = isTried(0) ? it : undefined;

  onNewest?.(
    "are replaced without confirmation if the plan keeps everyone's access, and the plan replaces its own rules",
    async () => {
      putRules(`${OTHERS.split('\n').slice(0, 4).join('\n')}\n`);
      const services: Plan['administration']['services'] = [
        { name: 'exporter', kind: 'monitoring', role: 'exporter', databases: 'all', login: 'scram' },
      ];
      await unpackBundle(planFor(major, { services }), bundle);
      const done = await apply();
      expect(done.code, done.stdout + done.stderr).toBe(0);
      expect(await working()).toEqual([true, false, false, false, false]);
      expect((await apply('--confirm')).code).toBe(0);
      const more = planFor(major, { services });
      const [client] = more.clients;
      if (!client) throw new Error('the plan has a client');
      await unpackBundle(
        valid(
          { ...more, clients: [client, { ...client, name: 'office', sources: ['198.51.100.64/28'], roles: ['anna'] }] },
          'a client more',
        ),
        bundle,
      );
      const again = await apply();
      expect(again.code, again.stdout + again.stderr).toBe(0);
      expect((await apply('--undo')).code).toBe(0);
    },
  );

  onNewest?.("are kept if the plan merges its own, and nobody's access changes", async () => {
    const merging = planFor(major, {}, 'merge');
    await unpackBundle(merging, bundle);
    const before = await working();
    expect(before).toEqual([true, true, true, false, false]);
    const done = await apply();
    expect(done.code, done.stdout + done.stderr).toBe(0);
    expect(await working()).toEqual(before);
    expect((await apply('--confirm')).code).toBe(0);
    const merged = rules();
    expect(merged.startsWith(`${OTHERS}\n# BEGIN Postern\n`)).toBe(true);
    expect(merged.endsWith('# END Postern\n')).toBe(true);
    // The page shows the same file before.
    expect(merged).toBe(mergedRules(OTHERS, readFileSync(`${bundle}/database-server/pg_hba.conf`, 'utf8')));
    // What differs is what the plan opens, and it opens it for its own client alone.
    const changes = compareAccess(parseHba(OTHERS, { major }), parseHba(merged, { major }));
    expect(changes.length).toBeGreaterThan(0);
    for (const change of changes)
      expect(change).toMatchObject({
        kind: 'opened',
        witness: { user: 'app', database: 'app', encryption: 'tls' },
      });
    const again = await apply();
    expect(again.stdout).toContain('The files are in place already.');

    // Somebody adds a rule below the block, and the plan changes: the rule keeps its meaning, and the block is one.
    putRules(`${merged}host reports idle 10.9.0.0/16 scram-sha-256\n`);
    const [client] = merging.clients;
    if (!client) throw new Error('the plan has a client');
    const wider = { ...client, name: 'office', roles: ['office'], sources: ['198.51.100.64/28'] };
    await unpackBundle(valid({ ...merging, clients: [client, wider] }, 'a client more'), bundle);
    const changed = await apply();
    expect(changed.code, changed.stdout + changed.stderr).toBe(0);
    expect(rules().startsWith(`${OTHERS}\nhost reports idle 10.9.0.0/16 scram-sha-256\n# BEGIN Postern\n`)).toBe(true);
    expect(rules().match(/BEGIN Postern/g)).toHaveLength(1);
    expect(await working()).toEqual(before);
    expect((await apply('--undo')).code).toBe(0);
    expect(rules()).toBe(`${merged}host reports idle 10.9.0.0/16 scram-sha-256\n`);
  });

  onNewest?.(
    'are not cut off by the firewall of the plan before those it blocks are listed and confirmed',
    async () => {
      await unpackBundle(planFor(major, {}, 'merge', 'nftables'), bundle);
      putRules(`${OTHERS}\nhost reports anna 198.51.100.4/32 scram-sha-256\nhost legacy idle samehost md5\n`);
      const text = rules();
      const before = everything();
      const refused = await apply();
      expect(refused.code, refused.stdout + refused.stderr).not.toBe(0);
      expect(differences(before, everything())).toEqual([]);
      expect(refused.stdout).toMatch(/ {2}host reports \+analysts 10\.9\.0\.0 .*line 5\)/);
      expect(refused.stdout).toMatch(/ {2}host legacy legacy 10\.9\.7\.7 .*line 6\)/);
      // Local connections, and an address of a client of the plan.
      expect(refused.stdout).not.toMatch(/line [23478]\)/);
      expect(refused.stderr).toContain('--block-others');
      expect((await apply('--dry-run')).code).toBe(0);
      const done = await apply('--block-others');
      expect(done.code, done.stdout + done.stderr).toBe(0);
      expect((await apply('--undo')).code).toBe(0);
      expect(rules()).toBe(text);
    },
  );

  it('that require certificates of another CA stop a plan that would replace ssl_ca_file', async () => {
    const authority = `${server.config}/company-ca.crt`;
    must('openssl', [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '9', '-subj', '/CN=company'],
      ...['-keyout', `${own}/company-ca.key`, '-out', authority],
    ]);
    // What an earlier test has left of its plan already names the CA of the plan.
    rmSync(`${server.config}/conf.d/postern.conf`, { force: true });
    const conf = `${server.config}/postgresql.conf`;
    const settings = readFileSync(conf, 'utf8');
    // Before the line that includes conf.d: settings below it would override the plan.
    writeFileSync(conf, `ssl_ca_file = '${authority}'\n${settings}`);
    await server.ask('select pg_reload_conf()');
    await unpackBundle(planFor(major, {}, 'merge'), bundle);
    const accepted = await apply('--dry-run');
    expect(accepted.code, accepted.stdout + accepted.stderr).toBe(0);
    for (const rule of [
      'hostssl legacy legacy 10.9.7.9/32 cert',
      `hostssl legacy legacy 10.9.7.9/32 md5 ${WITH_CERTIFICATE(major)}`,
    ]) {
      putRules(`${OTHERS}\n${rule}\n`);
      const before = everything();
      const refused = await apply();
      expect(refused.code, rule).not.toBe(0);
      expect(refused.stderr).toContain(`require client certificates of the CAs in ${authority} (ssl_ca_file)`);
      expect(differences(before, everything())).toEqual([]);
    }
    writeFileSync(conf, settings);
    rmSync(authority);
    putRules(OTHERS);
    await server.ask('select pg_reload_conf()');
  });

  const rulesBefore: readonly (readonly [line: string, met: boolean])[] = [
    ['host all all 0.0.0.0/0 md5', true],
    ['hostssl app +analysts 198.51.100.0/24 cert', false],
    ['host all app samenet reject', true],
    ['hostnossl app app 198.51.100.4/32 scram-sha-256', false],
    ['hostssl all all 198.51.100.0/24 scram-sha-256', false],
    ['hostssl sameuser app 198.51.100.4/32 cert', true],
    ['host replication all 0.0.0.0/0 md5', false],
  ];
  it.each(rulesBefore.filter((_, at) => isTried(at)))(
    'a rule that matches a client of the plan first is named: %s',
    async (line, met) => {
      putRules(`${OTHERS}\n${line}\n`);
      const text = rules();
      await unpackBundle(planFor(major, {}, 'merge'), bundle);
      const tried = await apply('--dry-run');
      expect(tried.code === 0, tried.stdout + tried.stderr).toBe(!met);
      if (met) expect(tried.stderr).toMatch(/line 7\) before hostssl app app 198\.51\.100\.0/);
      expect(rules()).toBe(text);
    },
  );
});
