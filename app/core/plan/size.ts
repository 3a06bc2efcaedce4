import { PrefixIndex } from '../net/prefix-index.ts';
import { issueAt, type PlanIssue } from './result.ts';
import type { Client, Plan } from './schema.ts';
import { type Problem, problem } from './text.ts';
import { addresses, entrance, prefixes } from './ways.ts';

/** Names in one field of one record. Servers before August 2023 read at most 8190 bytes of a line. */
export const NAMES_PER_RECORD = 30;

/**
 * Limits on products of a plan's answers. Each list has its own limit, but files grow with products of lists: every
 * source network times every 30 roles times every 30 databases is a rule of pg_hba.conf, and every source network times
 * every address of the server a rule of a firewall. A link of 1,400 characters can contain 200 roles × 200 databases ×
 * 500 networks. The largest realistic plans should pass with room to spare: 400 clients with ten networks each, a
 * company with 200 roles in 200 databases. The largest files of a passing plan that were found are 9.7 MB: 140 clients
 * with four roles and four databases each, whose names are 63 bytes long (`bundle/limits.test.ts` and
 * `bench/limits.bench.ts` try more).
 */
export const SIZES = {
  /** PostgreSQL reads the rules from top to bottom for every connection; 400 clients with ten networks each have 4,000. */
  rules: 5000,
  /** Characters of names and options in those rules and the comments above them: 400 for each of 5,000 rules. */
  names: 2_000_000,
  /** Roles and databases that clients name: 400 clients with five of each are 4,000. */
  accounts: 4000,
  /** A role that may connect to a database is a GRANT: 200 roles × 200 databases are 40,000. */
  grants: 50_000,
  /** `ufw` and `iptables` check such rules one by one: 4,000 networks × 2 addresses, one of each family, are 4,000. */
  pairs: 10_000,
  /** Routes of a tunnel: 400 sites with ten networks each are 4,000. */
  routes: 5000,
  /**
   * Characters of all files, as `charactersOf` estimates them: not all of the figures above may be at their limits
   * together.
   */
  characters: 10_000_000,
} as const;

type Figure = keyof typeof SIZES;

/** The contribution of one answer to a figure. */
interface Share {
  readonly path: string;
  readonly count: number;
}

/**
 * Rejects a plan whose files would be too large, before anything is derived from it: at the answer that alone is too
 * large, else at the list whose entries together are too large. Counting takes one step for each entry.
 */
export function sizeIssues(plan: Plan): PlanIssue[] {
  const counted: Readonly<Record<Exclude<Figure, 'characters'>, readonly Share[]>> = {
    rules: plan.clients.map((client, index) => ({ path: longest(client, index), count: rulesOf(plan, client) })),
    names: plan.clients.map((client, index) => ({ path: longest(client, index), count: namesOf(plan, client) })),
    accounts: plan.clients.map(({ roles, databases }, index) => ({
      path: roles.length >= databases.length ? `clients.${index}.roles` : `clients.${index}.databases`,
      count: roles.length + countOf(databases),
    })),
    grants: plan.clients.map(({ roles, databases }, index) => ({
      path: `clients.${index}.databases`,
      count: roles.length * countOf(databases),
    })),
    pairs: pairsOf(plan),
    routes: routesOf(plan),
  };
  const found = (Object.keys(counted) as (keyof typeof counted)[]).flatMap((figure) => over(figure, counted[figure]));
  return found.length > 0 ? found : over('characters', charactersOf(plan, counted.pairs));
}

const countOf = (names: readonly string[] | 'all'): number => (names === 'all' ? 1 : Math.max(1, names.length));

/**
 * Characters in files for each thing that is counted: measured, and rounded. A role has its lines in `roles.sql`,
 * `connection-strings.md` and `verify.sh`, which mention it and a database this many times, and perhaps a certificate.
 */
const CHARACTERS = {
  rule: 150,
  role: 3000,
  mentions: 55,
  certificate: 1700,
  grant: 40,
  privileges: 1800,
  pair: 100,
  applied: 0.6,
} as const;

/** Number of role lists in the privileges of one database. */
const PRIVILEGE_LISTS = 6;

/** Number of roles of a client that are written out in full. */
const SHOWN_ROLES = 50;

/** A database with more roles than this grants to them in one statement, which then names it once. */
export const GRANTED_ONE_BY_ONE = 30;

