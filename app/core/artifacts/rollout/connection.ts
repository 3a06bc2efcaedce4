import type { AccessModel, ClientAccess, Endpoint } from '../../access/model.ts';
import { readsReplicas } from '../../access/replicas.ts';
import { proxyOf } from '../../plan/ways.ts';
import { LOCAL_FORWARD_ADDRESS, LOCAL_FORWARD_PORT } from '../bastion/forward.ts';
import { clientCertificates, rootCertificate } from '../tls/paths.ts';

/** One way for a client to connect: a server, a role and a database, with what it must check. */
export interface Connection {
  readonly access: ClientAccess;
  /** The name that the certificate must carry; null for the socket. */
  readonly host: string | null;
  /** Where the packets go, when that is not what the name means: the local end of an SSH forward. */
  readonly hostAddress: string | null;
  readonly port: number;
  readonly role: string;
  readonly database: string;
  readonly sslMode: 'verify-full' | 'verify-ca' | 'require' | null;
  /** TLS starts at once, without asking the server first (`sslnegotiation=direct`, libpq 17 and later). */
  readonly direct: boolean;
  /** `system`, a file, or null for libpq's own place. */
  readonly root: string | null;
  /** File name without ending of the client certificate; null where none is shown. */
  readonly certificate: string | null;
  /** SCRAM bound to the TLS channel, so that nobody in between can pass it on (RFC 5802 6). */
  readonly channelBinding: boolean;
  readonly replication: boolean;
  /** The other servers of the client, for drivers that take several. */
  readonly others: readonly Endpoint[];
  /** What the session must be able to do, where there are servers that can do less; null where all are alike. */
  readonly sessions: 'read-write' | 'prefer-standby' | null;
  /** The same for libpq and what reads its words: a release as old as this server may know only `read-write`. */
  readonly libpqSessions: 'read-write' | 'prefer-standby' | null;
  /** The servers are alike, and the driver may begin with any of them. */
  readonly spreads: boolean;
}

/** Every connection of a client: each server, role and database that it is given. `all` stands as the database `postgres`. */
export function connections(model: AccessModel, access: ClientAccess): Connection[] {
  const { client } = access;
  const databases =
    client.databases === 'all' ? ['postgres'] : client.replication === 'physical' ? [''] : client.databases;
  return servers(access).flatMap((endpoint) =>
    client.roles.flatMap((role) => databases.map((database) => connection(model, access, endpoint, role, database))),
  );
}

/**
 * The same connections as a driver is given them: the replicas of a client in one list, where it prefers one that still
 * is a standby; and the clients of the primary never left on a server that only reads. libpq knows `prefer-standby`
 * from 14 on, `read-write` from 10 (manual 34.1.2); pgJDBC and Npgsql ask the server themselves, whatever its major.
 */
export function spread(model: AccessModel, access: ClientAccess): Connection[] {
  const [first, ...others] = access.endpoints;
  const all = connections(model, access).filter(({ host }) => host === null || host === first?.host);
  if (model.replicas.length === 0 || first === undefined || access.client.replication === 'physical') return all;
  const reads = readsReplicas(access.client);
  const sessions = reads ? 'prefer-standby' : 'read-write';
  return all.map((connection) => ({
    ...connection,
    others,
    sessions,
    libpqSessions: reads && model.release.major < 14 ? null : sessions,
    spreads: reads && model.release.major >= 16,
  }));
}

const servers = (access: ClientAccess): (Endpoint | null)[] =>
  access.client.via === 'socket' ? [null] : [...access.endpoints];

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
    hostAddress: forwarded ? LOCAL_FORWARD_ADDRESS : null,
    port: forwarded ? LOCAL_FORWARD_PORT : (proxy?.port ?? model.plan.server.port),
    role,
    database,
    sslMode: overTls ? sslMode(client.verify, root === 'system') : null,
    // PgBouncer answers it from 1.25 on only, and no plan says which one will stand there.
    direct: overTls && model.plan.security.directTls && proxy?.kind !== 'pgbouncer',
    root:
      !overTls || client.verify === 'none'
        ? null
        : root === 'system'
          ? 'system'
          : root.file.startsWith('~')
            ? null
            : root.file,
    certificate:
      client.auth.method === 'cert' || client.auth.method === 'cert+scram' ? certificateSlug(model, role) : null,
    // PgBouncer ends the TLS of the client and offers no channel binding.
    channelBinding:
      overTls && password && proxy?.kind !== 'pgbouncer' && model.plan.security.passwordHashing === 'scram-sha-256',
    replication: client.replication === 'physical',
    others: [],
    sessions: null,
    libpqSessions: null,
    spreads: false,
  };
}

/** Any public authority signs for anyone, so libpq takes the system's trust store with verify-full only. */
const sslMode = (verify: 'full' | 'ca' | 'none', system: boolean) =>
  verify === 'full' || (verify === 'ca' && system) ? 'verify-full' : verify === 'ca' ? 'verify-ca' : 'require';

const certificateSlug = (model: AccessModel, role: string): string | null =>
  clientCertificates(model).find((certificate) => certificate.role === role)?.slug ?? null;
