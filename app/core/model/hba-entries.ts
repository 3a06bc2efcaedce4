import { type Message, say } from '../messages/message.ts';
import { byNarrowness, type Prefix, parseAddress, prefixText } from '../net/prefix.ts';
import { PrefixIndex } from '../net/prefix-index.ts';
import { bindPasswordFile } from '../plan/directory-bind.ts';
import { validatorOption } from '../plan/oauth-fields.ts';
import type { Auth, Client, Plan, Service } from '../plan/schema.ts';
import { NAMES_PER_RECORD } from '../plan/size.ts';
import { proxyOf } from '../plan/ways.ts';
import { platformFacts } from '../postgres/platform.ts';
import { type IdentityMap, identityMap } from './identity-map.ts';
import type { ClientAccess, DatabaseToken, HbaEntry, RoleToken } from './model.ts';
import { readsReplicas, streamEntries } from './replicas.ts';

const ALL = { kind: 'all' } as const;
const REPLICATION = { kind: 'replication' } as const;
const named = (name: string) => ({ kind: 'name', name }) as const;

/** Map in pg_ident.conf that maps the server's operating system account to a superuser with another name. */
export const SUPERUSER_MAP = 'postern';

/**
 * The records of pg_hba.conf in file order. Because the first match decides, the order is: local administration, superuser
 * rejects, clients from narrow to broad networks, replication, explicit rejects.
 */
export function hbaEntries(plan: Plan, major: number, clients: readonly ClientAccess[]): HbaEntry[] {
  const own = clients.filter(({ client }) => !readsReplicas(client));
  const streams =
    plan.network.pattern === 'private'
      ? streamEntries(plan, authentication(plan, { method: plan.network.replicationAuth }, major))
      : [];
  return records(plan, major, own, streams);
}

/** The records of every replica: the same local administration, and the clients of the replicas. */
export function replicaHbaEntries(plan: Plan, major: number, clients: readonly ClientAccess[]): HbaEntry[] {
  return records(
    plan,
    major,
    clients.filter(({ client }) => readsReplicas(client)),
    [],
  );
}

function records(
  plan: Plan,
  major: number,
  clients: readonly ClientAccess[],
  streams: readonly HbaEntry[],
): HbaEntry[] {
  const onServer = clients.filter(({ client }) => client.via === 'socket');
  const remote = clients.filter(({ client }) => client.via !== 'socket');
  const services = plan.administration.services.flatMap((service, index) => serviceEntries(plan, service, index));
  const streaming = remote.filter(({ client }) => client.replication === 'physical');
  const ordinary = remote.filter(({ client }) => client.replication !== 'physical');
  return [
    ...localEntries(
      plan,
      onServer,
      services.filter(({ section }) => section === 'local'),
    ),
    ...loopbackEntries(plan, major, onServer),
    ...services.filter(({ section }) => section === 'loopback'),
    ...superuserRejects(plan),
    ...rejectUnencrypted(
      [
        ...ordinary.flatMap((access) => remoteEntries(plan, major, access, access.seenAs)),
        ...poolerEntries(plan, ordinary),
      ].toSorted(narrowFirst),
    ),
    ...rejectUnencrypted(
      [...streams, ...streaming.flatMap((access) => remoteEntries(plan, major, access, access.seenAs))].toSorted(
        narrowFirst,
      ),
    ),
    ...endRejects(plan),
  ];
}

function localEntries(plan: Plan, onServer: readonly ClientAccess[], services: readonly HbaEntry[]): HbaEntry[] {
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
    ? say('hbaEntry.local.superuser')
    : say('hbaEntry.local.superuserMap', { account: osUser, superuser: server.superuser });
  return [
    { ...superuser, databases: [ALL], reason: { message: reason, path: 'server.superuser' } },
    {
      ...superuser,
      databases: [REPLICATION],
      reason: { message: say('hbaEntry.local.superuserReplication'), path: 'server.superuser' },
    },
    ...onServer.flatMap((access) =>
      nameFields(access.client).map((fields): HbaEntry => {
        return {
          ...base,
          ...fields,
          method: access.client.auth.method === 'peer' ? 'peer' : passwordMethod(plan),
          options: [],
          client: access.index,
          reason: { message: say('hbaEntry.local.client', { client: access.client.name }), path: access.path },
        };
      }),
    ),
    ...services,
    ...(localMethod === 'peer'
      ? [
          {
            ...base,
            databases: [ALL],
            roles: [ALL],
            options: [],
            reason: { message: say('hbaEntry.local.everyone'), path: 'server.platform' },
          },
        ]
      : []),
  ];
}

