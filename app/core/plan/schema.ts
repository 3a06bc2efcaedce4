import * as z from 'zod/mini';
import { PLATFORMS } from '../postgres/platform.ts';
import {
  checkAddress,
  checkCiphers,
  checkDatabase,
  checkDate,
  checkHostName,
  checkHostOrAddress,
  checkLabel,
  checkLdapAttribute,
  checkLdapText,
  checkPath,
  checkPublicKey,
  checkRealm,
  checkRole,
  checkSource,
  checkSystemName,
} from './fields.ts';
import { type Check, checkText, type Problem, problem, shown } from './text.ts';

/** How many entries a list of the plan may have. Enough for a large company; a bound for hostile links. */
export const LIMITS = { clients: 500, entries: 500, addresses: 32 } as const;

/** Carries our own refusal through Zod, which knows only text. */
const refuse = (payload: z.core.ParsePayload<unknown>, found: Problem) =>
  payload.issues.push({ code: 'custom', input: payload.value, message: found.text, params: { problem: found } });

const text = (check: Check) =>
  z.string().check((payload) => {
    const found = check(payload.value);
    if (found) refuse(payload, found);
  });

/** An answer that may be left empty, where empty means "the default". */
const optional = (check: Check) => z.nullable(text(check));

const whole = (low: number, high: number, id: 'number.range' | 'port.range' | 'major.range' = 'number.range') =>
  z.number().check((payload) => {
    if (!Number.isInteger(payload.value) || payload.value < low || payload.value > high) {
      refuse(payload, problem(id, { value: shown(payload.value), low, high }));
    }
  });

const port = whole(1, 65535, 'port.range');

/** A list without repetitions. */
const list = (entry: z.ZodMiniType<string>, limit: number = LIMITS.entries, atLeast?: Problem) =>
  z.array(entry).check((payload) => {
    const seen = new Set<string>();
    if (payload.value.length > limit) refuse(payload, problem('plan.tooMany', { count: payload.value.length, limit }));
    if (atLeast && payload.value.length === 0) refuse(payload, atLeast);
    for (const [index, value] of payload.value.slice(0, limit).entries()) {
      if (seen.has(value)) {
        const found = problem('entry.twice', { value: shown(value) });
        payload.issues.push({
          code: 'custom',
          input: value,
          path: [index],
          message: found.text,
          params: { problem: found },
        });
      }
      seen.add(value);
    }
  });

const some = (hint: string) => problem('plan.emptyList', { hint });

const addresses = list(text(checkAddress), LIMITS.addresses);
const sources = list(text(checkSource));

const server = z.strictObject({
  /** DNS name that clients use and the certificate carries; null: they use an address. */
  name: optional(checkHostName),
  major: whole(11, 99, 'major.range'),
  platform: z.enum(PLATFORMS),
  port,
  addresses: z.strictObject({ public: addresses, private: addresses, vpn: addresses }),
  /** The public address belongs to a router or cloud in front, which translates it to the private one. */
  publicBehindNat: z.boolean(),
  /** null: the platform's own. */
  dataDirectory: optional(checkPath),
  configDirectory: optional(checkPath),
  /** The bootstrap superuser, `postgres` unless `initdb` was told otherwise. */
  superuser: text(checkRole),
  /** The operating system account that runs the server; null: the platform's own. */
  osUser: optional(checkSystemName),
});

const peer = z.strictObject({
  name: text(checkLabel),
  /** Its addresses in the tunnel. */
  addresses: list(text(checkAddress), LIMITS.addresses, some('Give the peer an address in the tunnel.')),
  /** Networks behind it, for a site. Empty for one machine. */
  networks: sources,
  /** DNS name or address and port where the gateway finds it; null: it calls the gateway. */
  endpoint: z.nullable(z.strictObject({ host: text(checkHostOrAddress), port })),
  publicKey: optional(checkPublicKey),
});

const replica = z.strictObject({
  name: text(checkHostName),
  addresses: list(text(checkAddress), LIMITS.addresses, some('Give the replica its address.')),
});

const network = z.discriminatedUnion('pattern', [
  z.strictObject({ pattern: z.literal('direct') }),
  z.strictObject({
    pattern: z.literal('vpn'),
    /** The tunnel's own networks, at most one of each family is usual. */
    tunnel: list(text(checkSource), LIMITS.addresses, some('Give the tunnel a network such as 10.8.0.0/24.')),
    gateway: z.strictObject({
      /** Where the tunnel ends: on the database server, or on a gateway that forwards to its private address. */
      placement: z.enum(['server', 'separate']),
      name: text(checkLabel),
      endpoint: text(checkHostOrAddress),
      port,
      /** A separate gateway's addresses in the tunnel. */
      addresses,
      /** A separate gateway's addresses in the server's network: the next hop of the server's answers. */
      privateAddresses: addresses,
      publicKey: optional(checkPublicKey),
    }),
    peers: z.array(peer).check(z.maxLength(LIMITS.entries)),
  }),
  z.strictObject({
    pattern: z.literal('private'),
    subnets: list(text(checkSource), LIMITS.entries, some('Name the subnet, such as 10.0.1.0/24.')),
    replicas: z.array(replica).check(z.maxLength(LIMITS.addresses)),
  }),
  z.strictObject({
    pattern: z.literal('bastion'),
    name: text(checkHostOrAddress),
    publicAddresses: addresses,
    /** The addresses that PostgreSQL sees. */
    privateAddresses: list(
      text(checkAddress),
      LIMITS.addresses,
      some('Give the address with which the bastion reaches the database.'),
    ),
    port,
    users: list(text(checkSystemName)),
    groups: list(text(checkSystemName)),
    /** Database hosts besides this server to which it may forward. */
    alsoReaches: list(text(checkHostOrAddress)),
  }),
]);

