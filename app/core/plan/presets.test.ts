import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type Bundle, type Connection, decide, generate, type Plan, parseHba, parsePlan } from '../index.ts';
import { deriveAccess } from '../model/derive.ts';
import type { AccessModel } from '../model/model.ts';
import { prefixText } from '../net/prefix.ts';

interface Preset {
  readonly id: string;
  readonly summary: string;
}

const read = (name: string): unknown => JSON.parse(readFileSync(`public/presets/${name}.json`, 'utf8'));
const list = read('index') as readonly Preset[];

/** What a preset generates, and what its pg_hba.conf decides. */
class Opened {
  readonly plan: Plan;
  readonly model: AccessModel;
  readonly paths: readonly string[];
  readonly #files: Bundle['files'];

  constructor(id: string) {
    const parsed = parsePlan(read(id));
    if (!parsed.ok) throw new Error(`${id}: ${JSON.stringify(parsed.issues)}`);
    this.plan = parsed.value;
    this.model = deriveAccess(this.plan);
    this.#files = generate(this.plan).files;
    this.paths = this.#files.map(({ path }) => path);
  }

  content(path: string): string {
    return this.#files.find((file) => file.path === path)?.content ?? '';
  }

  /** The method that a TLS connection must use, with its options; `-` if it is rejected. */
  method(address: string, user: string, database: string, more: Partial<Connection> = {}, machine = 'database-server') {
    const hba = parseHba(this.content(`${machine}/pg_hba.conf`), { major: this.plan.server.major });
    const decided = decide(hba, {
      transport: 'tcp',
      encryption: 'tls',
      address,
      database,
      user,
      roles: [user],
      replication: false,
      ...more,
    });
    if (decided.outcome === 'no-entry' || decided.method === 'reject') return '-';
    return [decided.method, ...decided.options].join(' ');
  }

  get listens(): readonly string[] {
    return this.model.listen.map(({ address }) => address);
  }
}

const STRANGER = '203.0.113.99';
const scram = 'scram-sha-256';

