import type { Client, Plan } from '../../../app/core/index.ts';
import { holds, inside, outside } from './prefix.ts';

/** A connection to try, in terms of the plan, and its expected result. */
export interface Trial {
  /** What is tried and why, for the failure message. */
  readonly title: string;
  readonly source: string;
  readonly target: string;
  readonly role: string;
  readonly database: string;
  readonly tls: boolean;
  readonly replication: Client['replication'];
  readonly password: 'right' | 'wrong' | 'none';
  /** The role whose certificate is presented. */
  readonly certificate: string | null;
  readonly expected: 'in' | Refusal;
}

export type Refusal =
  /** No record, or a reject record, matched. */
  | { readonly by: 'pg_hba.conf' }
  /** A record matched and required something that the client did not have. */
  | { readonly by: 'authentication'; readonly messages: readonly string[] };

/** A role that exists and is in no plan. */
export const stranger = 'postern_stranger';

type Tcp = Client & { readonly via: Exclude<Client['via'], 'socket'> };

export const overTcp = (plan: Plan): Tcp[] => plan.clients.filter((client): client is Tcp => client.via !== 'socket');

/** The clients that connect to the primary. Clients of the replicas are unknown there. */
export const ofPrimary = (plan: Plan): Tcp[] => overTcp(plan).filter(({ endpoint }) => endpoint === 'primary');

/** What PostgreSQL sees of a client: its own networks, or the bastion's addresses if it forwards for the client. */
export function seenAs(plan: Plan, client: Client): readonly string[] {
  return client.via === 'bastion' && plan.network.pattern === 'bastion'
    ? plan.network.privateAddresses
    : client.sources;
}

/**
 * Addresses of this server on the client's access path. A router in front translates the public ones to the private
 * ones.
 */
export function targets({ server, network }: Plan, via: Tcp['via']): readonly string[] {
  if (via === 'public') return server.publicBehindNat ? server.addresses.private : server.addresses.public;
  const tunnelEndsHere = via === 'vpn' && network.pattern === 'vpn' && network.gateway.placement === 'server';
  return tunnelEndsHere ? server.addresses.vpn : server.addresses.private;
}

/** Every address that the namespace must have for the server's part. */
export const serverAddresses = ({ server }: Plan): string[] => [
  ...(server.publicBehindNat ? [] : server.addresses.public),
  ...server.addresses.private,
  ...server.addresses.vpn,
];

/** Whether the binaries of the tests have the method built in; clients with other methods are counted, not tried. */
export const triable = ({ auth }: Client): boolean => auth.method !== 'gss' && auth.method !== 'ldap';

const sameFamily = (a: string, b: string): boolean => a.includes(':') === b.includes(':');

type Region = Pick<Trial, 'source' | 'role' | 'database' | 'tls' | 'replication'>;

/** The clients that may make this connection. */
function openFor(plan: Plan, { source, role, database, tls, replication }: Region): Tcp[] {
  return ofPrimary(plan).filter(
    (client) =>
      seenAs(plan, client).some((network) => holds(network, source)) &&
      client.roles.includes(role) &&
      (tls || client.tls === 'allow') &&
      (replication === 'physical'
        ? client.replication === 'physical'
        : client.replication !== 'physical' && (client.databases === 'all' || client.databases.includes(database))),
  );
}

/** The databases to try as this client; for "all", those that the plan names and the one that always exists. */
function wanted(plan: Plan, client: Client): readonly string[] {
  if (client.replication === 'physical') return [''];
  if (client.databases !== 'all') return client.databases;
  const named = plan.clients.flatMap(({ databases }) => (databases === 'all' ? [] : databases));
  return ['postgres', ...new Set(named)].slice(0, 3);
}

/** What this client presents if it follows the plan. */
const proper = (client: Client, role: string) => ({
  password: client.auth.method === 'cert' ? ('none' as const) : ('right' as const),
  certificate: client.auth.method === 'cert' || client.auth.method === 'cert+scram' ? role : null,
});

/** Every connection that the plan promises: each client, from each of its networks, for each role and database, by each address of its family. */
export const promised = (plan: Plan): Trial[] => ofPrimary(plan).flatMap((client) => promisedTo(plan, client));

function promisedTo(plan: Plan, client: Tcp): Trial[] {
  if (!triable(client) || client.connectionLimit === 0) return [];
  return seenAs(plan, client).flatMap((network) =>
    targets(plan, client.via)
      .filter((target) => sameFamily(target, network))
      .flatMap((target) =>
        client.roles.flatMap((role) =>
          wanted(plan, client).flatMap((database) => entries(plan, client, network, target, role, database)),
        ),
      ),
  );
}

function entries(plan: Plan, client: Tcp, network: string, target: string, role: string, database: string): Trial[] {
  const region = { role, database, tls: true, replication: client.replication };
  // If another client's authentication covers the same connection, the narrower network decides; an address that only
  // this client has is more informative.
  const alone = inside(network).filter((source) =>
    openFor(plan, { ...region, source }).every((one) => one.auth.method === client.auth.method),
  );
  const places = (alone.length > 0 ? alone : inside(network)).slice(0, 2);
  const shown = proper(client, role);
  const expired =
    client.validUntil !== null && shown.password === 'right' && new Date(`${client.validUntil}T23:59:59Z`) < new Date();
  const expected: Trial['expected'] = expired
    ? { by: 'authentication', messages: [`password authentication failed for user "${role}"`] }
    : 'in';
  return places.map((source) => ({
    title: `client "${client.name}" as ${role} from its network ${network}${expired ? ', after its last day' : ''}`,
    source,
    target,
    ...region,
    // If it is not the only one, any matching record gets what it requires.
    ...(alone.length > 0 ? shown : { password: 'right' as const, certificate: role }),
    expected,
  }));
}

