import { type Message, say } from '../messages/message.ts';
import { byNarrowness, overlap, type Prefix, parseAddress, prefixText } from '../net/prefix.ts';
import type { Auth, Client, Plan } from '../plan/schema.ts';
import { proxyOf } from '../plan/ways.ts';
import { platformFacts } from '../postgres/platform.ts';
import type { ClientAccess, DatabaseToken, Grant, RoleToken } from './model.ts';
import { readsReplicas, streamGrants } from './replicas.ts';

/** Names in one field of one record. Servers before August 2023 read at most 8190 bytes of a line. */
const NAMES_PER_RECORD = 30;

const ALL = { kind: 'all' } as const;
const REPLICATION = { kind: 'replication' } as const;
const named = (name: string) => ({ kind: 'name', name }) as const;

/** Name of the map in pg_ident.conf that lets the server's account in as a superuser of another name. */
export const SUPERUSER_MAP = 'postern';

/**
 * The records of pg_hba.conf in file order, so that the first match gives what was asked: local administration,
 * superuser rejects, clients from narrow to broad, replication, explicit rejects.
 */
export function grants(plan: Plan, major: number, clients: readonly ClientAccess[]): Grant[] {
  const own = clients.filter(({ client }) => !readsReplicas(client));
  const streams =
    plan.network.pattern === 'private'
      ? streamGrants(plan, authentication(plan, { method: plan.network.replicationAuth }, major))
      : [];
  return records(plan, major, own, streams);
}

/** The records of every replica: the same ways in for the administrator, and the clients that are given the replicas. */
export function replicaGrants(plan: Plan, major: number, clients: readonly ClientAccess[]): Grant[] {
  return records(
    plan,
    major,
    clients.filter(({ client }) => readsReplicas(client)),
    [],
  );
}

function records(plan: Plan, major: number, clients: readonly ClientAccess[], streams: readonly Grant[]): Grant[] {
  const onServer = clients.filter(({ client }) => client.via === 'socket');
  const remote = clients.filter(({ client }) => client.via !== 'socket');
  const streaming = remote.filter(({ client }) => client.replication === 'physical');
  const ordinary = remote.filter(({ client }) => client.replication !== 'physical');
  return [
    ...localGrants(plan, onServer),
    ...loopbackGrants(plan, major, onServer),
    ...superuserRejects(plan),
    ...closeClearText(
      [
        ...ordinary.flatMap((access) => remoteGrants(plan, major, access, access.seenAs)),
        ...poolerGrants(plan, ordinary),
      ].toSorted(narrowFirst),
    ),
    ...closeClearText(
      [...streams, ...streaming.flatMap((access) => remoteGrants(plan, major, access, access.seenAs))].toSorted(
        narrowFirst,
      ),
    ),
    ...endRejects(plan),
  ];
}

function localGrants(plan: Plan, onServer: readonly ClientAccess[]): Grant[] {
  const { server } = plan;
  const { osUser, localMethod } = platformFacts(server, server.major);
  if (server.platform === 'windows') return [];
  const sameName = osUser === server.superuser;
  const base = { section: 'local', connection: 'local', address: null, method: 'peer' } as const;
  const superuser = {
    ...base,
    roles: [named(server.superuser)],
    options: sameName ? [] : ([['map', SUPERUSER_MAP]] as const),
  };
  const reason: Message = sameName
    ? say('grant.local.superuser')
    : say('grant.local.superuserMap', { account: osUser, superuser: server.superuser });
  return [
    { ...superuser, databases: [ALL], reason: { message: reason, path: 'server.superuser' } },
    {
      ...superuser,
      databases: [REPLICATION],
      reason: { message: say('grant.local.superuserReplication'), path: 'server.superuser' },
    },
    ...onServer.flatMap((access) =>
      nameFields(access.client).map((fields): Grant => {
        return {
          ...base,
          ...fields,
          method: access.client.auth.method === 'peer' ? 'peer' : passwordMethod(plan),
          options: [],
          client: access.index,
          reason: { message: say('grant.local.client', { client: access.client.name }), path: access.path },
        };
      }),
    ),
    ...(localMethod === 'peer'
      ? [
          {
            ...base,
            databases: [ALL],
            roles: [ALL],
            options: [],
            reason: { message: say('grant.local.everyone'), path: 'server.platform' },
          },
        ]
      : []),
  ];
}

