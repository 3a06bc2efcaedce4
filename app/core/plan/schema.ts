import * as z from 'zod/mini';
import { PLATFORMS } from '../postgres/platform.ts';
import { addresses, LIMITS, list, major, optional, port, some, sources, text, whole } from './answers.ts';
import {
  checkCloudGroup,
  checkCloudLabel,
  checkLocation,
  checkNetwork,
  checkNetworkTag,
  checkProject,
  checkRegion,
  checkVpc,
} from './cloud-fields.ts';
import {
  checkAddress,
  checkBindDn,
  checkCiphers,
  checkCluster,
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
  checkSentName,
  checkSource,
  checkSystemName,
} from './fields.ts';
import {
  checkClientId,
  checkIdentity,
  checkIssuer,
  checkLibrary,
  checkScope,
  checkValidatorOption,
} from './oauth-fields.ts';
import { checkLinePrefix, checkSshKey, checkTlsGroups } from './program-fields.ts';
import { checkFreeText, checkTitle } from './text.ts';

const server = z.strictObject({
  /** DNS name that clients use and the certificate contains; null: they use an address. */
  name: optional(checkHostName),
  major,
  platform: z.enum(PLATFORMS),
  /** The cluster, as `pg_lsclusters` of Debian and Ubuntu shows it; `main` elsewhere. */
  cluster: text(checkCluster),
  port,
  addresses: z.strictObject({ public: addresses, private: addresses, vpn: addresses }),
  /** The public address belongs to a router or cloud in front, which translates it to the private one. */
  publicBehindNat: z.boolean(),
  /** null: the platform's own. */
  dataDirectory: optional(checkPath('/srv/postgresql/data')),
  configDirectory: optional(checkPath('/srv/postgresql/data')),
  /** The bootstrap superuser, `postgres` unless `initdb` was given another name. */
  superuser: text(checkRole),
  /** What happens to the rules in the existing pg_hba.conf: the plan's rules are added, or replace the file. */
  rules: z.enum(['merge', 'replace']),
  /** The operating system account that runs the server; null: the platform's own. */
  osUser: optional(checkSystemName),
});

const peer = z.strictObject({
  name: text(checkLabel),
  /** Its addresses in the tunnel. */
  addresses: list(text(checkAddress), LIMITS.addresses, some('Give the peer an address in the tunnel.')),
  /** Networks behind it, for a site. Empty for one machine. */
  networks: sources,
  /** DNS name or address and port at which the gateway reaches it; null: it connects to the gateway. */
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
    /** The software that implements the tunnel. */
    software: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('wireguard') }),
      z.strictObject({ kind: z.literal('strongswan'), authentication: z.enum(['certificate', 'psk']) }),
      /** Azure's own gateway in front of the server's virtual network; the sites at the other end run strongSwan. */
      z.strictObject({
        kind: z.literal('azure'),
        format: z.enum(['cli', 'bicep']),
        resourceGroup: text(checkCloudLabel),
        location: text(checkLocation),
        virtualNetwork: text(checkCloudLabel),
        /** The network of `GatewaySubnet`, /27 or larger. */
        gatewaySubnet: text(checkSource),
      }),
    ]),
    /** Tunnel MTU in bytes; null: chosen by the software. */
    mtu: z.nullable(whole(1280, 9000)),
    /** The tunnel's own networks, usually at most one per family. */
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
    /** The role that the replicas stream as. */
    replicationRole: text(checkRole),
    /** How that role authenticates; with certificates, each replica has one. */
    replicationAuth: z.enum(['scram', 'cert', 'cert+scram']),
    /** The primary retains WAL that a replica has not read yet. */
    slots: z.boolean(),
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
    /** Other database hosts to which it may forward. */
    alsoReaches: list(text(checkHostOrAddress)),
    ssh: z.strictObject({
      /** Public host keys of the bastion, which clients pin. Empty: they compare the fingerprint once. */
      hostKeys: list(text(checkSshKey), LIMITS.addresses),
      /** Users log in with certificates of an SSH CA. */
      authority: z.boolean(),
      /** Clients keep their forward open as a systemd service. */
      service: z.boolean(),
    }),
    /** How database clients connect: an SSH forward, or a proxy on the bastion, at its own port. */
    proxy: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('none') }),
      z.strictObject({
        kind: z.literal('pgbouncer'),
        port,
        poolMode: z.enum(['session', 'transaction']),
        /** The role that queries the server for password hashes of others. */
        authRole: text(checkRole),
      }),
      z.strictObject({ kind: z.literal('haproxy'), port }),
    ]),
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
    /** `ldaps` needs PostgreSQL 11 or later, which all supported majors are. */
    tls: z.enum(['none', 'starttls', 'ldaps']),
    bind: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('simple'), prefix: text(checkLdapText), suffix: text(checkLdapText) }),
      z.strictObject({
        kind: z.literal('search'),
        baseDn: text(checkLdapText),
        attribute: text(checkLdapAttribute),
        /** The DN that PostgreSQL binds as to search; null: anonymous. Its password is entered on the server. */
        bindDn: optional(checkBindDn),
      }),
    ]),
  }),
  /** A bearer token, since PostgreSQL 18. */
  z.strictObject({
    method: z.literal('oauth'),
    /** The identifier of the issuer, exactly as its discovery document has it. */
    issuer: text(checkIssuer),
    /** The scopes that a client requests, separated by spaces. */
    scope: text(checkScope),
    /** The library on the server that checks tokens (`oauth_validator_libraries`). */
    validator: text(checkLibrary),
    /** Options of that library (`validator.NAME`), each as `NAME=value`; PostgreSQL 19 and later. */
    options: list(text(checkValidatorOption), LIMITS.addresses),
    /** The identifier under which the issuer knows the client; null: each user has one. */
    clientId: optional(checkClientId),
    /** Who may log in as the roles: the user with the same name, the listed ones, or whom the library lets in. */
    mapping: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('same') }),
      z.strictObject({
        kind: z.literal('map'),
        identities: list(text(checkIdentity), LIMITS.entries, some('Name the users that may log in.')),
      }),
      z.strictObject({ kind: z.literal('validator') }),
    ]),
  }),
]);