const auth = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('scram') }),
  z.strictObject({ method: z.literal('cert') }),
  z.strictObject({ method: z.literal('cert+scram') }),
  z.strictObject({ method: z.literal('peer') }),
  z.strictObject({ method: z.literal('gss'), realm: optional(checkRealm), includeRealm: z.boolean() }),
  z.strictObject({
    method: z.literal('ldap'),
    server: text(checkHostName),
    port,
    /** `ldaps` needs PostgreSQL 11 or later, as all here are. */
    tls: z.enum(['none', 'starttls', 'ldaps']),
    bind: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('simple'), prefix: text(checkLdapText), suffix: text(checkLdapText) }),
      z.strictObject({ kind: z.literal('search'), baseDn: text(checkLdapText), attribute: text(checkLdapAttribute) }),
    ]),
  }),
]);

const client = z.strictObject({
  name: text(checkLabel),
  /** The way in: which address of the server, or through what. */
  via: z.enum(['public', 'private', 'vpn', 'bastion', 'socket']),
  /** Where it stands: through a bastion these reach SSH, else PostgreSQL. Empty for the socket. */
  sources,
  roles: list(text(checkRole), LIMITS.entries, some('Name the role it logs in as.')),
  /** `all` is the keyword; a list holds names, also a database named "all". */
  databases: z.union([z.literal('all'), list(text(checkDatabase), LIMITS.entries)]),
  replication: z.enum(['none', 'physical', 'logical']),
  /** Which server it is given: the primary, or the read replicas of a private subnet. */
  endpoint: z.enum(['primary', 'replica']),
  auth,
  tls: z.enum(['require', 'allow']),
  /** What it checks of the server's certificate: chain and name, chain, or nothing. */
  verify: z.enum(['full', 'ca', 'none']),
  connectionLimit: z.nullable(whole(0, 10000)),
  /** Last day on which its password is taken. */
  validUntil: optional(checkDate),
});

const administrator = z.strictObject({
  name: text(checkLabel),
  sources,
  /** SSH to the server or through the bastion, then the local socket; or only at the machine itself. */
  path: z.enum(['ssh', 'bastion', 'console']),
});

const security = z.strictObject({
  tlsMinimum: z.enum(['TLSv1.2', 'TLSv1.3']),
  /** For TLS 1.2 and below; null: the server's default. */
  ciphers: optional(checkCiphers),
  certificate: z.discriminatedUnion('source', [
    z.strictObject({ source: z.literal('own-ca') }),
    z.strictObject({ source: z.literal('lets-encrypt') }),
    z.strictObject({
      source: z.literal('existing'),
      certificateFile: text(checkPath),
      keyFile: text(checkPath),
      /** The authority that clients verify the server with, as a path on their machines; null: the system's trust store. */
      rootFile: optional(checkPath),
    }),
  ]),
  passwordHashing: z.enum(['scram-sha-256', 'md5']),
  /** Seconds. */
  authenticationTimeout: whole(1, 600),
  maxConnections: z.nullable(whole(5, 10000)),
  superuserReserved: whole(1, 1000),
  /** For roles with pg_use_reserved_connections; PostgreSQL 16 and later. */
  reserved: whole(0, 1000),
  logConnections: z.boolean(),
  logDisconnections: z.boolean(),
  remoteSuperuser: z.boolean(),
  /** Ends pg_hba.conf with an explicit reject, so that the refusal is told apart from a forgotten record. */
  finalReject: z.boolean(),
});

export const planSchema = z.strictObject({
  version: z.literal(1),
  title: text((value) => (value === '' ? undefined : checkLabel(value))),
  server,
  network,
  clients: z.array(client).check(z.maxLength(LIMITS.clients)),
  administration: z.strictObject({
    sshPort: port,
    /** Password logins of the superuser from the server's own loopback, for graphical tools behind an SSH forward. */
    loopback: z.boolean(),
    people: z.array(administrator).check(z.maxLength(LIMITS.entries)),
  }),
  security,
  firewall: z.strictObject({ kind: z.enum(['ufw', 'iptables', 'none']) }),
  /** What the user wants to remember about this plan. Stands in the bundle's README. */
  notes: text((value) => checkText(4000)(value)),
});

/** What the administrator wants: answers only, nothing derived, no secret. Version 1. */
export type Plan = z.infer<typeof planSchema>;
export type Pattern = Plan['network']['pattern'];
export type Client = Plan['clients'][number];
export type Via = Client['via'];
export type Auth = Client['auth'];
export type VpnNetwork = Extract<Plan['network'], { pattern: 'vpn' }>;
export type Peer = VpnNetwork['peers'][number];
export type BastionNetwork = Extract<Plan['network'], { pattern: 'bastion' }>;
