import type { Message } from '../messages/message.ts';
import type { Prefix } from '../net/prefix.ts';
import type { Client, Plan } from '../plan/schema.ts';
import type { PlatformFacts } from '../postgres/platform.ts';
import type { Release } from '../postgres/release.ts';

/** Why an item is in the model, with the plan path of the answer that it follows from. */
export interface Reason {
  readonly message: Message;
  readonly path: string;
}

export type HostKind = 'server' | 'replica' | 'gateway' | 'peer' | 'bastion';

/** A machine in the plan. `id` is unique in a model: `server`, `gateway`, `bastion`, `peer-0`, `replica-0`. */
export interface Host {
  readonly id: string;
  readonly kind: HostKind;
  /** What the plan calls it. The server's own name is `plan.server.name`, and this a description. */
  readonly name: string;
  readonly addresses: readonly string[];
  /** A managed service of a cloud: nobody can log in, and no file is generated for it. */
  readonly managed?: true;
  readonly path: string;
}

/** One entry of `listen_addresses`: an address of the server, `localhost`, or `*` in a container. */
export interface Listen {
  readonly address: string;
  readonly reason: Reason;
  /** The address exists only while the tunnel is up. */
  readonly late: boolean;
}

/** Allowed traffic: from networks to the addresses and port of a host. Other traffic to the port is blocked. */
export interface Flow {
  readonly id: string;
  readonly from: readonly Prefix[];
  /** Id of the sending host, if it is a host of the plan. */
  readonly fromHost?: string;
  readonly to: string;
  readonly addresses: readonly Prefix[];
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly service: 'postgresql' | 'ssh' | 'wireguard' | 'ipsec' | 'pgbouncer' | 'haproxy';
  /** Encryption on this hop. */
  readonly encryption: 'tls' | 'optional-tls' | 'ssh' | 'wireguard' | 'ipsec';
  /** Index of the client in the plan, for the flow of a client. */
  readonly client?: number;
  readonly reason: Reason;
}

export type DatabaseToken =
  | { readonly kind: 'all' }
  | { readonly kind: 'replication' }
  | { readonly kind: 'name'; readonly name: string };
export type RoleToken = { readonly kind: 'all' } | { readonly kind: 'name'; readonly name: string };

export type ConnectionType = 'local' | 'host' | 'hostssl' | 'hostnossl';

/** The section of pg_hba.conf that an entry belongs to, in file order. */
export type Section = 'local' | 'loopback' | 'superuser' | 'clients' | 'replication' | 'end';

/** One record of the generated pg_hba.conf. Lists of entries are in file order: the first match decides. */
export interface HbaEntry {
  readonly section: Section;
  readonly connection: ConnectionType;
  readonly databases: readonly DatabaseToken[];
  readonly roles: readonly RoleToken[];
  /** Source network as PostgreSQL sees it; `all` for the keyword; null for a `local` record. */
  readonly address: Prefix | 'all' | null;
  readonly method: 'peer' | 'scram-sha-256' | 'md5' | 'cert' | 'gss' | 'ldap' | 'oauth' | 'reject';
  readonly options: readonly (readonly [name: string, value: string])[];
  /** Path of a file on the server with a secret option, included with `@`. */
  readonly optionFile?: string;
  readonly client?: number;
  /** Index of the local service in the plan, for the record of a service. */
  readonly service?: number;
  readonly reason: Reason;
}

/** A login role, with the requirements of all clients that use it. */
export interface Role {
  readonly name: string;
  readonly databases: 'all' | readonly string[];
  readonly replication: boolean;
  /** The role logs in with a password that PostgreSQL stores. */
  readonly password: boolean;
  /** The role needs a client certificate with its name. */
  readonly certificate: boolean;
  readonly connectionLimit: number | null;
  readonly validUntil: string | null;
  readonly path: string;
}

/** A client, with the addresses that follow from the plan. */
export interface ClientAccess {
  readonly index: number;
  readonly client: Client;
  readonly path: string;
  /** The name in file names, unique in the plan. */
  readonly slug: string;
  /** Source networks of the client. */
  readonly sources: readonly Prefix[];
  /** Source networks as PostgreSQL sees them: the sources, or the bastion's addresses. Empty for the Unix socket. */
  readonly seenAs: readonly Prefix[];
  /** Ids of the VPN peers that the client runs on or behind; empty without a VPN. */
  readonly peers: readonly string[];
  /** Why PostgreSQL sees these addresses. */
  readonly seenBecause: Message;
  /** Addresses of the server that the client connects to; empty for the Unix socket. */
  readonly addresses: readonly string[];
}

export interface Endpoint {
  /** Host name, or address if there is no name, in connection strings. The server certificate must contain it. */
  readonly host: string;
  /** Address of the host as this client reaches it; null for the Unix socket. */
  readonly address: string | null;
  readonly port: number;
}

/** A read replica that streams from the primary, with its own pg_hba.conf. */
export interface Replica {
  readonly index: number;
  readonly name: string;
  /** The name in file names and the name of its certificate, unique in the plan. */
  readonly slug: string;
  readonly addresses: readonly string[];
  /** Name of its replication slot on the primary; null if the plan has no slots. */
  readonly slot: string | null;
  readonly path: string;
}

/** The access model: derived once from the plan, and the single source for all files, diagrams and tests. */
export interface AccessModel {
  readonly plan: Plan;
  readonly release: Release;
  readonly platform: PlatformFacts;
  readonly hosts: readonly Host[];
  readonly listen: readonly Listen[];
  readonly flows: readonly Flow[];
  readonly clients: readonly ClientAccess[];
  /** The servers in the connection strings of each client, by its index: the primary, or the replicas. */
  readonly endpoints: readonly (readonly Endpoint[])[];
  /** The records of the server's pg_hba.conf. */
  readonly hbaEntries: readonly HbaEntry[];
  readonly replicas: readonly Replica[];
  /** The records of each replica's pg_hba.conf, with the clients of the replicas. */
  readonly replicaHbaEntries: readonly HbaEntry[];
  readonly roles: readonly Role[];
  /** Databases that the clients of the plan list. */
  readonly databases: readonly string[];
}