const client = z.strictObject({
  name: text(checkLabel),
  /** How the client connects: to which address of the server, or through what. */
  via: z.enum(['public', 'private', 'vpn', 'bastion', 'socket']),
  /** Its source networks: through a bastion these reach SSH, else PostgreSQL. Empty for the socket. */
  sources,
  /** The cloud's group of its machines, which the cloud's rules then use instead of the networks. */
  cloudGroup: optional(checkCloudGroup),
  roles: list(text(checkRole), LIMITS.entries, some('Name the role it logs in as.')),
  /** `all` is the keyword; a list contains names, including a database named "all". */
  databases: z.union([z.literal('all'), list(text(checkDatabase), LIMITS.entries)]),
  replication: z.enum(['none', 'physical', 'logical']),
  /** The server that it connects to: the primary, or the read replicas of a private subnet. */
  endpoint: z.enum(['primary', 'replica']),
  auth,
  tls: z.enum(['require', 'allow']),
  /** How it verifies the server's certificate: chain and name, chain, or not at all. */
  verify: z.enum(['full', 'ca', 'none']),
  /** What its roles are granted on schema public of its databases; `create` also lets them create tables there. */
  privileges: z.enum(['none', 'read', 'read-write', 'create']),
  connectionLimit: z.nullable(whole(0, 10000)),
  /** Last day on which its password is accepted. */
  validUntil: optional(checkDate),
});

const administrator = z.strictObject({
  name: text(checkLabel),
  sources,
  /** SSH to the server or through the bastion, then the local socket; or only at the console. */
  path: z.enum(['ssh', 'bastion', 'console']),
});

/** A program on the server itself that connects locally: the application, an exporter, a backup tool. */
const service = z.strictObject({
  name: text(checkLabel),
  /** `monitoring` gets pg_monitor, `backup` gets REPLICATION and replication connections. */
  kind: z.enum(['application', 'monitoring', 'backup']),
  role: text(checkRole),
  databases: z.union([z.literal('all'), list(text(checkDatabase), LIMITS.addresses)]),
  /** Its operating system account over the local socket, or a password over the loopback interface. */
  login: z.enum(['peer', 'scram']),
});

const checkCertificateFile = checkPath('/etc/ssl/certs/orders.crt');
const checkKeyFile = checkPath('/etc/ssl/private/orders.key');

/** A certificate that only the clients get that connect to this name. */
const hostCertificate = z.strictObject({
  /** The host name that clients send in the TLS handshake (SNI). */
  name: text(checkSentName),
  certificateFile: text(checkCertificateFile),
  keyFile: text(checkKeyFile),
});

const security = z.strictObject({
  tlsMinimum: z.enum(['TLSv1.2', 'TLSv1.3']),
  /** For TLS 1.2 and below; null: the server's default. */
  ciphers: optional(checkCiphers),
  /** Key exchange groups in order of preference; null: the server's default. */
  groups: optional(checkTlsGroups),
  /** Clients use direct TLS: server and clients of 17 or later. */
  directTls: z.boolean(),
  certificate: z.discriminatedUnion('source', [
    z.strictObject({
      source: z.literal('own-ca'),
      algorithm: z.enum(['ecdsa', 'rsa']),
      /** Days that a certificate is valid. */
      days: whole(1, 3650),
      /** The server checks client certificates against a CRL. */
      revocation: z.boolean(),
    }),
    z.strictObject({ source: z.literal('lets-encrypt') }),
    z.strictObject({
      source: z.literal('existing'),
      certificateFile: text(checkCertificateFile),
      keyFile: text(checkKeyFile),
      /** The CA that clients verify the server with, as a path on their machines; null: the system's trust store. */
      rootFile: optional(checkPath('/etc/ssl/certs/ca.crt')),
    }),
  ]),
  /** Certificates for further host names, in `pg_hosts.conf`; all other clients get `certificate`. PostgreSQL 19 and later. */
  hostCertificates: z.array(hostCertificate).check(z.maxLength(LIMITS.addresses)),
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
  /** Ends pg_hba.conf with an explicit reject, so that the log distinguishes a rejection from a forgotten record. */
  finalReject: z.boolean(),
  /** CONNECT on the plan's databases, which PUBLIC has until it is revoked. */
  publicConnect: z.enum(['keep', 'revoke']),
  /** CREATE on schema public of the plan's databases, which PUBLIC has before PostgreSQL 15. */
  publicCreate: z.enum(['keep', 'revoke']),
});