/** Each summary, verbatim, and a test of every statement in it. */
const statements: Readonly<Record<string, readonly [summary: string, check: (opened: Opened) => void]>> = {
  'direct-allowlist': [
    'One server with a public address; an office and a build service can connect, and everyone else is rejected.',
    (made) => {
      expect(made.listens).toContain('203.0.113.10');
      expect(made.method('198.51.100.1', 'app', 'orders')).toBe(scram);
      expect(made.method('192.0.2.44', 'ci', 'orders_test')).toBe(scram);
      for (const [user, database] of [
        ['app', 'orders'],
        ['ci', 'orders_test'],
      ] as const)
        expect(made.method(STRANGER, user, database)).toBe('-');
    },
  ],
  'wireguard-team': [
    'The tunnel ends on the database server; each person has a key, and PostgreSQL listens only there and on localhost.',
    ({ plan: { network }, listens }) => {
      if (network.pattern !== 'vpn') throw new Error('a tunnel was asked for');
      expect(network.gateway.placement).toBe('server');
      expect(network.peers.map(({ name }) => name)).toEqual(['alice', 'bob', 'carol']);
      expect(listens).toEqual(['localhost', '10.8.0.1', 'fd00:8::1']);
    },
  ],
  'two-sites': [
    'A gateway joins a branch office to the network of the server; the branch reaches the database and nothing else.',
    ({ model, plan: { network } }) => {
      if (network.pattern !== 'vpn') throw new Error('a tunnel was asked for');
      expect(network.gateway.placement).toBe('separate');
      const branch = model.flows.filter(({ from }) =>
        from.some(({ bits, family }) => family === 4 && bits >> 16n === 0x0a14n),
      );
      expect(branch.length).toBeGreaterThan(0);
      expect(branch.map(({ service }) => service).filter((service) => service !== 'postgresql')).toEqual([]);
    },
  ],
  'private-web-replica': [
    "Web servers in one subnet use the primary; a read replica runs in the primary's subnet.",
    (made) => {
      expect(made.method('10.0.1.5', 'web', 'shop')).toBe(scram);
      expect(made.method('10.0.3.5', 'web', 'shop')).toBe('-');
      expect(made.model.replicas.map(({ name }) => name)).toEqual(['replica.example.com']);
    },
  ],
  'bastion-staff': [
    'People forward one port through an SSH bastion; PostgreSQL is reachable only from the bastion.',
    (made) => {
      expect(made.method('10.0.2.5', 'support', 'tickets')).toBe(scram);
      for (const address of ['198.51.100.1', '10.0.2.6', STRANGER])
        expect(made.method(address, 'support', 'tickets')).toBe('-');
      const reaching = made.model.flows.filter(({ service, to }) => service === 'postgresql' && to === 'server');
      expect(new Set(reaching.flatMap(({ from }) => from.map(prefixText)))).toEqual(
        new Set(['10.0.2.5/32', 'fd00:0:0:2::5/128']),
      );
    },
  ],
  'payroll-mutual-tls': [
    'Payroll logs in with a certificate and a password, the auditor with a certificate; TLS 1.3 only, for exactly two hosts.',
    (made) => {
      expect(made.method('10.0.1.21', 'payroll', 'payroll')).toBe(`${scram} clientcert=verify-full`);
      expect(made.method('10.0.1.22', 'auditor', 'payroll')).toMatch(/^cert/);
      expect(made.method('10.0.1.23', 'payroll', 'payroll')).toBe('-');
      expect(made.method('10.0.1.21', 'payroll', 'payroll', { encryption: 'none' })).toBe('-');
      expect(made.content('database-server/conf.d/postern.conf')).toContain("ssl_min_protocol_version = 'TLSv1.3'");
    },
  ],
  'docker-host': [
    'The official image, published on two addresses and on the loopback interface only, with rules in DOCKER-USER, where Docker honors them.',
    (made) => {
      const published = made.content('database-server/compose.postern.yaml').match(/^ +- .*(?=:5432:5432)/gm) ?? [];
      expect(published.map((line) => line.replace(/^ +- ["']?/, ''))).toEqual([
        '127.0.0.1',
        '[::1]',
        '203.0.113.10',
        '[2001:db8:10::10]',
      ]);
      expect(made.content('database-server/firewall/docker-user.sh')).toContain('DOCKER-USER');
    },
  ],
  'reporting-replica': [
    'Analysts read from the replica; the password of their role expires on a date, and the role has few connections.',
    (made) => {
      const [replica] = made.model.replicas;
      expect(made.method('10.0.3.5', 'reporting', 'warehouse', {}, `replicas/${replica?.slug}`)).toBe(scram);
      expect(made.method('10.0.3.5', 'reporting', 'warehouse')).toBe('-');
      expect(made.content('database-server/roles.sql')).toMatch(/VALID UNTIL '2030-12-31/);
      expect(made.content('database-server/roles.sql')).toContain('CONNECTION LIMIT 8');
    },
  ],
  'replication-pair': [
    'A standby streams from the primary over TLS, one role reads changes by logical replication, and the application connects to the primary.',
    (made) => {
      const physical = { replication: true };
      expect(made.method('10.0.2.20', 'replicator', '', physical)).toBe(scram);
      expect(made.method('10.0.2.20', 'replicator', '', { ...physical, encryption: 'none' })).toBe('-');
      expect(made.method('10.0.1.30', 'cdc', 'orders', { logical: true })).toBe(scram);
      expect(made.method('10.0.1.5', 'app', 'orders')).toBe(scram);
      expect(made.content('database-server/conf.d/postern.conf')).toContain("wal_level = 'logical'");
    },
  ],
  'office-vpn-internet': [
    'Three tiers on one server: the office network, the tunnel, and one partner on the internet with a certificate.',
    (made) => {
      expect(made.method('10.0.1.5', 'app', 'orders')).toBe(scram);
      expect(made.method('10.8.0.2', 'staff', 'orders')).toBe(scram);
      expect(made.method('192.0.2.80', 'partner', 'exchange')).toBe(`${scram} clientcert=verify-full`);
      expect(made.method(STRANGER, 'partner', 'exchange')).toBe('-');
    },
  ],
  'windows-office': [
    'PostgreSQL as a Windows service, reached from the office network.',
    (made) => {
      expect(made.plan.server.platform).toBe('windows');
      expect(made.method('10.0.1.5', 'clerk', 'erp')).toBe(scram);
      expect(made.method('10.0.9.5', 'clerk', 'erp')).toBe('-');
    },
  ],
  'app-on-the-server': [
    'The application uses the socket and loopback; one person connects from outside for reports. Built from source.',
    (made) => {
      expect(made.plan.server.platform).toBe('source');
      const local = { transport: 'local', encryption: 'none' } as const;
      expect(made.method('', 'app', 'app', local)).toBe(scram);
      expect(made.method('127.0.0.1', 'app', 'app', { encryption: 'none' })).toBe(scram);
      expect(made.method('198.51.100.9', 'reports', 'app')).toBe(scram);
      expect(made.method('198.51.100.10', 'reports', 'app')).toBe('-');
    },
  ],
};

it('there is a test for the summary of each preset', () => {
  expect(list.map(({ id, summary }) => [id, summary])).toEqual(
    Object.entries(statements).map(([id, [summary]]) => [id, summary]),
  );
});

it.each(Object.entries(statements))('%s matches its summary', (id, [, check]) => check(new Opened(id)));
