import fc from 'fast-check';
import {
  type Client,
  defaultClient,
  defaultPlan,
  ownAuthority,
  type Pattern,
  PLATFORMS,
  type Plan,
  parsePlan,
  WAYS,
} from '../index.ts';
import type { FirewallKind, Service, VpnNetwork } from '../plan/schema.ts';
import { isPgbouncerDatabase } from '../quote/pgbouncer.ts';

/** Names that PostgreSQL allows and careless programs misread. */
export const hostileNames = [
  'all',
  'replication',
  'sameuser',
  'samerole',
  '+admins',
  '/x',
  '/^db.*$',
  '@file',
  '#comment',
  'Mixed Case',
  "o'brien",
  'double"quote',
  'back\\slash',
  'ends\\',
  '$(touch /tmp/postern-pwned)',
  '`touch /tmp/postern-pwned`',
  '\x24{HOME}',
  'semi;colon',
  '-flag',
  '--',
  'a,b',
  'größe',
  '数据库',
  '%s%n',
  '$postern$',
  "'; DROP ROLE x; --",
  ':variable',
  '*',
  '!x',
  '~',
  'a=b',
  'x/y',
  'x'.repeat(63),
] as const;

const plainName = fc
  .stringMatching(/^[a-z][a-z0-9_]{0,12}$/)
  .filter((name) => !name.startsWith('pg_') && name !== 'none' && name !== 'public');
const name = fc.oneof({ weight: 3, arbitrary: plainName }, { weight: 1, arbitrary: fc.constantFrom(...hostileNames) });
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 4 });

const source4 = fc
  .tuple(fc.nat({ max: 255 }), fc.nat({ max: 255 }), fc.constantFrom(16, 24, 28, 32))
  .map(([a, b, length]) => {
    const last = length === 32 ? 7 : length === 28 ? 16 : 0;
    return `10.${a}.${length === 16 ? 0 : b}.${last}/${length}`;
  });
const source6 = fc
  .tuple(fc.nat({ max: 0xffff }), fc.constantFrom(48, 64, 128))
  .map(([a, length]) =>
    length === 128 ? `2001:db8:${(a + 1).toString(16)}::7` : `2001:db8:${(a + 1).toString(16)}::/${length}`,
  );
const sources = fc.uniqueArray(fc.oneof(source4, source6), { minLength: 1, maxLength: 4 });

const patterns = ['direct', 'vpn', 'private', 'bastion'] as const satisfies readonly Pattern[];

const methods = fc.constantFrom<Client['auth'][]>(
  { method: 'scram' },
  { method: 'cert' },
  { method: 'cert+scram' },
  { method: 'gss', realm: 'EXAMPLE.COM', includeRealm: false },
  {
    method: 'ldap',
    server: 'ldap.example.com',
    port: 389,
    tls: 'starttls',
    bind: { kind: 'simple', prefix: 'uid=', suffix: ', ou="x y",dc=example' },
  },
  {
    method: 'ldap',
    server: 'ldap.example.com',
    port: 636,
    tls: 'ldaps',
    bind: { kind: 'search', baseDn: 'dc=example,dc=com', attribute: 'uid', bindDn: null },
  },
  {
    method: 'ldap',
    server: 'ad.example.com',
    port: 636,
    tls: 'ldaps',
    bind: {
      kind: 'search',
      baseDn: 'dc=example',
      attribute: 'sAMAccountName',
      bindDn: 'EXAMPLE\\reader "x", # \'y\' \\',
    },
  },
  {
    method: 'oauth',
    issuer: "https://login.example.com:8443/it's/(a),b",
    scope: "openid it's#",
    validator: '$libdir/pg_oidc_validator',
    options: ['audience=a "b", # \\', 'empty='],
    clientId: 'psql\'"\\',
    mapping: { kind: 'map', identities: ['maria@example.com', 'a "b" # \\1', '+all', 'all'] },
  },
  {
    method: 'oauth',
    issuer: 'https://[2001:db8::1]/.well-known/oauth-authorization-server/x',
    scope: 'openid',
    validator: '/opt/lib/validator',
    options: [],
    clientId: null,
    mapping: { kind: 'same' },
  },
);

