import { say } from '../messages/message.ts';
import { contains, network, type Prefix, parseAddress } from '../net/prefix.ts';
import { checkAddress, checkCluster, checkPath, parseSource } from '../plan/fields.ts';
import type { Plan } from '../plan/schema.ts';
import { MAIN_CLUSTER } from '../postgres/cluster.ts';
import { type Platform, platformFacts } from '../postgres/platform.ts';
import type { Assumption } from './imported.ts';
import type { DraftClient } from './records.ts';

/** The effective value of a setting; undefined if the file does not set it. */
export type ValueOf = (name: string) => string | undefined;

/** How PostgreSQL was installed, inferred from paths that packages write. */
export function platformOf(value: ValueOf): Platform | undefined {
  const paths = [
    'data_directory',
    'hba_file',
    'ident_file',
    'ssl_cert_file',
    'ssl_ca_file',
    'stats_temp_directory',
    'external_pid_file',
    'log_directory',
  ].map((name) => value(name) ?? '');
  const some = (pattern: RegExp) => paths.some((path) => pattern.test(path));
  if (some(/^[A-Za-z]:[\\/]/)) return 'windows';
  if (some(/^\/opt\/homebrew\//)) return 'macos';
  if (some(/^\/var\/lib\/pgsql\//)) return 'rhel';
  if (some(/^\/etc\/postern\/|^\/var\/lib\/postgresql\/(?:data|[0-9]+\/docker)(?:\/|$)/)) return 'docker';
  if (some(/^\/etc\/postgresql\/|^\/var\/lib\/postgresql\/|^\/var\/run\/postgresql\//)) return 'debian';
  if (some(/^\/usr\/local\/pgsql\//)) return 'source';
  return undefined;
}

/**
 * The Debian cluster named by a path of its packages: /etc/postgresql/15/analytics, /var/lib/postgresql/15/analytics.
 */
export function clusterOf(value: ValueOf, platform: Platform): string {
  if (platform !== 'debian') return MAIN_CLUSTER;
  for (const name of ['hba_file', 'data_directory']) {
    const [, cluster] = /^\/(?:etc|var\/lib)\/postgresql\/[0-9]+\/([^/]+)/.exec(value(name) ?? '') ?? [];
    if (cluster !== undefined && !checkCluster(cluster)) return cluster;
  }
  return MAIN_CLUSTER;
}

/** Directories of the server, if they differ from those of the platform. */
export function directoriesOf(
  value: ValueOf,
  { platform, cluster, port }: Pick<Plan['server'], 'platform' | 'cluster' | 'port'>,
  major: number,
): Pick<Plan['server'], 'dataDirectory' | 'configDirectory'> {
  const own = {
    platform,
    cluster,
    port,
    superuser: 'postgres',
    osUser: null,
    dataDirectory: null,
    configDirectory: null,
  };
  const taken = (path: string | undefined, shipped: string) =>
    path === undefined || checkPath(path) || path === shipped ? null : path;
  const dataDirectory = taken(value('data_directory'), platformFacts(own, major).dataDirectory);
  const facts = platformFacts({ ...own, dataDirectory }, major);
  const folder = /^(.+)[\\/][^\\/]+$/.exec(value('hba_file') ?? '')?.[1];
  return { dataDirectory, configDirectory: taken(folder, facts.configDirectory) };
}

const PRIVATE = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
].flatMap((text) => parseSource(text) ?? []);

const isPrivate = (prefix: Prefix) => PRIVATE.some((outer) => contains(outer, prefix));

/** The addresses in listen_addresses, without loopback, and what else the setting contains. */
export function listened(value: string | undefined): { readonly public: string[]; readonly private: string[] } {
  const found: { public: string[]; private: string[] } = { public: [], private: [] };
  for (const part of (value ?? '').split(',').map((text) => text.trim().replace(/^"(.*)"$/, '$1'))) {
    const address = parseAddress(part);
    if (!address || checkAddress(part)) continue;
    const list = found[isPrivate(address) ? 'private' : 'public'];
    if (!list.includes(part) && list.length < 32) list.push(part);
  }
  return found;
}

export interface Ways {
  readonly addresses: Plan['server']['addresses'];
  readonly publicBehindNat: boolean;
  readonly assumed: readonly Assumption[];
  /** How each client connects that is not on the socket. */
  readonly via: (client: DraftClient) => 'public' | 'private';
}

/** Documentation addresses (RFC 5737, RFC 3849) and private ones, used where the files name none. */
const EXAMPLE = { public: ['203.0.113.10', '2001:db8:10::10'], private: ['10.0.2.10', 'fd00:0:0:2::10'] } as const;

/** Which clients connect to which addresses of the server, with examples where the files name none. */
export function waysOf(clients: readonly DraftClient[], listen: ReturnType<typeof listened>): Ways {
  const remote = clients.filter(({ socket }) => !socket);
  const known = listen.public.length + listen.private.length > 0;
  const inside = ({ sources }: DraftClient) => sources.every((text) => isPrivate(parseSource(text) ?? anywhere));
  const via = (client: DraftClient) =>
    inside(client) && (listen.private.length > 0 || !known) ? ('private' as const) : ('public' as const);
  const publicBehindNat =
    listen.public.length === 0 && listen.private.length > 0 && remote.some((client) => via(client) === 'public');
  const assumed: Assumption[] = [];
  const families = (of: readonly DraftClient[]) =>
    new Set(of.flatMap(({ sources }) => sources.map((text) => (text.includes(':') ? 6 : 4))));
  const complete = (way: 'public' | 'private') => {
    const own = [...listen[way]];
    const wanted = families(remote.filter((client) => via(client) === way));
    for (const [index, family] of ([4, 6] as const).entries()) {
      if (!wanted.has(family) || own.some((text) => (text.includes(':') ? 6 : 4) === family)) continue;
      own.push(EXAMPLE[way][index] ?? '');
      assumed.push({ path: `server.addresses.${way}`, reason: say('import.assumed.addresses') });
    }
    return own;
  };
  const addresses = { public: complete('public'), private: complete('private'), vpn: [] };
  if (publicBehindNat) assumed.push({ path: 'server.publicBehindNat', reason: say('import.assumed.nat') });
  return { addresses, publicBehindNat, assumed, via };
}

const anywhere: Prefix = network({ family: 4, bits: 0n, length: 32 }, 0);
