import type { AccessModel, ClientAccess, Endpoint } from '../../model/model.ts';
import { readsReplicas } from '../../model/replicas.ts';
import { usesCertificate } from '../../model/roles.ts';
import { stableSlug } from '../../model/slug.ts';
import { parseAddress } from '../../net/prefix.ts';
import type { Client } from '../../plan/schema.ts';
import { proxyOf } from '../../plan/ways.ts';
import { LOCAL_FORWARD_ADDRESS, LOCAL_FORWARD_PORT } from '../bastion/forward.ts';
import { rootCertificate } from '../tls/paths.ts';

/** One way for a client to connect: a server, a role and a database, with what the client must verify. */
export interface Connection {
  readonly access: ClientAccess;
  /** The name that the certificate must contain; null for the socket. */
  readonly host: string | null;
  /** The addresses to connect to, if the name may resolve to something else; empty if the name is enough. */
  readonly hostAddresses: readonly string[];
  readonly port: number;
  readonly role: string;
  readonly database: string;
  readonly sslMode: 'verify-full' | 'verify-ca' | 'require' | null;
  /** Direct TLS (`sslnegotiation=direct`, libpq 17 and later). */
  readonly direct: boolean;
  /** `system`, a file, or null for libpq's default path. */
  readonly root: string | null;
  /** File name of the client certificate, without extension; null if none is presented. */
  readonly certificate: string | null;
  /** SCRAM bound to the TLS channel, so that nobody in between can relay it (RFC 5802 6). */
  readonly channelBinding: boolean;
  /** Where libpq gets a token and who asks for it; null without OAuth. */
  readonly oauth: { readonly issuer: string; readonly clientId: string } | null;
  readonly replication: boolean;
  /** The other servers of the client, for drivers that support several. */
  readonly others: readonly Endpoint[];
  /** What the session must be able to do, if some servers can do less; null if all are alike. */
  readonly sessions: 'read-write' | 'prefer-standby' | null;
  /**
   * The same for libpq and drivers that use its keywords: a release as old as this server may support only
   * `read-write`.
   */
  readonly libpqSessions: 'read-write' | 'prefer-standby' | null;
  /** The servers are alike, and the driver may start with any of them. */
  readonly spreads: boolean;
}

/**
 * A client with more pairs of role and database than this, or more combinations of server, role and database, is shown
 * as a pattern: 200 roles × 200 databases are 40,000 connection strings that nobody reads. For smaller clients, each
 * connection is written out and tested.
 */
const WRITTEN_OUT = { pairs: 16, combinations: 48 } as const;

/** Number of pairs of role and database that are tested beyond those that cover each once. */
const SAMPLE = 10;

/** The databases that a client names; `all` appears as the database `postgres`. */
const databasesOf = ({ databases, replication }: Client): readonly string[] =>
  databases === 'all' ? ['postgres'] : replication === 'physical' ? [''] : databases;

/** How many pairs of role and database a client has. */
export const pairs = ({ client }: ClientAccess): number => client.roles.length * databasesOf(client).length;

/** Number of connections of a client: each of its servers, roles and databases. */
export const combinations = (model: AccessModel, access: ClientAccess): number =>
  servers(model, access).length * pairs(access);

/** Whether the client has too many roles and databases to write out each pair. */
export const isPattern = (model: AccessModel, access: ClientAccess): boolean =>
  pairs(access) > WRITTEN_OUT.pairs || combinations(model, access) > WRITTEN_OUT.combinations;

/**
 * The connections that test a client: each of its servers, roles and databases. For a client that is a pattern: each
 * server, each role and each database once, and some more pairs; always the same ones.
 */
export function connections(model: AccessModel, access: ClientAccess): Connection[] {
  const { roles } = access.client;
  const databases = databasesOf(access.client);
  const ends = servers(model, access);
  if (!isPattern(model, access))
    return ends.flatMap((endpoint) =>
      roles.flatMap((role) => databases.map((database) => connection(model, access, endpoint, role, database))),
    );
  const longest = Math.max(ends.length, roles.length, databases.length);
  const covering = Array.from({ length: longest }, (_, index) => [index, index, index] as const);
  // Spread over the roles, each with a database that it is not paired with above.
  const step = Math.max(1, Math.floor(longest / SAMPLE));
  const sample =
    Math.min(roles.length, databases.length) === 1
      ? []
      : Array.from({ length: SAMPLE }, (_, index) => [0, index * step, index * step + 1 + (index % 2)] as const);
  const chosen = new Map(
    [...covering, ...sample].map(([end, role, database]) => {
      const places = [end % ends.length, role % roles.length, database % databases.length] as const;
      return [places.join(' '), places] as const;
    }),
  );
  return [...chosen.values()].map(([end, role, database]) =>
    connection(model, access, ends[end] ?? null, roles[role] ?? '', databases[database] ?? ''),
  );
}