/** One client that fits the pattern; `index` makes names unique. */
const client = (pattern: Pattern, index: number): fc.Arbitrary<Client> =>
  fc
    .record({
      via: fc.constantFrom(...WAYS[pattern].filter((way) => way !== 'vpn')),
      label: fc.constantFrom('office', 'web tier', "o'hara", '数据', '-x', '$(id)', '#1', 'a/b'),
      roles: names,
      databases: fc.oneof(fc.constant('all' as const), names),
      sources,
      auth: methods,
      tls: fc.constantFrom('require', 'allow'),
      verify: fc.constantFrom('full', 'ca', 'none'),
      replication: fc.constantFrom('none', 'none', 'physical', 'logical'),
      privileges: fc.constantFrom('none', 'read', 'read-write', 'create'),
    })
    .map(({ label, ...answers }): Client => {
      const shared = {
        ...defaultClient(answers.via),
        name: `${label} ${index}`,
        roles: answers.roles,
        databases: answers.databases,
        privileges:
          answers.databases === 'all' || (answers.replication === 'physical' && answers.via !== 'socket')
            ? 'none'
            : (answers.privileges as Client['privileges']),
      };
      if (answers.via === 'socket') return { ...shared, auth: { method: index % 2 === 0 ? 'scram' : 'peer' } };
      const withCertificate = answers.auth.method === 'cert' || answers.auth.method === 'cert+scram';
      return {
        ...shared,
        sources: answers.sources,
        auth: answers.auth,
        tls: withCertificate ? 'require' : (answers.tls as Client['tls']),
        verify: answers.verify as Client['verify'],
        replication: answers.replication as Client['replication'],
      };
    });

const services = fc.subarray<Service>([
  { name: 'exporter', kind: 'monitoring', role: 'metrics:exporter', databases: ['postgres'], login: 'scram' },
  { name: "dump's", kind: 'backup', role: "dump'er", databases: [], login: 'peer' },
  { name: 'nightly', kind: 'backup', role: 'nightly$backup', databases: 'all', login: 'scram' },
  { name: 'cron', kind: 'application', role: 'cron"job', databases: ['a b', 'all'], login: 'peer' },
]);

interface Replicas {
  readonly count: number;
  readonly role: string;
  readonly auth: 'scram' | 'cert' | 'cert+scram';
  readonly slots: boolean;
  readonly every: number;
}

const replicasOf = ({ count, role, auth, slots }: Replicas) => ({
  replicationRole: role,
  replicationAuth: auth,
  slots,
  replicas: Array.from({ length: count }, (_, index) => ({
    name: `replica-${index}.example.com`,
    addresses: [`10.0.2.${20 + index}`, `fd00:0:0:2::${20 + index}`],
  })),
});

/** Well-formed public keys; nobody has the private keys. */
const hostKeys = [
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPKlChGbwOfrys7Xm4I35pPNYVIoznzkAeuHKEYKEY00',
  `ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABB${'B'.repeat(88)}`,
];

type Bastion = Extract<Plan['network'], { pattern: 'bastion' }>;

