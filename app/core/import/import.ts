import { hbaBlocks } from '../bundle/postgres/hba.ts';
import { clientMaps } from '../bundle/postgres/ident.ts';
import { settings } from '../bundle/postgres/settings.ts';
import { compareAccess } from '../hba-analysis/compare.ts';
import { type Message, say } from '../messages/message.ts';
import { deriveAccess } from '../model/derive.ts';
import { LIMITS } from '../plan/answers.ts';
import { defaultClient, defaultPlan } from '../plan/defaults.ts';
import { HIDDEN } from '../plan/directory-bind.ts';
import { checkLabel, checkRole, checkSystemName } from '../plan/fields.ts';
import { parsePlan } from '../plan/parse.ts';
import { readingOf } from '../plan/reading.ts';
import type { Client, Plan } from '../plan/schema.ts';
import { MAIN_CLUSTER } from '../postgres/cluster.ts';
import { effectiveSettings, parseConf } from '../postgres/conf/conf.ts';
import { isWhole, permittedValidators, sslOf } from '../postgres/conf/facts.ts';
import { type Hba, type PlacedRecord, parseHba } from '../postgres/hba/hba.ts';
import { platformFacts } from '../postgres/platform.ts';
import { confLineAt, hbaLineAt } from './files.ts';
import { type IdentLine, identitiesOf, identLines } from './identities.ts';
import type { Assumption, CarriedLine, Imported, ImportInput, LeftLine } from './imported.ts';
import { literalName } from './names.ts';
import {
  type Became,
  type DraftClient,
  type DraftService,
  type RecordAnswers,
  readRecords,
  superuserOf,
} from './records.ts';
import { clusterOf, directoriesOf, listened, platformOf, waysOf } from './servers.ts';
import { hashingOf, monitoringOf, portOf, securityOf, settingFates, valuesOf } from './settings.ts';

/**
 * Converts a server's own files to a plan, as far as a plan can represent them. Nothing is dropped silently: whatever
 * is not carried over is listed with its reason, and `differences` proves what the plan's pg_hba.conf would change.
 * Never throws.
 */
export function importFiles(input: ImportInput): Imported {
  const { major, files = {}, roles } = input;
  const conf = parseConf(input.conf, { major, files });
  const hba = parseHba(input.hba, { major, files, oauthValidatorLibraries: permittedValidators(conf) });
  const value = valuesOf(conf);
  const ssl = sslOf(effectiveSettings(conf), isWhole(conf)) !== false;
  const hbaLine = hbaLineAt(input);
  const superuser = usableSuperuser(hba);
  const answers = readRecords({
    hba,
    superuser,
    hashing: hashingOf(value, major, md5Alone(hba)),
    ssl,
    roles,
    text: (placed) => hbaLine(placed).text,
    ident: identLines(input),
  });
  const account = accountOf(input, hba, superuser);
  const draft = draftPlan(input, { value, hba, superuser, account, answers });
  const { plan, clients, services, refused } = passing(draft);
  const model = deriveAccess(plan);

  const places = new Map<Became, string>([
    ...clients.map((client, index) => [client, `clients.${index}`] as const),
    ...services.map((service, index) => [service, `administration.services.${index}`] as const),
  ]);
  const pathOf = (to: Became) => (typeof to === 'string' ? to : (places.get(to) ?? ''));
  const carried: CarriedLine[] = [];
  const left: LeftLine[] = [];
  for (const { placed, to, notes, reason } of answers.fates) {
    const line = hbaLine(placed);
    const there = to.filter((one) => typeof one === 'string' || places.has(one));
    const lost = to.find((one) => typeof one !== 'string' && !places.has(one));
    const why = reason ?? (lost === undefined ? undefined : refused.get(lost));
    if (there.length > 0)
      carried.push({
        ...line,
        paths: [...new Set(there.map(pathOf))],
        notes: [...notes, ...(lost && why ? [why] : [])],
      });
    else left.push({ ...line, reason: why ?? say('import.record.users') });
  }
  for (const line of hba.refused) {
    const error = line.error;
    left.push({
      ...hbaLine(line),
      reason: error === null ? say('import.record.refusedSilently') : say('import.record.refused', { error }),
    });
  }
  const inFile = settingFates(conf, settings(model), answeredSettings(plan), confLineAt(input));
  const ident = identFates(input, account, plan);
  const assumed = [
    ...draft.assumed,
    ...clients.flatMap((client, index): Assumption[] =>
      client.placeholder ? [{ path: `clients.${index}.roles`, reason: say('import.assumed.roles') }] : [],
    ),
  ];
  // While TLS is off, hostssl records match nobody.
  const before = withoutPasswords(
    ssl ? hba : { ...hba, records: hba.records.filter(({ record }) => record.type !== 'hostssl') },
  );
  const records = hbaText(plan);
  const after = withUsers(parseHba(records, readingOf(plan, model.release.major)), planMaps(plan));
  return {
    plan,
    carried: [...carried, ...inFile.carried, ...ident.carried],
    left: [...left, ...inFile.left, ...ident.left],
    assumed,
    records,
    differences: compareAccess(withUsers(before, identLines(input)), after),
  };
}

