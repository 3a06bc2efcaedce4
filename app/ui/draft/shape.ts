import type { Draft } from './draft.ts';

/** Tells whether a value has the shape that the forms need. It says nothing about the answers: that is `parsePlan`'s work. */
type Shape = (value: unknown) => boolean;

const text: Shape = (value) => typeof value === 'string';
const flag: Shape = (value) => typeof value === 'boolean';
const number: Shape = (value) => typeof value === 'number' || typeof value === 'string';
const nullable =
  (shape: Shape): Shape =>
  (value) =>
    value === null || shape(value);
const list =
  (shape: Shape): Shape =>
  (value) =>
    Array.isArray(value) && value.every(shape);
const either =
  (...shapes: readonly Shape[]): Shape =>
  (value) =>
    shapes.some((shape) => shape(value));
const only =
  (...words: readonly string[]): Shape =>
  (value) =>
    words.some((word) => word === value);
const group =
  (shapes: Readonly<Record<string, Shape>>): Shape =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(shapes).every(
      ([key, shape]) => Object.hasOwn(value, key) && shape((value as Record<string, unknown>)[key]),
    );

const texts = list(text);

const network = either(
  group({ pattern: only('direct') }),
  group({
    pattern: only('vpn'),
    software: either(
      group({ kind: only('wireguard') }),
      group({ kind: only('strongswan'), authentication: only('certificate', 'psk') }),
      group({
        kind: only('azure'),
        format: only('cli', 'bicep'),
        resourceGroup: text,
        location: text,
        virtualNetwork: text,
        gatewaySubnet: text,
      }),
    ),
    mtu: nullable(number),
    tunnel: texts,
    gateway: group({
      placement: only('server', 'separate'),
      name: text,
      endpoint: text,
      port: number,
      addresses: texts,
      privateAddresses: texts,
      publicKey: nullable(text),
    }),
    peers: list(
      group({
        name: text,
        addresses: texts,
        networks: texts,
        endpoint: nullable(group({ host: text, port: number })),
        publicKey: nullable(text),
      }),
    ),
  }),
  group({
    pattern: only('private'),
    subnets: texts,
    replicas: list(group({ name: text, addresses: texts })),
    replicationRole: text,
    replicationAuth: only('scram', 'cert', 'cert+scram'),
    slots: flag,
  }),
  group({
    pattern: only('bastion'),
    name: text,
    publicAddresses: texts,
    privateAddresses: texts,
    port: number,
    users: texts,
    groups: texts,
    alsoReaches: texts,
    ssh: group({ hostKeys: texts, authority: flag, service: flag }),
    proxy: either(
      group({ kind: only('none') }),
      group({ kind: only('pgbouncer'), port: number, poolMode: only('session', 'transaction'), authRole: text }),
      group({ kind: only('haproxy'), port: number }),
    ),
  }),
);

const auth = either(
  group({ method: only('scram', 'cert', 'cert+scram', 'peer') }),
  group({ method: only('gss'), realm: nullable(text), includeRealm: flag }),
  group({
    method: only('ldap'),
    server: text,
    port: number,
    tls: only('none', 'starttls', 'ldaps'),
    bind: either(
      group({ kind: only('simple'), prefix: text, suffix: text }),
      group({ kind: only('search'), baseDn: text, attribute: text }),
    ),
  }),
);

const client = group({
  name: text,
  via: only('public', 'private', 'vpn', 'bastion', 'socket'),
  sources: texts,
  cloudGroup: nullable(text),
  roles: texts,
  databases: either(only('all'), texts),
  replication: only('none', 'physical', 'logical'),
  endpoint: only('primary', 'replica'),
  auth,
  tls: only('require', 'allow'),
  verify: only('full', 'ca', 'none'),
  connectionLimit: nullable(number),
  validUntil: nullable(text),
});

const draft = group({
  version: (value) => value === 2,
  title: text,
  server: group({
    name: nullable(text),
    major: number,
    platform: only('debian', 'rhel', 'windows', 'macos', 'docker', 'source'),
    port: number,
    addresses: group({ public: texts, private: texts, vpn: texts }),
    publicBehindNat: flag,
    dataDirectory: nullable(text),
    configDirectory: nullable(text),
    superuser: text,
    osUser: nullable(text),
  }),
  network,
  clients: list(client),
  administration: group({
    sshPort: number,
    loopback: flag,
    people: list(group({ name: text, sources: texts, path: only('ssh', 'bastion', 'console') })),
  }),
  security: group({
    tlsMinimum: only('TLSv1.2', 'TLSv1.3'),
    ciphers: nullable(text),
    groups: nullable(text),
    directTls: flag,
    certificate: either(
      group({ source: only('own-ca'), algorithm: only('ecdsa', 'rsa'), days: number, revocation: flag }),
      group({ source: only('lets-encrypt') }),
      group({ source: only('existing'), certificateFile: text, keyFile: text, rootFile: nullable(text) }),
    ),
    passwordHashing: only('scram-sha-256', 'md5'),
    authenticationTimeout: number,
    maxConnections: nullable(number),
    superuserReserved: number,
    reserved: number,
    logConnections: flag,
    logDisconnections: flag,
    remoteSuperuser: flag,
    finalReject: flag,
  }),
  firewall: group({
    kind: only('ufw', 'iptables', 'nftables', 'firewalld', 'windows', 'none'),
    rateLimit: nullable(number),
    sources: nullable(texts),
  }),
  cloud: either(
    group({ provider: only('none') }),
    group({
      provider: only('aws'),
      format: only('cli', 'terraform'),
      region: text,
      vpc: text,
      groupName: text,
      rulesPerGroup: number,
      sources: nullable(texts),
    }),
    group({
      provider: only('azure'),
      format: only('cli', 'bicep'),
      resourceGroup: text,
      location: text,
      groupName: text,
      firstPriority: number,
      sources: nullable(texts),
    }),
  ),
  monitoring: group({
    log: only('stderr', 'jsonlog', 'syslog'),
    linePrefix: nullable(text),
    fail2ban: only('none', 'file', 'journal'),
    maxRetry: number,
    banTime: number,
    prometheus: flag,
    queries: flag,
  }),
  rollout: group({ confirmSeconds: number }),
  notes: text,
});

/** A value that the forms can show, whatever its answers are worth. */
export const isDraft = (value: unknown): value is Draft => draft(value);