/** Passwords over the server's own loopback: the administrator's tools, and clients on the server that have no socket. */
function loopbackGrants(plan: Plan, major: number, onServer: readonly ClientAccess[]): Grant[] {
  const base = { section: 'loopback', connection: 'host', method: passwordMethod(plan), options: [] } as const;
  const oldWindows = plan.server.platform === 'windows' && major < 14;
  const superuser: Omit<Grant, 'address'>[] =
    plan.administration.loopback || plan.server.platform === 'windows'
      ? [
          {
            ...base,
            databases: [ALL],
            roles: [named(plan.server.superuser)],
            // Before 14 a superuser's password is md5 unless someone changed that; md5 takes both kinds, and without a
            // socket SCRAM alone would lock the administrator out.
            ...(oldWindows ? { method: 'md5' as const } : {}),
            reason: {
              message: say(oldWindows ? 'grant.loopback.oldWindows' : 'grant.loopback.superuser'),
              path: 'administration.loopback',
            },
          },
        ]
      : [];
  const clients = onServer
    .filter(({ client }) => client.auth.method === 'scram')
    .flatMap((access) =>
      nameFields(access.client).map((fields): Omit<Grant, 'address'> => {
        const message = say('grant.local.client', { client: access.client.name });
        return { ...base, ...fields, client: access.index, reason: { message, path: access.path } };
      }),
    );
  return [...superuser, ...clients].flatMap((grant) => loopback.map((address): Grant => ({ ...grant, address })));
}

const loopback = ['127.0.0.1', '::1'].flatMap((text) => parseAddress(text) ?? []);

function superuserRejects(plan: Plan): Grant[] {
  if (plan.security.remoteSuperuser) return [];
  const base = {
    section: 'superuser',
    connection: 'host',
    roles: [named(plan.server.superuser)],
    address: 'all',
    method: 'reject',
    options: [],
  } as const;
  const path = 'security.remoteSuperuser';
  return [
    { ...base, databases: [ALL], reason: { message: say('grant.superuser.reject'), path } },
    { ...base, databases: [REPLICATION], reason: { message: say('grant.superuser.replication'), path } },
  ];
}

/** The role with which PgBouncer asks for the secrets of others, in every database that it serves. */
function poolerGrants(plan: Plan, clients: readonly ClientAccess[]): Grant[] {
  const pooled = clients.filter(({ client }) => proxyOf(plan, client.via)?.kind === 'pgbouncer');
  const proxy = proxyOf(plan, 'bastion');
  const [first] = pooled;
  if (proxy?.kind !== 'pgbouncer' || !first) return [];
  const databases = [...new Set(pooled.flatMap(({ client }) => (client.databases === 'all' ? [] : client.databases)))];
  return first.seenAs.flatMap((address) =>
    chunks(databases.map(named)).map(
      (names): Grant => ({
        section: 'clients',
        connection: 'hostssl',
        databases: names,
        roles: [named(proxy.authRole)],
        address,
        method: passwordMethod(plan),
        options: [],
        reason: { message: say('grant.pooler', { role: proxy.authRole }), path: 'network.proxy.authRole' },
      }),
    ),
  );
}

/**
 * The records by which PgBouncer on the bastion decides: the same clients, at the networks where they stand. PostgreSQL
 * sees the bastion alone, so the check of the network is made here or nowhere.
 */
export function pooledGrants(plan: Plan, major: number, clients: readonly ClientAccess[]): Grant[] {
  const pooled = clients.filter(({ client }) => proxyOf(plan, client.via)?.kind === 'pgbouncer');
  const withoutReplication = ({ databases }: Grant) => databases.every(({ kind }) => kind !== 'replication');
  return [
    ...superuserRejects(plan),
    ...closeClearText(
      pooled
        .flatMap((access) => remoteGrants(plan, major, access, access.sources))
        .map((grant): Grant => ({ ...grant, connection: onlyTls(plan, grant) ? 'hostssl' : 'host' }))
        .toSorted(narrowFirst),
    ),
    ...endRejects(plan),
  ].filter(withoutReplication);
}

const onlyTls = (plan: Plan, { client }: Grant) => client === undefined || plan.clients[client]?.tls === 'require';

function remoteGrants(plan: Plan, major: number, access: ClientAccess, networks: readonly Prefix[]): Grant[] {
  const { client } = access;
  const physical = client.replication === 'physical';
  const { method, options, words } = authentication(plan, client.auth, major);
  const pooled = proxyOf(plan, client.via)?.kind === 'pgbouncer';
  return networks.flatMap((address) =>
    nameFields(client).map((fields): Grant => {
      const values = {
        client: client.name,
        roles: client.roles.join(', '),
        databases: client.databases === 'all' ? say('databases.all').text : client.databases.join(', '),
        source: prefixText(address),
        method: words.text,
      };
      return {
        ...fields,
        databases: physical ? [REPLICATION] : fields.databases,
        section: physical ? 'replication' : 'clients',
        // PgBouncer always speaks TLS to the server, whatever its client did.
        connection: client.tls === 'require' || pooled ? 'hostssl' : 'host',
        address,
        method,
        options,
        client: access.index,
        reason: { message: say(physical ? 'grant.replication' : 'grant.client', values), path: access.path },
      };
    }),
  );
}

/**
 * A record for TLS only lets clear text fall through. Where a later record would catch it, a reject for the same
 * databases, roles and network follows at once.
 */
function closeClearText(ordered: readonly Grant[]): Grant[] {
  return ordered.flatMap((grant, index) => {
    if (grant.connection !== 'hostssl') return [grant];
    const open = ordered.slice(index + 1).some((later) => later.connection === 'host' && meet(grant, later));
    if (!open) return [grant];
    const message = say('grant.client.tlsOnly', { client: grant.reason.message.values.client ?? '' });
    const reject: Grant = {
      ...grant,
      connection: 'hostnossl',
      method: 'reject',
      options: [],
      reason: { message, path: grant.client === undefined ? 'clients' : `clients.${grant.client}.tls` },
    };
    return [grant, reject];
  });
}