/** Answers of a bastion: certificates, the service, other hosts, a proxy. */
const bastionAnswers = fc.record({
  users: fc.uniqueArray(fc.constantFrom('maria', 'App_1', 'a.b-c'), { maxLength: 2 }),
  groups: fc.uniqueArray(fc.constantFrom('dbusers', 'staff-2'), { maxLength: 2 }),
  port: fc.constantFrom(22, 2222),
  alsoReaches: fc.uniqueArray(fc.constantFrom('reports.example.com', '10.0.2.11', 'fd00:0:0:2::11'), { maxLength: 2 }),
  ssh: fc.record({
    hostKeys: fc.subarray(hostKeys),
    authority: fc.boolean(),
    service: fc.boolean(),
  }),
  proxy: fc.constantFrom<Bastion['proxy'][]>(
    { kind: 'none' },
    { kind: 'pgbouncer', port: 6432, poolMode: 'session', authRole: 'pool"er' },
    { kind: 'pgbouncer', port: 5432, poolMode: 'transaction', authRole: 'pooler' },
    { kind: 'haproxy', port: 5432 },
  ),
});

/** Certificates require a user, and a service requires pinned keys. */
const fittingSsh = <T extends Pick<Bastion, 'users' | 'groups' | 'ssh'>>(answers: T): T => {
  const somebody = answers.users.length + answers.groups.length > 0;
  const { hostKeys: pinned, authority, service } = answers.ssh;
  return {
    ...answers,
    ssh: { hostKeys: pinned, authority: authority && somebody, service: service && somebody && pinned.length > 0 },
  };
};

/** The answers of a client that PgBouncer supports. */
const pooled = (of: Client, network: Plan['network']): Client => {
  if (of.via !== 'bastion' || network.pattern !== 'bastion' || network.proxy.kind !== 'pgbouncer') return of;
  const { authRole } = network.proxy;
  const databases = of.databases === 'all' ? [] : of.databases.filter(isPgbouncerDatabase);
  return {
    ...of,
    auth: { method: 'scram' },
    replication: 'none',
    roles: of.roles.filter((role) => role !== authRole),
    databases: databases.length > 0 ? databases : ['app', 'all', 'a.b-c_D'],
  };
};

/** The answers of a client with OAuth that the server supports. */
const withTokens = (of: Client, major: number): Client => {
  if (of.auth.method !== 'oauth') return of;
  if (major < 18) return { ...of, auth: { method: 'scram' } };
  return { ...of, tls: 'require', auth: major < 19 ? { ...of.auth, options: [] } : of.auth };
};

/** Some clients of a plan with replicas connect to them. */
const givenReplicas = (clients: readonly Client[], network: Plan['network'], { every }: Replicas): Client[] =>
  clients.map((of, index) =>
    network.pattern === 'private' && network.replicas.length > 0 && of.via !== 'socket' && index % every === 0
      ? { ...of, endpoint: 'replica' }
      : of,
  );

const watching = fc.record({
  log: fc.constantFrom<Plan['monitoring']['log'][]>('stderr', 'jsonlog', 'syslog'),
  linePrefix: fc.constantFrom(null, null, '%t [%h] %% ', "<%r> 'x' \\ ; # "),
  bans: fc.boolean(),
  maxRetry: fc.integer({ min: 1, max: 1000 }),
  banTime: fc.integer({ min: 1, max: 525600 }),
  prometheus: fc.boolean(),
  queries: fc.boolean(),
});
type Watching = typeof watching extends fc.Arbitrary<infer Answers> ? Answers : never;

/** The subset of these answers that the server supports, so that no plan is discarded for the others. */
function watchedOn(
  platform: Plan['server']['platform'],
  major: number,
  { log: wanted, bans, ...answers }: Watching,
): Plan['monitoring'] {
  const { monitoring } = defaultPlan('direct');
  const syslog = ['debian', 'rhel', 'source'].includes(platform);
  const log = (wanted === 'jsonlog' && major < 15) || (wanted === 'syslog' && !syslog) ? 'stderr' : wanted;
  const reader = log === 'syslog' ? 'journal' : 'file';
  const can = reader === 'journal' ? platform !== 'source' : platform === 'debian';
  return { ...monitoring, ...answers, log, fail2ban: bans && can ? reader : 'none' };
}