/** The version that this Postern writes. */
export const PLAN_VERSION = 2;

const FIREWALLS = ['ufw', 'iptables', 'nftables', 'firewalld', 'windows', 'none'] as const;

export const planSchema = z.strictObject({
  version: z.literal(PLAN_VERSION),
  title: text((value) => (value === '' ? undefined : checkTitle(64)(value))),
  server,
  network,
  clients: z.array(client).check(z.maxLength(LIMITS.clients)),
  administration: z.strictObject({
    sshPort: port,
    /** Password logins of the superuser from the server's own loopback, for graphical tools behind an SSH forward. */
    loopback: z.boolean(),
    people: z.array(administrator).check(z.maxLength(LIMITS.entries)),
    services: z.array(service).check(z.maxLength(LIMITS.addresses)),
  }),
  security,
  /** The database server's own packet filter. */
  firewall: z.strictObject({
    kind: z.enum(FIREWALLS),
    /** New connections a minute from one address, where the port faces the internet; null: no limit. */
    rateLimit: z.nullable(whole(1, 10000)),
    /** Networks that it allows to reach PostgreSQL; null: exactly those of the clients. */
    sources: z.nullable(sources),
  }),
  /** The packet filter of the cloud in front of the database server. */
  cloud: z.discriminatedUnion('provider', [
    z.strictObject({ provider: z.literal('none') }),
    z.strictObject({
      provider: z.literal('aws'),
      format: z.enum(['cli', 'terraform']),
      region: text(checkRegion),
      /** null: the files ask for it when they are applied. */
      vpc: optional(checkVpc),
      groupName: text(checkCloudLabel),
      /** The account's quota of rules in a security group, for each family; 60 unless Amazon raised it. */
      rulesPerGroup: whole(1, 1000),
      sources: z.nullable(sources),
    }),
    z.strictObject({
      provider: z.literal('azure'),
      format: z.enum(['cli', 'bicep']),
      resourceGroup: text(checkCloudLabel),
      location: text(checkLocation),
      groupName: text(checkCloudLabel),
      /** Rules are assigned priorities from this value on. */
      firstPriority: whole(100, 4000),
      sources: z.nullable(sources),
    }),
    z.strictObject({
      provider: z.literal('google'),
      format: z.enum(['cli', 'terraform']),
      project: text(checkProject),
      network: text(checkNetwork),
      /** The network tag of the database server; the tags of other machines add a suffix. */
      groupName: text(checkNetworkTag),
      /**
       * Priority of the allow rules; the deny rule has the next one. Both are before the rules of a default network at
       * 65534.
       */
      firstPriority: whole(0, 65532),
      sources: z.nullable(sources),
    }),
  ]),
  monitoring: z.strictObject({
    /** `jsonlog` is written in addition to stderr, since 15. */
    log: z.enum(['stderr', 'jsonlog', 'syslog']),
    /** `log_line_prefix`; null: one that shows the role and the source address. */
    linePrefix: optional(checkLinePrefix),
    /** Bans addresses that fail to log in, reading the server's log file or the journal. */
    fail2ban: z.enum(['none', 'file', 'journal']),
    /** Failed logins within ten minutes until an address is banned. */
    maxRetry: whole(1, 1000),
    /** Minutes. */
    banTime: whole(1, 525600),
    /** Alert rules for Prometheus. */
    prometheus: z.boolean(),
    /** Queries that show failed logins, connections without TLS, and what is about to expire. */
    queries: z.boolean(),
  }),
  rollout: z.strictObject({
    /** Seconds after which a change rolls back automatically unless it is confirmed. */
    confirmSeconds: whole(10, 3600),
  }),
  /** The user's notes about this plan, included in the bundle's README. */
  notes: text(checkFreeText(4000)),
});

/** What the administrator wants: answers only, nothing derived, no secret. Version 2. */
export type Plan = z.infer<typeof planSchema>;
export type Pattern = Plan['network']['pattern'];
export type HostCertificate = Plan['security']['hostCertificates'][number];
export type Client = Plan['clients'][number];
export type Service = Plan['administration']['services'][number];
export type Via = Client['via'];
export type Auth = Client['auth'];
export type VpnNetwork = Extract<Plan['network'], { pattern: 'vpn' }>;
export type Peer = VpnNetwork['peers'][number];
export type BastionNetwork = Extract<Plan['network'], { pattern: 'bastion' }>;
export type PrivateNetwork = Extract<Plan['network'], { pattern: 'private' }>;
export type FirewallKind = Plan['firewall']['kind'];
export type Cloud = Plan['cloud'];
