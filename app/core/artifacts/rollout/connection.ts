import type { AccessModel, ClientAccess, Endpoint } from '../../access/model.ts';
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
  /** `system`, a file, or null for libpq's own place. */
  readonly root: string | null;
  /** File name without ending of the client certificate; null where none is shown. */
  readonly certificate: string | null;
  /** SCRAM bound to the TLS channel, so that nobody in between can pass it on (RFC 5802 6). */
  readonly channelBinding: boolean;
  readonly replication: boolean;
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
  };
}

/** Any public authority signs for anyone, so libpq takes the system's trust store with verify-full only. */
const sslMode = (verify: 'full' | 'ca' | 'none', system: boolean) =>
  verify === 'full' || (verify === 'ca' && system) ? 'verify-full' : verify === 'ca' ? 'verify-ca' : 'require';

const certificateSlug = (model: AccessModel, role: string): string | null =>
  clientCertificates(model).find((certificate) => certificate.role === role)?.slug ?? null;
