import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { deriveAccess } from '../access/derive.ts';
import { type Client, defaultClient, defaultPlan, type Pattern, type Plan, parsePlan } from '../index.ts';
import { generate } from './generate.ts';

/** Strings that strangers put into links: each would break out of some language if it were not quoted or refused. */
const hostile = [
  "'",
  '"',
  '$(touch /tmp/postern)',
  '\x24{IFS}',
  'a\\',
  ';touch /tmp/postern',
  '# comment',
  '-flag',
  '<!-- x -->',
  '%h%u',
  "'); DROP ROLE x; --",
  '$postern$; DROP ROLE x; $postern$',
  '\n',
  'a\nhost all all all trust',
  'a\r\nb',
  'a\0b',
  'a\u2028b',
  'a\u202eb',
  '\ud800',
  'x'.repeat(70_000),
  ']\n[broken-out]',
  '+all',
  '/.*',
];

const named = (via: Client['via'], changes: Partial<Client>): Client => ({
  ...defaultClient(via),
  sources: ['10.0.1.0/24'],
  ...changes,
});

const shared = { groupName: 'db', sources: ['10.0.0.0/8'] };
const cloudOf: Readonly<Record<Pattern, Plan['cloud']>> = {
  direct: { provider: 'none' },
  vpn: { provider: 'none' },
  private: {
    ...shared,
    provider: 'aws',
    format: 'terraform',
    region: 'eu-central-1',
    vpc: 'vpc-01234567',
    rulesPerGroup: 60,
  },
  bastion: {
    ...shared,
    provider: 'azure',
    format: 'cli',
    resourceGroup: 'shop',
    location: 'westeurope',
    firstPriority: 1000,
  },
};

/** Plans that between them use every string field there is. */
function everyField(): Plan[] {
  const search: Client['auth'] = {
    method: 'ldap',
    server: 'ldap.example.com',
    port: 389,
    tls: 'starttls',
    bind: { kind: 'search', baseDn: 'dc=example', attribute: 'uid' },
  };
  const simple: Client['auth'] = { ...search, bind: { kind: 'simple', prefix: 'uid=', suffix: ',dc=example' } };
  return (['direct', 'vpn', 'private', 'bastion'] satisfies Pattern[]).flatMap((pattern) => {
    const plan = defaultPlan(pattern);
    const full: Plan = {
      ...plan,
      title: 'title',
      notes: 'notes',
      cloud: cloudOf[pattern],
      server: {
        ...plan.server,
        dataDirectory: '/srv/data',
        configDirectory: '/srv/config',
        osUser: 'pg',
        addresses: { ...plan.server.addresses, private: ['10.0.2.10', 'fd00:0:0:2::10'] },
      },
      clients: [
        ...plan.clients,
        named('private', {
          name: 'cert',
          roles: ['cert'],
          connectionLimit: 5,
          auth: { method: 'cert+scram' },
          validUntil: '2030-01-01',
        }),
        named('private', { name: 'ldap search', roles: ['search'], auth: search }),
        named('private', { name: 'ldap simple', roles: ['simple'], auth: simple }),
        named('private', {
          name: 'kerberos',
          roles: ['kerberos'],
          auth: { method: 'gss', realm: 'EXAMPLE.COM', includeRealm: false },
        }),
        named('socket', { name: 'local', sources: [], roles: ['local'] }),
      ],
      security: {
        ...plan.security,
        ciphers: 'HIGH',
        certificate: {
          source: 'existing',
          certificateFile: '/etc/ssl/a.crt',
          keyFile: '/etc/ssl/a.key',
          rootFile: '/etc/ssl/root.crt',
        },
      },
      network:
        plan.network.pattern === 'private'
          ? { ...plan.network, replicas: [{ name: 'replica.example.com', addresses: ['10.0.2.11'] }] }
          : plan.network.pattern === 'bastion'
            ? { ...plan.network, users: ['alice'], alsoReaches: ['db2.example.com'] }
            : plan.network.pattern === 'vpn'
              ? {
                  ...plan.network,
                  peers: plan.network.peers.map((peer) => ({
                    ...peer,
                    networks: ['10.20.0.0/16'],
                    endpoint: { host: 'peer.example.com', port: 1 },
                    publicKey: 'HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=',
                  })),
                }
              : plan.network,
    };
    const platforms = (['debian', 'docker', 'windows'] as const).filter(
      (platform) => platform === 'debian' || pattern === 'direct',
    );
    return platforms.map((platform): Plan => {
      const clients = full.clients.map((client) =>
        platform === 'windows' && client.via === 'socket' ? { ...client, auth: { method: 'scram' as const } } : client,
      );
      return {
        ...full,
        clients,
        server: { ...full.server, platform },
        firewall: {
          ...full.firewall,
          kind: platform === 'windows' ? 'windows' : pattern === 'private' ? 'iptables' : 'ufw',
        },
        monitoring: {
          ...full.monitoring,
          linePrefix: '%m [%p] %h ',
          fail2ban: platform === 'debian' ? 'file' : 'none',
          prometheus: true,
          queries: true,
        },
      };
    });
  });
}