/** A local service connects through the Unix socket as its operating system account, or over loopback with a password. */
function serviceEntries(plan: Plan, service: Service, index: number): HbaEntry[] {
  const path = `administration.services.${index}`;
  const { name, kind, role, databases, login } = service;
  const reason = { message: say(`hbaEntry.service.${kind}`, { name }), path };
  const roles = [named(role)];
  const fields: Pick<HbaEntry, 'databases' | 'roles'>[] = [
    ...(databases === 'all' ? [{ databases: [ALL], roles }] : []),
    ...(databases === 'all' ? [] : chunks(databases.map(named)).map((names) => ({ databases: names, roles }))),
    ...(kind === 'backup' ? [{ databases: [REPLICATION], roles }] : []),
  ];
  const addresses = login === 'peer' ? [null] : loopback;
  return fields.flatMap((of) =>
    addresses.map((address): HbaEntry => {
      const shared = { ...of, address, options: [], service: index, reason };
      return address === null
        ? { ...shared, section: 'local', connection: 'local', method: 'peer' }
        : { ...shared, section: 'loopback', connection: 'host', method: passwordMethod(plan) };
    }),
  );
}

/** Password authentication over loopback: the administrator's tools, and clients on the server that don't use the socket. */
function loopbackEntries(plan: Plan, major: number, onServer: readonly ClientAccess[]): HbaEntry[] {
  const base = { section: 'loopback', connection: 'host', method: passwordMethod(plan), options: [] } as const;
  const oldWindows = plan.server.platform === 'windows' && major < 14;
  const superuser: Omit<HbaEntry, 'address'>[] =
    plan.administration.loopback || plan.server.platform === 'windows'
      ? [
          {
            ...base,
            databases: [ALL],
            roles: [named(plan.server.superuser)],
            // Before 14 the superuser's password hash is md5 by default. The md5 method accepts both kinds of hash; scram-sha-256
            // would lock the administrator out, because Windows has no peer authentication.
            ...(oldWindows ? { method: 'md5' as const } : {}),
            reason: {
              message: say(oldWindows ? 'hbaEntry.loopback.oldWindows' : 'hbaEntry.loopback.superuser'),
              path: 'administration.loopback',
            },
          },
        ]
      : [];
  const clients = onServer
    .filter(({ client }) => client.auth.method === 'scram')
    .flatMap((access) =>
      nameFields(access.client).map((fields): Omit<HbaEntry, 'address'> => {
        const message = say('hbaEntry.local.client', { client: access.client.name });
        return { ...base, ...fields, client: access.index, reason: { message, path: access.path } };
      }),
    );
  return [...superuser, ...clients].flatMap((entry) => loopback.map((address): HbaEntry => ({ ...entry, address })));
}

const loopback = ['127.0.0.1', '::1'].flatMap((text) => parseAddress(text) ?? []);

function superuserRejects(plan: Plan): HbaEntry[] {
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
    { ...base, databases: [ALL], reason: { message: say('hbaEntry.superuser.reject'), path } },
    { ...base, databases: [REPLICATION], reason: { message: say('hbaEntry.superuser.replication'), path } },
  ];
}

/** The role with which PgBouncer queries password hashes (`auth_query`), in every database that it serves. */
function poolerEntries(plan: Plan, clients: readonly ClientAccess[]): HbaEntry[] {
  const pooled = clients.filter(({ client }) => proxyOf(plan, client.via)?.kind === 'pgbouncer');
  const proxy = proxyOf(plan, 'bastion');
  const [first] = pooled;
  if (proxy?.kind !== 'pgbouncer' || !first) return [];
  const databases = [...new Set(pooled.flatMap(({ client }) => (client.databases === 'all' ? [] : client.databases)))];
  return first.seenAs.flatMap((address) =>
    chunks(databases.map(named)).map(
      (names): HbaEntry => ({
        section: 'clients',
        connection: 'hostssl',
        databases: names,
        roles: [named(proxy.authRole)],
        address,
        method: passwordMethod(plan),
        options: [],
        reason: { message: say('hbaEntry.pooler', { role: proxy.authRole }), path: 'network.proxy.authRole' },
      }),
    ),
  );
}

