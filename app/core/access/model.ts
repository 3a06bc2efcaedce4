import type { Message } from '../messages/message.ts';
import type { Prefix } from '../net/prefix.ts';
import type { Client, Plan } from '../plan/schema.ts';
import type { PlatformFacts } from '../postgres/platform.ts';
import type { Release } from '../postgres/release.ts';
import type { Replica } from './replicas.ts';

/** Why something is in the model, and the answer behind it as a plan path. */
export interface Reason {
  readonly message: Message;
  readonly path: string;
}

export type HostKind = 'server' | 'replica' | 'gateway' | 'peer' | 'bastion';

/** A machine that the plan names. `id` is unique in a model: `server`, `gateway`, `bastion`, `peer-0`, `replica-0`. */
export interface Host {
  readonly id: string;
  readonly kind: HostKind;
  readonly name: string;
  readonly addresses: readonly string[];
  /** A cloud runs it: nobody logs in there, and no file is for it. */
  readonly managed?: true;
  readonly path: string;
}

/** One socket that PostgreSQL opens: an address of the server itself, `localhost`, or `*` in a container. */
export interface Listen {
  readonly address: string;
  readonly reason: Reason;
  /** The address appears only when the tunnel is up. */
  readonly late: boolean;
}

/** Traffic that must pass: from networks to a host's addresses and port. Everything else on that port is refused. */
export interface Flow {
  readonly id: string;
  readonly from: readonly Prefix[];
  /** The host that sends, where it is one that the plan names; else the networks above stand for themselves. */
  readonly fromHost?: string;
  readonly to: string;
  readonly addresses: readonly Prefix[];
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly service: 'postgresql' | 'ssh' | 'wireguard' | 'ipsec' | 'pgbouncer' | 'haproxy';
  /** What protects the bytes on this hop. */
  readonly encryption: 'tls' | 'optional-tls' | 'ssh' | 'wireguard' | 'ipsec';
  /** Index of the client in the plan, for a client's flow. */
  readonly client?: number;
  readonly reason: Reason;
}

export type DatabaseToken =
  | { readonly kind: 'all' }
  | { readonly kind: 'replication' }
  | { readonly kind: 'name'; readonly name: string };
export type RoleToken = { readonly kind: 'all' } | { readonly kind: 'name'; readonly name: string };

export type ConnectionType = 'local' | 'host' | 'hostssl' | 'hostnossl';

/** Which part of pg_hba.conf a grant stands in; the parts follow in this order. */
export type Section = 'local' | 'loopback' | 'superuser' | 'clients' | 'replication' | 'end';

/** One record of pg_hba.conf. The list of grants is in file order: the first that matches decides. */
export interface Grant {
  readonly section: Section;
  readonly connection: ConnectionType;
  readonly databases: readonly DatabaseToken[];
  readonly roles: readonly RoleToken[];
  /** The network that PostgreSQL sees; `all` is the keyword; null for a local record. */
  readonly address: Prefix | 'all' | null;
  readonly method: 'peer' | 'scram-sha-256' | 'md5' | 'cert' | 'gss' | 'ldap' | 'reject';
  readonly options: readonly (readonly [name: string, value: string])[];
  readonly client?: number;
  readonly reason: Reason;
}

/** A login role and what holds for it, gathered from the clients that use it. */
export interface Role {
  readonly name: string;
  readonly databases: 'all' | readonly string[];
  readonly replication: boolean;
  /** It logs in with a password that PostgreSQL stores. */
  readonly password: boolean;
  /** It needs a client certificate with its name. */
  readonly certificate: boolean;
  readonly connectionLimit: number | null;
  readonly validUntil: string | null;
  readonly path: string;
}

/** A client as it meets the server. */
export interface ClientAccess {
  readonly index: number;
  readonly client: Client;
  readonly path: string;
  /** Its name as part of file names, unique in the plan. */
  readonly slug: string;
  /** Where it stands. */
  readonly sources: readonly Prefix[];
  /** What PostgreSQL sees as its address: the sources, or the bastion's addresses. Empty for the socket. */
  readonly seenAs: readonly Prefix[];
  /** Ids of the peers of a tunnel at which, or behind which, it stands; none outside a tunnel. */
  readonly peers: readonly string[];
  /** Why PostgreSQL sees that address. */
  readonly seenBecause: Message;
  /** Addresses of the database that it connects to; empty for the socket. */
  readonly addresses: readonly string[];
  /** The servers that it is given: the primary, or the replicas. */
  readonly endpoints: readonly Endpoint[];
}

export interface Endpoint {
  /** Name, or address where there is none, that the client writes and the certificate must carry. */
  readonly host: string;
  /** The address behind it on this client's way; null for the socket. */
  readonly address: string | null;
  readonly port: number;
}

/** Who reaches what, from where and how: derived once from the plan; every file, diagram and test reads this. */
export interface AccessModel {
  readonly plan: Plan;
  readonly release: Release;
  readonly platform: PlatformFacts;
  readonly hosts: readonly Host[];
  readonly listen: readonly Listen[];
  readonly flows: readonly Flow[];
  readonly clients: readonly ClientAccess[];
  /** The records of the server's pg_hba.conf. */
  readonly grants: readonly Grant[];
  readonly replicas: readonly Replica[];
  /** The records of each replica's own pg_hba.conf, with the clients that are given the replicas. */
  readonly replicaGrants: readonly Grant[];
  readonly roles: readonly Role[];
  /** Databases that the plan names. */
  readonly databases: readonly string[];
}