/** Every string of the plan: its path, and a copy of the plan with another value there. */
function* strings(
  plan: Plan,
  at: unknown = plan,
  path: readonly string[] = [],
): Generator<{ path: string; put: (value: string) => unknown }> {
  if (typeof at === 'string') {
    yield { path: path.join('.'), put: (value) => replaced(plan, path, value) };
  } else if (typeof at === 'object' && at !== null) {
    for (const [key, inner] of Object.entries(at)) yield* strings(plan, inner, [...path, key]);
  }
}

function replaced(plan: unknown, path: readonly string[], value: string): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(plan))
    return plan.map((item, index) => (String(index) === key ? replaced(item, rest, value) : item));
  const group = plan as Record<string, unknown>;
  return { ...group, [key]: replaced(group[key], rest, value) };
}

const records = (content: string) => content.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

/** Records of pg_hba.conf are counted, scripts are parsed by bash, and the one statement that must not be there is looked for. */
function check(plan: Plan, scripts: Set<string>) {
  const { files } = generate(plan);
  for (const { path, content, language } of files) {
    if (path.endsWith('/pg_hba.conf')) {
      const { grants, replicaGrants } = deriveAccess(plan);
      expect(records(content)).toHaveLength((path.startsWith('replicas/') ? replicaGrants : grants).length);
    }
    if (language === 'sh') scripts.add(content);
    if (language !== 'markdown' && language !== 'sh')
      expect(content).not.toMatch(/^\s*(host all all all trust|DROP ROLE|\[broken-out\])/m);
  }
}

test('a hostile string in any field is refused at its path, or every file keeps its shape', () => {
  const scripts = new Set<string>();
  let refused = 0;
  let taken = 0;
  for (const plan of everyField()) {
    const base = parsePlan(plan);
    expect(base.ok ? [] : base.issues).toEqual([]);
    for (const { path, put } of strings(plan)) {
      for (const value of hostile) {
        const parsed = parsePlan(put(value));
        if (parsed.ok) {
          taken++;
          check(parsed.value, scripts);
        } else {
          refused++;
          expect(
            parsed.issues
              .map((issue) => issue.path)
              .some((at) => at === path || path.startsWith(`${at}.`) || at.startsWith(path)),
          ).toBe(true);
        }
      }
    }
  }
  expect(refused).toBeGreaterThan(1000);
  expect(refused).toBeGreaterThan(1000);
  expect(taken).toBeGreaterThan(500);
  // One bash reads them all as functions: a script that breaks out of its words is a syntax error here.
  const functions = [...scripts].map((script, index) => `script_${index}() {\n${script}\n}\n`);
  execFileSync('bash', ['-n'], { input: functions.join('') });
}, 600_000);
