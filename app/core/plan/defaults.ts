import { MAIN_CLUSTER } from '../postgres/cluster.ts';
import { USUAL_MAJOR } from '../postgres/release.ts';
import type { Client, Pattern, Plan } from './schema.ts';

/** A client with the safe answers filled in: SCRAM, TLS required, full server certificate verification. */
export function defaultClient(via: Client['via']): Client {
  const socket = via === 'socket';
  return {
    name: 'app',
    via,
    sources: [],
    cloudGroup: null,
    roles: ['app'],
    databases: ['app'],
    replication: 'none',
    endpoint: 'primary',
    auth: { method: socket ? 'peer' : 'scram' },
    tls: 'require',
    verify: 'full',
    privileges: 'none',
    connectionLimit: null,
    validUntil: null,
  };
}

/**
 * Failures until a ban when fail2ban is first turned on: enough for a run of the verification script and a few typos.
 * The plan's own default is lower and must not change, because links leave it out.
 */
export const STARTING_RETRIES = 10;

/** A private CA, with the answers filled in. */
export const ownAuthority = { source: 'own-ca', algorithm: 'ecdsa', days: 825, revocation: false } as const;

/**
 * A working starting point for a pattern. Addresses are those reserved for documentation (RFC 5737, RFC 3849) and
 * private ones.
 */
export function defaultPlan(pattern: Pattern): Plan {
  const start = starts[pattern]();
  return {
    version: 2,
    title: '',
    server: {
      name: 'db.example.com',
      major: USUAL_MAJOR,
      platform: 'debian',
      cluster: MAIN_CLUSTER,
      port: 5432,
      publicBehindNat: false,
      dataDirectory: null,
      configDirectory: null,
      superuser: 'postgres',
      rules: 'replace',
      osUser: null,
      addresses: start.addresses,
    },
    network: start.network,
    clients: start.clients,
    administration: {
      sshPort: 22,
      loopback: true,
      people: [
        { name: 'administrators', sources: start.administrators, path: pattern === 'bastion' ? 'bastion' : 'ssh' },
      ],
      services: [],
    },
    security: {
      tlsMinimum: 'TLSv1.2',
      ciphers: null,
      groups: null,
      directTls: false,
      certificate: ownAuthority,
      hostCertificates: [],
      passwordHashing: 'scram-sha-256',
      authenticationTimeout: 60,
      maxConnections: null,
      superuserReserved: 3,
      reserved: 0,
      logConnections: true,
      logDisconnections: true,
      remoteSuperuser: false,
      finalReject: true,
      publicConnect: 'revoke',
      publicCreate: 'keep',
    },
    firewall: { kind: 'ufw', rateLimit: null, sources: null },
    cloud: { provider: 'none' },
    monitoring: {
      log: 'stderr',
      linePrefix: null,
      fail2ban: 'none',
      maxRetry: 5,
      banTime: 60,
      prometheus: false,
      queries: false,
    },
    rollout: { confirmSeconds: 300 },
    notes: '',
  };
}

interface Start {
  readonly addresses: Plan['server']['addresses'];
  readonly network: Plan['network'];
  readonly clients: Client[];
  readonly administrators: string[];
}

const starts: Readonly<Record<Pattern, () => Start>> = {
  direct: () => ({
    addresses: { public: ['203.0.113.10', '2001:db8:10::10'], private: [], vpn: [] },
    network: { pattern: 'direct' },
    clients: [{ ...defaultClient('public'), name: 'app', sources: ['198.51.100.0/28', '2001:db8:20::/64'] }],
    administrators: ['198.51.100.0/28', '2001:db8:20::/64'],
  }),
  vpn: () => ({
    addresses: { public: ['203.0.113.10'], private: [], vpn: ['10.8.0.1', 'fd00:8::1'] },
    network: {
      pattern: 'vpn',
      software: { kind: 'wireguard' },
      mtu: null,
      tunnel: ['10.8.0.0/24', 'fd00:8::/64'],
      gateway: {
        placement: 'server',
        name: 'gateway',
        endpoint: 'db.example.com',
        port: 51820,
        addresses: [],
        privateAddresses: [],
        publicKey: null,
      },
      peers: [{ name: 'laptop', addresses: ['10.8.0.2', 'fd00:8::2'], networks: [], endpoint: null, publicKey: null }],
    },
    clients: [{ ...defaultClient('vpn'), name: 'team', sources: ['10.8.0.0/24', 'fd00:8::/64'] }],
    administrators: ['10.8.0.0/24', 'fd00:8::/64', '198.51.100.0/28'],
  }),
  private: () => ({
    addresses: { public: [], private: ['10.0.2.10', 'fd00:0:0:2::10'], vpn: [] },
    network: {
      pattern: 'private',
      subnets: ['10.0.1.0/24', 'fd00:0:0:1::/64'],
      replicas: [],
      replicationRole: 'replicator',
      replicationAuth: 'scram',
      slots: true,
    },
    clients: [{ ...defaultClient('private'), name: 'web', sources: ['10.0.1.0/24', 'fd00:0:0:1::/64'] }],
    administrators: ['10.0.0.0/24', 'fd00::/64'],
  }),
  bastion: () => ({
    addresses: { public: [], private: ['10.0.2.10', 'fd00:0:0:2::10'], vpn: [] },
    network: {
      pattern: 'bastion',
      name: 'bastion.example.com',
      publicAddresses: ['203.0.113.20', '2001:db8:10::20'],
      privateAddresses: ['10.0.2.5', 'fd00:0:0:2::5'],
      port: 22,
      users: [],
      groups: ['dbusers'],
      alsoReaches: [],
      ssh: { hostKeys: [], authority: false, service: false },
      proxy: { kind: 'none' },
    },
    clients: [{ ...defaultClient('bastion'), name: 'staff', sources: ['198.51.100.0/28', '2001:db8:20::/64'] }],
    administrators: ['198.51.100.0/28', '2001:db8:20::/64'],
  }),
};