/** For each client, similar connections that the plan does not allow: one thing wrong at a time. */
export function unwelcome(plan: Plan, major: number): Trial[] {
  return [
    ...ofPrimary(plan)
      .filter(triable)
      .flatMap((client) => [...atTheDoor(plan, client), ...withoutProof(plan, client, major)]),
    ...overTcp(plan)
      .filter(({ endpoint }) => endpoint === 'replica')
      .flatMap((client) => atThePrimary(plan, client)),
  ];
}

/** A client of the replicas that connects to the primary with everything that its replica would accept. */
const atThePrimary = (plan: Plan, client: Tcp): Trial[] =>
  promisedTo(plan, client)
    .filter((trial) => openFor(plan, trial).length === 0)
    .slice(0, 4)
    .map((trial) => ({ ...trial, title: `${trial.title}, but at the primary`, expected: { by: 'pg_hba.conf' } }));

/** Wrong address, database, role, encryption, or kind of connection: pg_hba.conf itself must reject these. */
function atTheDoor(plan: Plan, client: Tcp): Trial[] {
  const one = standing(plan, client);
  if (!one) return [];
  const { role } = one;
  const refused = { ...one, expected: { by: 'pg_hba.conf' } as const };
  const trials: Trial[] = [
    ...seenAs(plan, client).flatMap((network) => {
      const target = targets(plan, client.via).find((address) => sameFamily(address, network));
      const elsewhere = target
        ? outside(network).filter((source) => openFor(plan, { ...one, source }).length === 0)
        : [];
      return elsewhere
        .slice(0, 2)
        .map((source) => ({ ...refused, target: target ?? '', source, title: `${source} is outside ${network}` }));
    }),
    { ...refused, tls: false, title: 'without TLS' },
    { ...refused, role: stranger, certificate: null, title: 'a role of no client' },
    { ...refused, role: plan.server.superuser, certificate: null, title: 'the superuser from a client address' },
    { ...refused, database: 'postgres', replication: 'none', title: 'a database that is not its own' },
    { ...refused, database: 'postgres', replication: 'physical', title: 'physical replication by a client without it' },
  ];
  return trials
    .filter((trial) => openFor(plan, trial).length === 0)
    .map((trial) => ({ ...trial, title: `client "${client.name}" as ${role}, but ${trial.title}` }));
}

/** Everything is right except the authentication: the record that matches the client must reject these. */
function withoutProof(plan: Plan, client: Tcp, major: number): Trial[] {
  const one = standing(plan, client);
  if (!one || openFor(plan, one).some((other) => other.auth.method !== client.auth.method)) return [];
  const refused = (title: string, change: Partial<Trial>, ...messages: string[]): Trial => ({
    ...one,
    ...change,
    title: `client "${client.name}" as ${one.role}, but ${title}`,
    expected: { by: 'authentication', messages },
  });
  const password = `password authentication failed for user "${one.role}"`;
  const certificate = `certificate authentication failed for user "${one.role}"`;
  const none = 'connection requires a valid client certificate';
  const other = plan.clients
    .flatMap((each) => (proper(each, '').certificate === null ? [] : each.roles))
    .find((role) => role !== one.role);
  const trials: Trial[] = [];
  if (one.password === 'right') trials.push(refused('with a wrong password', { password: 'wrong' }, password));
  if (one.certificate !== null) {
    trials.push(refused('without a certificate', { certificate: null }, none));
    // PostgreSQL 11 does not support verify-full in addition to a password, so there the certificate proves only the
    // CA.
    const checksName = client.auth.method === 'cert' || major >= 12;
    if (other && checksName) {
      const message = client.auth.method === 'cert' ? certificate : password;
      trials.push(refused(`with the certificate of ${other}`, { certificate: other }, message));
    }
  }
  return trials;
}

/** One connection of this client that succeeds, from which the rejected ones differ in one point. */
function standing(plan: Plan, client: Tcp): Trial | undefined {
  return promisedTo(plan, client).find((trial) => trial.expected === 'in');
}

/** The messages with which PostgreSQL of this major may reject a trial, word for word. */
export function refusalMessages(plan: Plan, major: number, trial: Trial): readonly string[] {
  if (trial.expected === 'in') return [];
  if (trial.expected.by === 'authentication') return trial.expected.messages;
  const encryption = major >= 14 ? (trial.tls ? 'SSL encryption' : 'no encryption') : trial.tls ? 'SSL on' : 'SSL off';
  // 11 to 13 also say "replication connection" for a logical one.
  const replication = trial.replication === 'physical' || (trial.replication === 'logical' && major < 14);
  const database = replication ? '' : `, database "${trial.database}"`;
  const about = `"${trial.source}", user "${trial.role}"${database}, ${encryption}`;
  const rejected = `pg_hba.conf rejects ${replication ? 'replication connection' : 'connection'} for host ${about}`;
  const missing = `no pg_hba.conf entry for ${replication ? 'replication connection from host' : 'host'} ${about}`;
  // With the explicit reject at the end, every connection matches a record.
  return plan.security.finalReject ? [rejected] : [rejected, missing];
}