/** A map is not a difference if it has other names and the same users. */
const withUsers = (hba: Hba, lines: readonly IdentLine[]): Hba => ({
  ...hba,
  records: hba.records.map((placed): PlacedRecord => {
    const { record } = placed;
    const map = record.options.find((option) => option.startsWith('map='))?.slice('map='.length);
    if (record.method !== 'oauth' || map === undefined) return placed;
    const roles = record.users.map(({ text }) => literalName(text, hba.major) ?? text);
    const users = identitiesOf(lines, map, roles)?.toSorted().join('\n') ?? map;
    const options = record.options.map((option) => (option === `map=${map}` ? `map=${users}` : option));
    return { ...placed, record: { ...record, options } };
  }),
});

/** The lines of the plan's pg_ident.conf. */
function planMaps(plan: Plan): IdentLine[] {
  const model = deriveAccess(plan);
  const ident = clientMaps(model, model.clients)
    .flatMap(({ lines }) => lines)
    .join('\n');
  return identLines({ ident, major: model.release.major });
}

/** The password of a bind DN is not a difference: with the plan, it is entered on the server. */
const withoutPasswords = (hba: Hba): Hba => ({ ...hba, records: hba.records.map(withoutPassword) });

function withoutPassword(placed: PlacedRecord): PlacedRecord {
  const { record } = placed;
  if (!record.options.some((option) => option.startsWith(BIND_PASSWORD))) return placed;
  const options = record.options.map((option) =>
    option.startsWith(BIND_PASSWORD) ? `${BIND_PASSWORD}${HIDDEN}` : option,
  );
  return { ...placed, record: { ...record, options } };
}

const BIND_PASSWORD = 'ldapbindpasswd=';

/** The records of the plan's pg_hba.conf. */
function hbaText(plan: Plan): string {
  const { hbaEntries, release } = deriveAccess(plan);
  return hbaBlocks(hbaEntries, release.major)
    .flatMap(({ lines }) => lines)
    .join('\n');
}

function usableSuperuser(hba: Hba): string {
  const name = superuserOf(hba);
  return checkRole(name) ? 'postgres' : name;
}

const md5Alone = ({ records }: Hba) =>
  records.some(({ record }) => record.method === 'md5') &&
  !records.some(({ record }) => record.method === 'scram-sha-256');

/** Settings that have their own answers. */
function answeredSettings({ server }: Plan): ReadonlyMap<string, string> {
  const named = server.cluster === MAIN_CLUSTER ? [] : ['data_directory', 'hba_file'];
  return new Map([
    ...named.map((name) => [name, 'server.cluster'] as const),
    ...(server.dataDirectory === null ? [] : [['data_directory', 'server.dataDirectory'] as const]),
    ...(server.configDirectory === null ? [] : [['hba_file', 'server.configDirectory'] as const]),
  ]);
}

/** The account that may log in as the superuser, and the line of pg_ident.conf that says so. */
interface Account {
  readonly name: string | null;
  readonly at?: Pick<IdentLine, 'file' | 'line'>;
}

function accountOf(input: ImportInput, hba: Hba, superuser: string): Account {
  const own = hba.records.find(
    ({ record }) =>
      record.type === 'local' && record.method === 'peer' && record.users.some(({ text }) => text === superuser),
  );
  if (!own) return { name: null };
  const map = own.record.options.find((option) => option.startsWith('map='))?.slice(4);
  if (map === undefined) return { name: superuser === 'postgres' || checkSystemName(superuser) ? null : superuser };
  for (const { file, line, user } of identLines(input))
    if (user?.map === map && user.role === superuser && !checkSystemName(user.identity))
      return { name: user.identity === 'postgres' ? null : user.identity, at: { file, line } };
  return { name: null };
}