/** Characters of all files, by the client or the list that causes them. */
function charactersOf(plan: Plan, pairs: readonly Share[]): Share[] {
  // A rule for TLS may have a rejection of unencrypted connections after it, with the same names.
  const unencrypted = plan.clients.some(({ tls }) => tls === 'allow');
  const ofClients = plan.clients.map((client, index): Share => {
    const { auth, roles, databases, tls } = client;
    const [ofRoles, ofDatabases] = [lengthOf(roles), lengthOf(databases)];
    const repeated = roles.length > GRANTED_ONE_BY_ONE ? 0 : roles.length * ofDatabases;
    const grants =
      databases === 'all'
        ? 0
        : databases.length * ofRoles +
          repeated +
          (roles.length > GRANTED_ONE_BY_ONE ? 0 : roles.length * databases.length * CHARACTERS.grant);
    // Three grants and their default privileges in each database name every role.
    const granted =
      client.privileges === 'none' || databases === 'all'
        ? 0
        : databases.length * (CHARACTERS.privileges + PRIVILEGE_LISTS * ofRoles);
    const written = Math.min(roles.length, SHOWN_ROLES);
    const mentioned =
      (escapedOf(roles) / countOf(roles) + escapedOf(databases) / countOf(databases)) * CHARACTERS.mentions;
    const certificate = auth.method.startsWith('cert') ? CHARACTERS.certificate : 0;
    const accounts =
      roles.length === 0 ? 0 : Math.ceil(written * (CHARACTERS.role + mentioned) + roles.length * certificate);
    const names = namesOf(plan, client);
    // `apply.sh` repeats the names of the rules, quoted for SQL and the shell.
    const applied = Math.ceil(
      (names * CHARACTERS.applied * (escapedOf(roles) + escapedOf(databases))) / Math.max(1, ofRoles + ofDatabases),
    );
    const rules =
      names * (unencrypted && tls === 'require' ? 2 : 1) + applied + rulesOf(plan, client) * CHARACTERS.rule;
    return {
      path: rules > grants ? longest(client, index) : `clients.${index}.databases`,
      count: grants + granted + accounts + rules,
    };
  });
  return [...ofClients, ...pairs.map(({ path, count }) => ({ path, count: count * CHARACTERS.pair }))];
}

function over(figure: Figure, shares: readonly Share[]): PlanIssue[] {
  const limit = SIZES[figure];
  const sum = shares.reduce((total, { count }) => total + count, 0);
  if (sum <= limit) return [];
  const heaviest = shares.reduce((a, b) => (b.count > a.count ? b : a));
  const found: Problem = problem(`size.${figure}`, { count: sum, limit });
  // `clients` for `clients.3.sources`, if no single client is too large.
  const path = heaviest.count > limit ? heaviest.path : heaviest.path.replace(/\.\d+\..*$/, '');
  return [issueAt(path.split('.'), found)];
}

const chunksOf = (names: readonly string[] | 'all'): number =>
  names === 'all' ? 1 : Math.max(1, Math.ceil(names.length / NAMES_PER_RECORD));

/** Characters of quoted names. A quote is doubled; a name that starts with a slash is written as an expression. */
const lengthOf = (names: readonly string[] | 'all'): number =>
  names === 'all' ? 3 : names.reduce((sum, name) => sum + quotedLength(name), 0);