/**
 * The records in PgBouncer's own hba file on the bastion: the same clients with their real source networks. PostgreSQL sees
 * only the bastion's address, so only PgBouncer can check the source network.
 */
export function pooledEntries(plan: Plan, major: number, clients: readonly ClientAccess[]): HbaEntry[] {
  const pooled = clients.filter(({ client }) => proxyOf(plan, client.via)?.kind === 'pgbouncer');
  const withoutReplication = ({ databases }: HbaEntry) => databases.every(({ kind }) => kind !== 'replication');
  return [
    ...superuserRejects(plan),
    ...rejectUnencrypted(
      pooled
        .flatMap((access) => remoteEntries(plan, major, access, access.sources))
        .map((entry): HbaEntry => ({ ...entry, connection: onlyTls(plan, entry) ? 'hostssl' : 'host' }))
        .toSorted(narrowFirst),
    ),
    ...endRejects(plan),
  ].filter(withoutReplication);
}

const onlyTls = (plan: Plan, { client }: HbaEntry) => client === undefined || plan.clients[client]?.tls === 'require';

function remoteEntries(plan: Plan, major: number, access: ClientAccess, networks: readonly Prefix[]): HbaEntry[] {
  const { client } = access;
  const physical = client.replication === 'physical';
  const { words, ...proof } =
    client.auth.method === 'oauth' ? oauth(client.auth, identityMap(access)) : authentication(plan, client.auth, major);
  const pooled = proxyOf(plan, client.via)?.kind === 'pgbouncer';
  return networks.flatMap((address) =>
    nameFields(client).map((fields): HbaEntry => {
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
        // PgBouncer always uses TLS to the server, whether or not its client does.
        connection: client.tls === 'require' || pooled ? 'hostssl' : 'host',
        address,
        ...proof,
        client: access.index,
        reason: { message: say(physical ? 'hbaEntry.replication' : 'hbaEntry.client', values), path: access.path },
      };
    }),
  );
}

/**
 * A `hostssl` record doesn't match unencrypted connections, so a later `host` record could accept them. If there is such a
 * record, a `hostnossl … reject` for the same databases, roles and network is added. The records are sorted from narrow to
 * broad networks, so a later record that shares an address has a network that contains this one.
 */
function rejectUnencrypted(ordered: readonly HbaEntry[]): HbaEntry[] {
  const unencrypted = new PrefixIndex<{ readonly index: number; readonly names: NamesOverlap }>();
  for (const [index, entry] of ordered.entries()) {
    if (entry.connection === 'host' && isNetwork(entry.address))
      unencrypted.add(entry.address, { index, names: namesOverlap(entry) });
  }
  return ordered.flatMap((entry, index) => {
    if (entry.connection !== 'hostssl' || !isNetwork(entry.address)) return [entry];
    const acceptedLater = unencrypted
      .covering(entry.address)
      .some((candidates) => candidates.some((later) => later.index > index && later.names(entry)));
    if (!acceptedLater) return [entry];
    const message = say('hbaEntry.client.tlsOnly', { client: entry.reason.message.values.client ?? '' });
    const { optionFile: _, ...same } = entry;
    const reject: HbaEntry = {
      ...same,
      connection: 'hostnossl',
      method: 'reject',
      options: [],
      reason: { message, path: entry.client === undefined ? 'clients' : `clients.${entry.client}.tls` },
    };
    return [entry, reject];
  });
}

const isNetwork = (address: HbaEntry['address']): address is Prefix => address !== null && address !== 'all';

/** Whether another entry has a database and a role in common with this one. */
export type NamesOverlap = (other: Pick<HbaEntry, 'databases' | 'roles'>) => boolean;

/** Prepares the names of an entry for comparison with many others. */
export function namesOverlap({ databases, roles }: HbaEntry): NamesOverlap {
  const [ofDatabases, ofRoles] = [tokensOverlap(databases), tokensOverlap(roles)];
  return (other) => ofDatabases(other.databases) && ofRoles(other.roles);
}

type Token = DatabaseToken | RoleToken;