/** Some connection matches both records, whatever their connection types. */
export function meet(a: Grant, b: Grant): boolean {
  return tokensMeet(a.databases, b.databases) && tokensMeet(a.roles, b.roles) && networksMeet(a.address, b.address);
}

type Token = DatabaseToken | RoleToken;

const tokensMeet = (a: readonly Token[], b: readonly Token[]): boolean =>
  a.some((one) =>
    b.some((other) => {
      if (one.kind === 'replication' || other.kind === 'replication') return one.kind === other.kind;
      return one.kind === 'all' || other.kind === 'all' || one.name === other.name;
    }),
  );

const networksMeet = (a: Grant['address'], b: Grant['address']): boolean =>
  a === null || b === null ? a === b : a === 'all' || b === 'all' || overlap(a, b);

function narrowFirst(a: Grant, b: Grant): number {
  const network = (grant: Grant): Prefix | undefined =>
    grant.address === 'all' || grant.address === null ? undefined : grant.address;
  const [one, other] = [network(a), network(b)];
  const byNetwork = one && other ? byNarrowness(one, other) : 0;
  const breadth = (grant: Grant) => (grant.databases.some(({ kind }) => kind === 'all') ? 1 : 0);
  return byNetwork || breadth(a) - breadth(b) || (a.client ?? 0) - (b.client ?? 0);
}

function endRejects(plan: Plan): Grant[] {
  if (!plan.security.finalReject) return [];
  const base = {
    section: 'end',
    connection: 'host',
    roles: [ALL],
    address: 'all',
    method: 'reject',
    options: [],
  } as const;
  const path = 'security.finalReject';
  return [
    { ...base, databases: [ALL], reason: { message: say('grant.end.reject'), path } },
    { ...base, databases: [REPLICATION], reason: { message: say('grant.end.replication'), path } },
  ];
}

/** The database and role fields of a client's records; long lists take several records. */
function nameFields(client: Client): { databases: DatabaseToken[]; roles: RoleToken[] }[] {
  const databases: DatabaseToken[][] =
    client.databases === 'all' || client.databases.length === 0 ? [[ALL]] : chunks(client.databases.map(named));
  return chunks(client.roles.map(named)).flatMap((roles) => databases.map((names) => ({ databases: names, roles })));
}

function chunks<T>(items: readonly T[]): T[][] {
  const found: T[][] = [];
  for (let at = 0; at < items.length; at += NAMES_PER_RECORD) found.push(items.slice(at, at + NAMES_PER_RECORD));
  return found;
}

/** SCRAM, unless old secrets must still be taken: then md5, which takes both (manual 20.5). */
const passwordMethod = (plan: Plan) => (plan.security.passwordHashing === 'md5' ? 'md5' : 'scram-sha-256');

interface Authentication {
  readonly method: Grant['method'];
  readonly options: Grant['options'];
  readonly words: Message;
}

function authentication(plan: Plan, auth: Auth, major: number): Authentication {
  const password = passwordMethod(plan);
  const passwordWords = say(password === 'md5' ? 'method.md5' : 'method.scram');
  switch (auth.method) {
    case 'scram':
      return { method: password, options: [], words: passwordWords };
    case 'cert':
      return { method: 'cert', options: [], words: say('method.cert') };
    case 'cert+scram':
      // 11 knows only clientcert=1, which checks the chain and not the name; verify-full came with 12.
      return {
        method: password,
        options: [['clientcert', major < 12 ? '1' : 'verify-full']],
        words: say('method.certScram'),
      };
    case 'peer':
      return { method: 'peer', options: [], words: say('method.peer') };
    case 'gss':
      return {
        method: 'gss',
        options: [
          ['include_realm', auth.includeRealm ? '1' : '0'],
          ...(auth.realm === null ? [] : [['krb_realm', auth.realm] as const]),
        ],
        words: say('method.gss'),
      };
    case 'ldap':
      return { method: 'ldap', options: ldapOptions(auth), words: say('method.ldap') };
  }
}

function ldapOptions(auth: Extract<Client['auth'], { method: 'ldap' }>): Grant['options'] {
  const tls =
    auth.tls === 'starttls'
      ? [['ldaptls', '1'] as const]
      : auth.tls === 'ldaps'
        ? [['ldapscheme', 'ldaps'] as const]
        : [];
  const given = (name: string, value: string) => (value === '' ? [] : [[name, value] as const]);
  const bind =
    auth.bind.kind === 'simple'
      ? [...given('ldapprefix', auth.bind.prefix), ...given('ldapsuffix', auth.bind.suffix)]
      : [...given('ldapbasedn', auth.bind.baseDn), ...given('ldapsearchattribute', auth.bind.attribute)];
  return [['ldapserver', auth.server], ['ldapport', String(auth.port)], ...tls, ...bind];
}