/** Placeholders for the reader to replace: those of a pattern, and the client ID of each user. */
export const PLACEHOLDERS = {
  role: 'ROLE',
  database: 'DATABASE',
  certificate: 'CERTIFICATE',
  clientId: 'CLIENT_ID',
} as const;

/** A client's connection for a driver, with placeholders for the reader to replace. */
export const patternOf = (model: AccessModel, access: ClientAccess): Connection =>
  forDriver(model, {
    ...connection(model, access, servers(model, access)[0] ?? null, PLACEHOLDERS.role, PLACEHOLDERS.database),
    certificate: usesCertificate(access.client) ? PLACEHOLDERS.certificate : null,
  });

/**
 * The same connections as configured in a driver: the replicas of a client in one list, preferring one that still is a
 * standby; and clients of the primary never use a read-only server. libpq supports `prefer-standby` since 14,
 * `read-write` since 10 (manual 34.1.2); pgJDBC and Npgsql query the server themselves, whatever its major.
 */
export function spread(model: AccessModel, access: ClientAccess): Connection[] {
  const [first] = servers(model, access);
  return connections(model, access)
    .filter(({ host }) => host === null || host === first?.host)
    .map((one) => forDriver(model, one));
}

function forDriver(model: AccessModel, one: Connection): Connection {
  const { client, index } = one.access;
  const [first, ...others] = model.endpoints[index] ?? [];
  if (model.replicas.length === 0 || first === undefined || client.replication === 'physical') return one;
  const reads = readsReplicas(client);
  const sessions = reads ? 'prefer-standby' : 'read-write';
  return {
    ...one,
    others,
    sessions,
    libpqSessions: reads && model.release.major < 14 ? null : sessions,
    spreads: reads && model.release.major >= 16,
  };
}

const servers = (model: AccessModel, { client, index }: ClientAccess): readonly (Endpoint | null)[] =>
  client.via === 'socket' ? [null] : (model.endpoints[index] ?? []);

function connection(
  model: AccessModel,
  access: ClientAccess,
  endpoint: Endpoint | null,
  role: string,
  database: string,
): Connection {
  const { client } = access;
  const proxy = proxyOf(model.plan, client.via);
  const forwarded = client.via === 'bastion' && !proxy;
  const overTls = endpoint !== null;
  const root = rootCertificate(model);
  const password = client.auth.method === 'scram' || client.auth.method === 'cert+scram';
  return {
    access,
    host: endpoint?.host ?? null,
    hostAddresses: forwarded ? [LOCAL_FORWARD_ADDRESS] : ownAddresses(model, access),
    port: forwarded ? LOCAL_FORWARD_PORT : (proxy?.port ?? model.plan.server.port),
    role,
    database,
    sslMode: overTls ? sslMode(client.verify, root === 'system') : null,
    // PgBouncer supports it only since 1.25, and no plan states the version of PgBouncer.
    direct: overTls && model.plan.security.directTls && proxy?.kind !== 'pgbouncer',
    root:
      !overTls || client.verify === 'none'
        ? null
        : root === 'system'
          ? 'system'
          : root.file.startsWith('~')
            ? null
            : root.file,
    certificate: usesCertificate(client) ? stableSlug(role) : null,
    // PgBouncer terminates the TLS of the client and offers no channel binding.
    channelBinding:
      overTls && password && proxy?.kind !== 'pgbouncer' && model.plan.security.passwordHashing === 'scram-sha-256',
    oauth:
      client.auth.method === 'oauth'
        ? { issuer: client.auth.issuer, clientId: client.auth.clientId ?? PLACEHOLDERS.clientId }
        : null,
    replication: client.replication === 'physical',
    others: [],
    sessions: null,
    libpqSessions: null,
    spreads: false,
  };
}

/** The tunnel's own configuration finds its other end by the name of the database server. */
export const isTunnelEndpoint = ({ plan: { server, network } }: AccessModel): boolean =>
  network.pattern === 'vpn' && network.gateway.endpoint === server.name;

/**
 * The addresses of the server on this client's access path, if its name may resolve to the address of another path. The
 * public DNS contains the public address or the end of the tunnel, where PostgreSQL doesn't listen for this client.
 * Only addresses of a family that the client has: libpq doesn't try the next address after one that rejects the login.
 */
function ownAddresses(model: AccessModel, { client, addresses, sources }: ClientAccess): string[] {
  const { server } = model.plan;
  if (server.name === null || readsReplicas(client)) return [];
  const resolvesElsewhere =
    client.via === 'vpn' ||
    (client.via === 'private' && (server.addresses.public.length > 0 || isTunnelEndpoint(model)));
  if (!resolvesElsewhere) return [];
  return addresses.filter((text) => sources.some(({ family }) => family === parseAddress(text)?.family));
}

/** Any public CA signs for anyone, so libpq allows the system's trust store with verify-full only. */
const sslMode = (verify: 'full' | 'ca' | 'none', system: boolean) =>
  verify === 'full' || (verify === 'ca' && system) ? 'verify-full' : verify === 'ca' ? 'verify-ca' : 'require';