function tokensOverlap(tokens: readonly Token[]): (others: readonly Token[]) => boolean {
  const names = new Set(tokens.flatMap((token) => (token.kind === 'name' ? [token.name] : [])));
  const all = tokens.some(({ kind }) => kind === 'all');
  const replication = tokens.some(({ kind }) => kind === 'replication');
  return (others) =>
    others.some((other) => {
      if (other.kind === 'replication') return replication;
      return all || (other.kind === 'all' ? names.size > 0 : names.has(other.name));
    });
}

function narrowFirst(a: HbaEntry, b: HbaEntry): number {
  const network = (entry: HbaEntry): Prefix | undefined =>
    entry.address === 'all' || entry.address === null ? undefined : entry.address;
  const [one, other] = [network(a), network(b)];
  const byNetwork = one && other ? byNarrowness(one, other) : 0;
  const breadth = (entry: HbaEntry) => (entry.databases.some(({ kind }) => kind === 'all') ? 1 : 0);
  return byNetwork || breadth(a) - breadth(b) || (a.client ?? 0) - (b.client ?? 0);
}

function endRejects(plan: Plan): HbaEntry[] {
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
    { ...base, databases: [ALL], reason: { message: say('hbaEntry.end.reject'), path } },
    { ...base, databases: [REPLICATION], reason: { message: say('hbaEntry.end.replication'), path } },
  ];
}

/** The database and role fields of a client's records. A long list is split into several records. */
function nameFields(client: Client): { databases: DatabaseToken[]; roles: RoleToken[] }[] {
  const databases: DatabaseToken[][] =
    client.databases === 'all' || client.databases.length === 0 ? [[ALL]] : chunks(client.databases.map(named));
  return chunks(client.roles.map(named)).flatMap((roles) => databases.map((names) => ({ databases: names, roles })));
}

function chunks<T>(items: readonly T[]): T[][] {
  const result: T[][] = [];
  for (let at = 0; at < items.length; at += NAMES_PER_RECORD) result.push(items.slice(at, at + NAMES_PER_RECORD));
  return result;
}

/** `scram-sha-256`, or `md5` if old md5 hashes must still work. The md5 method accepts both (manual, section 20.5). */
const passwordMethod = (plan: Plan) => (plan.security.passwordHashing === 'md5' ? 'md5' : 'scram-sha-256');

interface Authentication {
  readonly method: HbaEntry['method'];
  readonly options: HbaEntry['options'];
  readonly optionFile?: string;
  readonly words: Message;
}

function authentication(plan: Plan, auth: Exclude<Auth, OauthAuth>, major: number): Authentication {
  const password = passwordMethod(plan);
  const passwordWords = say(password === 'md5' ? 'method.md5' : 'method.scram');
  switch (auth.method) {
    case 'scram':
      return { method: password, options: [], words: passwordWords };
    case 'cert':
      return { method: 'cert', options: [], words: say('method.cert') };
    case 'cert+scram':
      // PostgreSQL 11 has only clientcert=1, which verifies the chain but not the name. verify-full exists since 12.
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
      return { method: 'ldap', options: ldapOptions(auth), ...bindPassword(plan, auth), words: say('method.ldap') };
  }
}

type OauthAuth = Extract<Auth, { method: 'oauth' }>;

function oauth(auth: OauthAuth, map: IdentityMap | undefined): Authentication {
  const own = auth.options.map(validatorOption).map(({ name, value }) => [`validator.${name}`, value] as const);
  return {
    method: 'oauth',
    options: [
      ['issuer', auth.issuer],
      ['scope', auth.scope],
      ['validator', auth.validator],
      ...own,
      ...(map ? [['map', map.name] as const] : []),
      ...(auth.mapping.kind === 'validator' ? [['delegate_ident_mapping', '1'] as const] : []),
    ],
    words: say('method.oauth'),
  };
}

type LdapAuth = Extract<Auth, { method: 'ldap' }>;

function ldapOptions(auth: LdapAuth): HbaEntry['options'] {
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
      : [
          ...given('ldapbasedn', auth.bind.baseDn),
          ...given('ldapsearchattribute', auth.bind.attribute),
          ...given('ldapbinddn', auth.bind.bindDn ?? ''),
        ];
  return [['ldapserver', auth.server], ['ldapport', String(auth.port)], ...tls, ...bind];
}

const bindPassword = ({ server }: Plan, { server: directory, bind }: LdapAuth): Pick<HbaEntry, 'optionFile'> =>
  bind.kind === 'search' && bind.bindDn !== null ? { optionFile: bindPasswordFile(server, directory) } : {};