/** Peers with hostile names: machines and sites, connecting or connected to, with and without a key. */
const peersArbitrary = fc.uniqueArray(
  fc.record({
    label: fc.oneof(plainName, fc.constantFrom(...hostileNames)),
    site: fc.boolean(),
    called: fc.boolean(),
    key: fc.boolean(),
  }),
  { maxLength: 5, selector: ({ label }) => label.toLowerCase() },
);

interface TunnelAnswers {
  readonly placement: string;
  readonly software: VpnNetwork['software'];
  readonly mtu: number | null;
  readonly peers: readonly { label: string; site: boolean; called: boolean; key: boolean }[];
}

const KEY = 'HH2dxTEyu942Jk+wfXrDzvmw4aCF6Th0Fa5urkkehm4=';

function tunnelOf(network: VpnNetwork, { placement, software, mtu, peers }: TunnelAnswers): VpnNetwork {
  const port = software.kind === 'wireguard' ? 51820 : 500;
  return {
    ...network,
    software,
    mtu,
    gateway: {
      ...network.gateway,
      port,
      ...(placement === 'separate'
        ? {
            placement,
            addresses: ['10.8.0.1', 'fd00:8::1'],
            privateAddresses: ['10.0.2.1', 'fd00:0:0:2::1'],
          }
        : {}),
    },
    peers: peers.map(({ label, site, called, key }, index) => ({
      name: label.slice(0, 60),
      addresses: [`10.8.0.${10 + index}`, `fd00:8::${10 + index}`],
      networks: site ? [`192.168.${index}.0/24`, `fd00:5${index}::/64`] : [],
      endpoint: called
        ? { host: index % 2 === 0 ? `198.51.100.${10 + index}` : `site-${index}.example.com`, port }
        : null,
      publicKey: key ? KEY.replace('HH', `H${'ABCDEFGH'[index]}`) : null,
    })),
  };
}

/** Host names with one certificate. */
const named = (...names: string[]): Plan['security']['hostCertificates'] =>
  names.map((name) => ({ name, certificateFile: '/etc/ssl/of hosts.crt', keyFile: '/etc/ssl/of hosts.key' }));

