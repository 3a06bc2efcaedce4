import { Socket, type SocketConnectOpts } from 'node:net';
import { Client, type ClientConfig } from 'pg';

export interface Credentials {
  readonly password?: string;
  /** PEM texts. */
  readonly certificate?: { readonly cert: string; readonly key: string };
}

/** One connection as a client would make it: one attempt with exactly these options, without fallback. */
export interface Attempt extends Credentials {
  readonly source: string;
  readonly target: string;
  readonly port: number;
  readonly role: string;
  readonly database: string;
  /** `null` is a connection without TLS; else the CA, and the name that the server's certificate must contain. */
  readonly tls: { readonly ca: string; readonly name: string } | null;
  readonly replication: 'none' | 'physical' | 'logical';
}

export type Outcome =
  | { readonly kind: 'in'; readonly user: string; readonly from: string; readonly tls: string }
  /** `message` is PostgreSQL's own, without `FATAL:`; or the error of the network or TLS. */
  | { readonly kind: 'refused'; readonly message: string; readonly code: string };

/** A socket that binds the client's own address before it connects. */
class SourceSocket extends Socket {
  readonly #source: string;
  constructor(source: string) {
    super();
    this.#source = source;
  }
  override connect(...args: unknown[]): this {
    const [port, host] = args;
    const options: SocketConnectOpts = { port: Number(port), host: String(host), localAddress: this.#source };
    return super.connect(options);
  }
}

/** The client of an attempt, before it connects. */
export function clientOf(one: Attempt): Client {
  const config: ClientConfig & { enableChannelBinding: boolean; replication?: string } = {
    host: one.target,
    port: one.port,
    user: one.role,
    database: one.database,
    stream: () => new SourceSocket(one.source),
    enableChannelBinding: true,
    connectionTimeoutMillis: 10_000,
    query_timeout: 10_000,
    ssl: one.tls
      ? {
          ca: one.tls.ca,
          host: one.tls.name,
          // Node checks the certificate against `servername`, and sends it only where it is a name.
          servername: one.tls.name,
          rejectUnauthorized: true,
          ...one.certificate,
        }
      : false,
    ...(one.password === undefined ? {} : { password: one.password }),
    ...(one.replication === 'physical' ? { replication: 'true' } : {}),
    ...(one.replication === 'logical' ? { replication: 'database' } : {}),
  };
  const client = new Client(config);
  // A server that closes the connection must not end the test run.
  client.on('error', () => undefined);
  return client;
}

export async function attempt(one: Attempt): Promise<Outcome> {
  const client = clientOf(one);
  try {
    await client.connect();
    return one.replication === 'none' ? await whoAmI(client) : await identify(client, one);
  } catch (error) {
    return { kind: 'refused', ...said(error) };
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function whoAmI(client: Client): Promise<Outcome> {
  const { rows } = await client.query(
    'select current_user as user, host(inet_client_addr()) as from, coalesce(version, $1) as tls from pg_stat_ssl where pid = pg_backend_pid()',
    ['none'],
  );
  return { kind: 'in', ...rows[0] };
}

/** A replication connection accepts only commands of the replication protocol. */
async function identify(client: Client, one: Attempt): Promise<Outcome> {
  const { rows } = await client.query('IDENTIFY_SYSTEM');
  if (!rows[0]?.systemid) return { kind: 'refused', message: 'IDENTIFY_SYSTEM gave no system identifier', code: '' };
  return { kind: 'in', user: one.role, from: one.source, tls: one.tls ? 'yes' : 'none' };
}

function said(error: unknown): { readonly message: string; readonly code: string } {
  const { message, code } = error as { message?: string; code?: string };
  return { message: message ?? String(error), code: code ?? '' };
}