function quotedLength(name: string): number {
  const escaped = name.startsWith('/') ? /[".^$*+?()[\]{}|\\]/g : /"/g;
  return name.length + 2 + (name.match(escaped)?.length ?? 0);
}

/** Characters of names in URIs and in shell quotes, where characters other than letters and digits take several. */
const escapedOf = (names: readonly string[] | 'all'): number =>
  names === 'all'
    ? 3
    : names.reduce((sum, name) => sum + encodeURIComponent(name).length + 7 * (name.split("'").length - 1), 0);

/** Characters before the option of a validator library. */
const VALIDATOR_OPTION = 'validator.'.length;

/** Characters of the user-defined options of a rule. Options implied by the method are short. */
function optionsOf({ auth }: Client): number {
  if (auth.method === 'gss') return lengthOf(auth.realm === null ? [] : [auth.realm]);
  if (auth.method === 'oauth')
    return (
      lengthOf([auth.issuer, auth.scope, auth.validator, ...auth.options]) + auth.options.length * VALIDATOR_OPTION
    );
  if (auth.method !== 'ldap') return 0;
  const { bind } = auth;
  return lengthOf([
    auth.server,
    ...(bind.kind === 'simple'
      ? [bind.prefix, bind.suffix]
      : [bind.baseDn, bind.attribute, ...bindTexts(auth.server, bind.bindDn)]),
  ]);
}

/** A bind DN is accompanied by the name of its password file. */
const bindTexts = (server: string, dn: string | null): string[] => (dn === null ? [] : [dn, server]);

/** Number of networks of a client in record files: as PostgreSQL sees it, and again in PgBouncer's. */
function networksOf({ network }: Plan, client: Client): number {
  if (client.via === 'socket') return 3;
  if (network.pattern === 'bastion' && client.via === 'bastion')
    return network.privateAddresses.length + (network.proxy.kind === 'pgbouncer' ? client.sources.length : 0);
  // Every replica has its own file.
  const files = network.pattern === 'private' && client.endpoint === 'replica' ? network.replicas.length : 1;
  return client.sources.length * Math.max(1, files);
}

/** Rules, and lines of the map that one of them may name: each identity may be each role. */
const rulesOf = (plan: Plan, client: Client): number =>
  networksOf(plan, client) * chunksOf(client.roles) * chunksOf(client.databases) +
  identitiesOf(client).length * client.roles.length;

const identitiesOf = ({ auth }: Client): readonly string[] =>
  auth.method === 'oauth' && auth.mapping.kind === 'map' ? auth.mapping.identities : [];

/** Each network repeats all names in a comment, the roles for every record of databases, and vice versa. */
function namesOf(plan: Plan, client: Client): number {
  const { roles, databases } = client;
  const once = lengthOf(roles) * (1 + chunksOf(databases)) + lengthOf(databases) * (1 + chunksOf(roles));
  const identities = identitiesOf(client);
  return (
    networksOf(plan, client) * once +
    rulesOf(plan, client) * optionsOf(client) +
    identities.length * lengthOf(roles) +
    roles.length * lengthOf(identities)
  );
}

/** The answer of a client to shorten: the one that multiplies its rules the most. */
function longest(client: Client, index: number): string {
  const { sources, roles, databases } = client;
  const [rolesCount, databasesCount] = [chunksOf(roles), chunksOf(databases)];
  if (identitiesOf(client).length * roles.length > sources.length * rolesCount * databasesCount)
    return `clients.${index}.auth.mapping.identities`;
  const name =
    sources.length >= Math.max(rolesCount, databasesCount)
      ? 'sources'
      : rolesCount >= databasesCount
        ? 'roles'
        : 'databases';
  return `clients.${index}.${name}`;
}

/** Number of pairs of networks and addresses of the same family. */
function product(from: readonly string[], to: readonly string[]): number {
  const six = (texts: readonly string[]) => texts.filter((text) => text.includes(':')).length;
  const [a, b] = [six(from), six(to)];
  return a * b + (from.length - a) * (to.length - b);
}

/** A source network and an address of a machine that it reaches: a rule of a packet filter. */
function pairsOf(plan: Plan): Share[] {
  const { server, network, clients, administration, firewall } = plan;
  const { public: open, private: inside, vpn } = server.addresses;
  const own = [...open, ...inside, ...vpn];
  const bastion = network.pattern === 'bastion' ? network : undefined;
  const replicas = network.pattern === 'private' ? network.replicas.flatMap((replica) => replica.addresses) : [];
  const ofClients = clients.map((client, index): Share => {
    const path = `clients.${index}.sources`;
    const { via, sources, endpoint } = client;
    if (via === 'socket') return { path, count: 0 };
    if (via === 'bastion' && bastion)
      return {
        path,
        count: product(sources, bastion.publicAddresses) + product(bastion.privateAddresses, inside),
      };
    const reached =
      endpoint === 'replica'
        ? replicas
        : via === 'public' && server.publicBehindNat
          ? inside
          : entrance(plan, via).addresses;
    return { path, count: product(sources, reached) };
  });
  const ofPeople = administration.people.map(({ sources, path: way }, index): Share => {
    const through = way === 'bastion' && bastion ? bastion.publicAddresses : own;
    return { path: `administration.people.${index}.sources`, count: product(sources, through) };
  });
  return [
    ...ofClients,
    ...ofPeople,
    { path: 'firewall.sources', count: product(firewall.sources ?? [], own) },
    { path: 'network.replicas', count: product(replicas, inside) },
    ...throughTunnel(plan),
  ];
}

/** For clients that may connect from anywhere, a separate gateway lists each network that the tunnel brings. */
function throughTunnel(plan: Plan): Share[] {
  const { network, server, clients, administration } = plan;
  if (network.pattern !== 'vpn' || network.gateway.placement === 'server') return [];
  const routed = prefixes([...network.tunnel, ...network.peers.flatMap((peer) => peer.networks)]);
  const index = new PrefixIndex(routed.map((prefix) => [prefix, prefix] as const));
  const own = addresses(Object.values(server.addresses).flat());
  const count = (sources: readonly string[]) =>
    prefixes(sources).reduce(
      (sum, source) => sum + index.inside(source).length * own.filter(({ family }) => family === source.family).length,
      0,
    );
  return [
    ...clients.map(({ sources }, at) => ({ path: `clients.${at}.sources`, count: count(sources) })),
    ...administration.people.map(({ sources }, at) => ({
      path: `administration.people.${at}.sources`,
      count: count(sources),
    })),
  ];
}

/** Addresses and networks at the remote ends of a tunnel. */
function routesOf({ network }: Plan): Share[] {
  if (network.pattern !== 'vpn') return [];
  return network.peers.map(({ addresses: own, networks }, index) => ({
    path: `network.peers.${index}.networks`,
    count: own.length + networks.length,
  }));
}