/** Any valid plan of some patterns: every major and platform, hostile names, both families. */
export const plansOf = (of: readonly Pattern[]): fc.Arbitrary<Plan> =>
  fc
    .constantFrom(...of)
    .chain((pattern) =>
      fc.record({
        pattern: fc.constant(pattern),
        major: fc.integer({ min: 11, max: 20 }),
        platform: fc.constantFrom(...PLATFORMS.filter((platform) => platform !== 'windows')),
        cluster: fc.constantFrom('main', 'main', 'analytics', '9_a.B'),
        clients: fc
          .nat({ max: 5 })
          .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => client(pattern, index)))),
        firewall: fc.record({
          kind: fc.constantFrom<FirewallKind[]>('ufw', 'iptables', 'nftables', 'firewalld', 'windows', 'none'),
        }),
        rateLimit: fc.constantFrom(null, null, 60),
        finalReject: fc.boolean(),
        remoteSuperuser: fc.boolean(),
        loopback: fc.boolean(),
        services,
        rules: fc.constantFrom('replace', 'replace', 'merge'),
        publicConnect: fc.constantFrom('keep', 'revoke'),
        publicCreate: fc.constantFrom('keep', 'revoke'),
        hashing: fc.constantFrom('scram-sha-256', 'md5'),
        certificate: fc.constantFrom<Plan['security']['certificate'][]>(
          ownAuthority,
          { ...ownAuthority, algorithm: 'rsa', days: 90 },
          { ...ownAuthority, revocation: true },
          { source: 'lets-encrypt' },
          {
            source: 'existing',
            certificateFile: '/etc/ssl/my server.crt',
            keyFile: '/etc/ssl/my server.key',
            rootFile: null,
          },
        ),
        hostCertificates: fc.constantFrom<Plan['security']['hostCertificates'][]>([], named('a.example', 'include')),
        directTls: fc.boolean(),
        /** One curve for every major; a list for those that accept one. */
        groups: fc.constantFrom(null, null, 'secp384r1', 'X25519:prime256v1'),
        superuser: fc.constantFrom('postgres', 'admin', "Root'User"),
        placement: fc.constantFrom('server', 'separate'),
        watching,
        software: fc.constantFrom<VpnNetwork['software'][]>(
          { kind: 'wireguard' },
          { kind: 'strongswan', authentication: 'certificate' },
          { kind: 'strongswan', authentication: 'psk' },
        ),
        mtu: fc.constantFrom(null, 1280, 1400),
        peers: peersArbitrary,
        notes: fc.constantFrom('', 'a `b` $(c) <!-- d --> # e'),
        bastion: bastionAnswers,
        replicas: fc.record({
          count: fc.nat({ max: 3 }),
          role: fc.constantFrom('replicator', "stream'er", 'mirror:x'),
          auth: fc.constantFrom('scram', 'cert', 'cert+scram'),
          slots: fc.boolean(),
          /** Every nth client connects to the replicas. */
          every: fc.integer({ min: 1, max: 4 }),
        }),
      }),
    )
    .map((answers): Plan => {
      const plan = defaultPlan(answers.pattern);
      const network: Plan['network'] =
        plan.network.pattern === 'vpn'
          ? tunnelOf(plan.network, answers)
          : plan.network.pattern === 'private'
            ? { ...plan.network, ...replicasOf(answers.replicas) }
            : plan.network.pattern === 'bastion'
              ? { ...plan.network, ...fittingSsh(answers.bastion) }
              : plan.network;
      const own = answers.pattern === 'vpn' ? plan.clients : [];
      const withoutSuperuser = answers.clients
        .map((of) => pooled(of, network))
        .map((of) => withTokens(of, answers.major))
        .map((of) => ({ ...of, roles: of.roles.filter((role) => role !== answers.superuser) }))
        .filter((of) => of.roles.length > 0);
      // A plan that allows the superuser has clients that use nothing else.
      const named = answers.remoteSuperuser
        ? withoutSuperuser.map((of, index) =>
            index % 2 === 0 && pooled(of, network) === of ? { ...of, roles: [answers.superuser] } : of,
          )
        : withoutSuperuser;
      return {
        ...plan,
        network,
        server: {
          ...plan.server,
          major: answers.major,
          platform: answers.platform,
          cluster: answers.platform === 'debian' ? answers.cluster : 'main',
          superuser: answers.superuser,
          rules: answers.rules as Plan['server']['rules'],
          addresses: {
            ...plan.server.addresses,
            public: ['203.0.113.10', '2001:db8::10'],
            private: ['10.0.2.10', 'fd00:0:0:2::10'],
          },
        },
        clients: [...own, ...givenReplicas(named, network, answers.replicas)],
        firewall: { ...answers.firewall, rateLimit: answers.rateLimit, sources: null },
        administration: { ...plan.administration, loopback: answers.loopback, services: answers.services },
        security: {
          ...plan.security,
          finalReject: answers.finalReject,
          publicConnect: answers.publicConnect as Plan['security']['publicConnect'],
          publicCreate: answers.publicCreate as Plan['security']['publicCreate'],
          remoteSuperuser: answers.remoteSuperuser,
          passwordHashing: answers.hashing as Plan['security']['passwordHashing'],
          certificate: answers.certificate,
          hostCertificates: answers.major >= 19 ? answers.hostCertificates : [],
          directTls: answers.directTls && answers.major >= 17,
          groups: answers.major < 18 && answers.groups?.includes(':') ? null : answers.groups,
        },
        monitoring: watchedOn(answers.platform, answers.major, answers.watching),
        notes: answers.notes,
      };
    })
    .filter((plan) => parsePlan(plan).ok);

export const planArbitrary: fc.Arbitrary<Plan> = plansOf(patterns);