function identFates(
  input: ImportInput,
  account: Account,
  { clients }: Plan,
): { readonly carried: CarriedLine[]; readonly left: LeftLine[] } {
  const carried: CarriedLine[] = [];
  const left: LeftLine[] = [];
  const lines = (input.ident ?? '').split('\n');
  for (const { file, line, user } of identLines(input)) {
    const main = file === 'pg_hba.conf';
    const text = main ? (lines[line - 1] ?? '').replace(/\r$/, '') : '';
    const at = { file: main ? 'pg_ident.conf' : file, line, text };
    const client = clients.findIndex(
      ({ auth, roles }) =>
        user !== undefined &&
        auth.method === 'oauth' &&
        auth.mapping.kind === 'map' &&
        auth.mapping.identities.includes(user.identity) &&
        roles.includes(user.role),
    );
    if (file === account.at?.file && line === account.at.line)
      carried.push({ ...at, paths: ['server.osUser'], notes: [] });
    else if (client >= 0) carried.push({ ...at, paths: [`clients.${client}.auth.mapping`], notes: [] });
    else left.push({ ...at, reason: say('import.ident.left') });
  }
  return { carried, left };
}

interface Read {
  readonly value: ReturnType<typeof valuesOf>;
  readonly hba: Hba;
  readonly superuser: string;
  readonly account: Account;
  readonly answers: RecordAnswers;
}

interface Draft {
  readonly plan: Plan;
  readonly clients: readonly DraftClient[];
  readonly services: readonly DraftService[];
  /** Entries beyond what a plan accepts. */
  readonly beyond: readonly Exclude<Became, string>[];
  readonly assumed: readonly Assumption[];
}

function draftPlan({ major, platform: given }: ImportInput, { value, hba, superuser, account, answers }: Read): Draft {
  const defaults = defaultPlan('direct');
  const platform = given ?? platformOf(value) ?? (answers.everybodyByPeer ? 'debian' : 'source');
  const place = { platform, cluster: clusterOf(value, platform), port: portOf(value, major) };
  const directories = directoriesOf(value, place, major);
  const facts = platformFacts({ ...place, ...directories, superuser, osUser: account.name }, major);
  const security = securityOf(defaults.security, value, major, facts);
  const usable = answers.clients.slice(0, LIMITS.clients);
  const ways = waysOf(usable, listened(value('listen_addresses')));
  const names = namesFor(usable.map(({ roles: [role = 'client'] }) => role));
  const services = answers.services.slice(0, LIMITS.addresses);
  const serviceNames = namesFor(services.map(({ role }) => role));
  const clients = usable.map((client, index) => clientOf(client, names[index] ?? 'client', ways.via));
  const remote = clients.filter(({ via }) => via !== 'socket');
  const inside = remote.length > 0 && remote.every(({ via }) => via === 'private');
  const network: Plan['network'] = inside
    ? { ...privateNetwork(), subnets: [...new Set(remote.flatMap(({ sources }) => sources))].slice(0, LIMITS.entries) }
    : { pattern: 'direct' };
  const assume = (path: string, id: Parameters<typeof say>[0]): Assumption => ({ path, reason: say(id) });
  return {
    clients: usable,
    services,
    beyond: [...answers.clients.slice(LIMITS.clients), ...answers.services.slice(LIMITS.addresses)],
    assumed: [
      ...(given === undefined && platformOf(value) === undefined
        ? [assume('server.platform', 'import.assumed.platform')]
        : []),
      assume('server.name', 'import.assumed.name'),
      ...ways.assumed,
      assume('administration.people', 'import.assumed.people'),
      assume('firewall.kind', 'import.assumed.firewall'),
      ...(security.certificate.source === 'existing'
        ? []
        : [assume('security.certificate', 'import.assumed.certificate')]),
      ...(remote.length === 0 ? [assume('clients', 'import.assumed.clients')] : []),
    ],
    plan: {
      ...defaults,
      server: {
        ...defaults.server,
        name: null,
        major,
        ...place,
        addresses: ways.addresses,
        publicBehindNat: ways.publicBehindNat,
        ...directories,
        superuser,
        osUser: account.name,
      },
      network,
      clients,
      administration: {
        ...defaults.administration,
        loopback: answers.loopback,
        services: services.map((service, index) => ({
          name: serviceNames[index] ?? 'service',
          ...service,
          databases: service.databases === 'all' ? 'all' : [...service.databases],
        })),
      },
      security: {
        ...security,
        passwordHashing: hashingOf(value, major, md5Alone(hba)),
        remoteSuperuser: answers.remoteSuperuser,
        finalReject: answers.finalReject,
      },
      firewall: { ...defaults.firewall, kind: 'none' },
      monitoring: monitoringOf(defaults.monitoring, value, major, platform),
    },
  };
}

function privateNetwork(): Extract<Plan['network'], { pattern: 'private' }> {
  const { network } = defaultPlan('private');
  if (network.pattern !== 'private') throw new Error('The default of a private subnet is none.');
  return network;
}

/** An entry is named after its first role, with a number if that name is taken. */
function namesFor(roles: readonly string[]): string[] {
  const taken = new Set<string>();
  return roles.map((role) => {
    const usable = checkLabel(role) ? 'client' : role;
    let name = usable;
    for (let number = 2; taken.has(name.normalize('NFC').toLowerCase()); number++) {
      const tail = ` ${number}`;
      name = checkLabel(`${usable}${tail}`) ? `client${tail}` : `${usable}${tail}`;
    }
    taken.add(name.normalize('NFC').toLowerCase());
    return name;
  });
}

function clientOf(draft: DraftClient, name: string, via: (client: DraftClient) => Client['via']): Client {
  const way = draft.socket ? 'socket' : via(draft);
  const { roles, databases, replication, auth, tls } = draft;
  return {
    ...defaultClient(way),
    name,
    sources: draft.sources,
    roles: [...roles],
    databases: databases === 'all' ? 'all' : [...databases],
    replication,
    auth,
    tls,
  };
}

interface Passed {
  readonly plan: Plan;
  readonly clients: readonly DraftClient[];
  readonly services: readonly DraftService[];
  /** Entries that no plan accepts, and why. */
  readonly refused: ReadonlyMap<Became, Message>;
}

/**
 * The plan without the answers that validation rejects; a rejected answer of a client or a service removes the entry.
 */
function passing(draft: Draft): Passed {
  const refused = new Map<Became, Message>(
    draft.beyond.map((entry) => [
      entry,
      'login' in entry
        ? say('import.record.tooManyServices', { limit: LIMITS.addresses })
        : say('import.record.tooMany', { limit: LIMITS.clients }),
    ]),
  );
  let { plan } = draft;
  let clients = [...draft.clients];
  let services = [...draft.services];
  for (;;) {
    const parsed = parsePlan(plan);
    if (parsed.ok) return { plan: parsed.value, clients, services, refused };
    const bad = new Set<Became>();
    let completed = plan;
    for (const { path, message } of parsed.issues) {
      const [part = '', key = '', at = ''] = path.split('.');
      const entry = part === 'clients' ? clients[Number(key)] : key === 'services' ? services[Number(at)] : undefined;
      if (entry) {
        bad.add(entry);
        refused.set(entry, say('import.record.answer', { problem: message }));
      } else completed = withDefault(completed, part, key);
    }
    const usable = (entry: Became | undefined) => entry !== undefined && !bad.has(entry);
    const next = {
      ...completed,
      clients: completed.clients.filter((_, index) => usable(clients[index])),
      administration: {
        ...completed.administration,
        services: completed.administration.services.filter((_, index) => usable(services[index])),
      },
    };
    if (bad.size === 0 && JSON.stringify(next) === JSON.stringify(plan)) {
      // No default fixes it: fall back to a new plan.
      const [problem] = parsed.issues;
      const why = say('import.record.answer', { problem: problem?.message ?? '' });
      for (const entry of [...clients, ...services]) refused.set(entry, why);
      return { plan: bare(plan), clients: [], services: [], refused };
    }
    plan = next;
    clients = clients.filter(usable);
    services = services.filter(usable);
  }
}

/** The plan with one answer reset to that of a new plan. */
function withDefault(plan: Plan, part: string, key: string): Plan {
  const fresh: Readonly<Record<string, unknown>> = defaultPlan(plan.network.pattern);
  const own: unknown = plan[part as keyof Plan];
  const usual = fresh[part];
  if (typeof own !== 'object' || own === null || typeof usual !== 'object' || usual === null) return plan;
  return { ...plan, [part]: { ...own, ...(key in usual ? { [key]: usual[key as keyof typeof usual] } : {}) } };
}

const bare = ({ server: { major } }: Plan): Plan => {
  const plan = defaultPlan('direct');
  return { ...plan, clients: [], server: { ...plan.server, major } };
};
