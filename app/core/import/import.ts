import { deriveAccess } from '../access/derive.ts';
import { compareAccess } from '../access/reach/compare.ts';
import { hbaBlocks } from '../artifacts/postgres/hba.ts';
import { settings } from '../artifacts/postgres/settings.ts';
import { isWhole, sslOf } from '../audit/conf-facts.ts';
import { type Message, say } from '../messages/message.ts';
import { LIMITS } from '../plan/answers.ts';
import { defaultClient, defaultPlan } from '../plan/defaults.ts';
import { checkLabel, checkRole, checkSystemName } from '../plan/fields.ts';
import { parsePlan } from '../plan/parse.ts';
import type { Client, Plan } from '../plan/schema.ts';
import { effectiveSettings, parseConf } from '../postgres/conf/conf.ts';
import { type Hba, parseHba } from '../postgres/hba/hba.ts';
import { tokenize } from '../postgres/hba/tokenize.ts';
import { platformFacts } from '../postgres/platform.ts';
import { confLineAt, hbaLineAt } from './files.ts';
import type { Assumption, CarriedLine, Imported, ImportInput, LeftLine } from './imported.ts';
import { type DraftClient, type RecordAnswers, readRecords, superuserOf } from './records.ts';
import { directoriesOf, listened, platformOf, waysOf } from './servers.ts';
import { hashingOf, monitoringOf, portOf, securityOf, settingFates, valuesOf } from './settings.ts';

/**
 * A plan made of a server's own files, as far as a plan can say what they say. Nothing is lost without a word: what is not
 * carried over is listed with its reason, and `differences` proves what the plan's pg_hba.conf would change. Never throws.
 */
export function importFiles(input: ImportInput): Imported {
  const { major, files = {}, roles } = input;
  const hba = parseHba(input.hba, { major, files });
  const conf = parseConf(input.conf, { major, files });
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
  });
  const account = accountOf(input, hba, superuser);
  const draft = draftPlan(input, { value, hba, superuser, account, answers });
  const { plan, clients, refused } = passing(draft);
  const model = deriveAccess(plan);

  const indexOf = new Map(clients.map((client, index) => [client, index]));
  const pathOf = (to: string | DraftClient) => (typeof to === 'string' ? to : `clients.${indexOf.get(to)}`);
  const carried: CarriedLine[] = [];
  const left: LeftLine[] = [];
  for (const { placed, to, notes, reason } of answers.fates) {
    const line = hbaLine(placed);
    const there = to.filter((one) => typeof one === 'string' || indexOf.has(one));
    const lost = to.find((one): one is DraftClient => typeof one !== 'string' && !indexOf.has(one));
    const why = reason ?? (lost && refused.get(lost));
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
  const ident = identFates(input, account);
  const assumed = [
    ...draft.assumed,
    ...[...indexOf].flatMap(([client, index]): Assumption[] =>
      client.placeholder ? [{ path: `clients.${index}.roles`, reason: say('import.assumed.roles') }] : [],
    ),
  ];
  // While TLS is off hostssl records match nobody.
  const before: Hba = ssl ? hba : { ...hba, records: hba.records.filter(({ record }) => record.type !== 'hostssl') };
  const records = hbaText(plan);
  const after = parseHba(records, { major: model.release.major });
  return {
    plan,
    carried: [...carried, ...inFile.carried, ...ident.carried],
    left: [...left, ...inFile.left, ...ident.left],
    assumed,
    records,
    differences: compareAccess(before, after),
  };
}

/** The records of the plan's pg_hba.conf. */
function hbaText(plan: Plan): string {
  const { grants, release } = deriveAccess(plan);
  return hbaBlocks(grants, release.major)
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

/** Settings that are answers of their own. */
function answeredSettings({ server }: Plan): ReadonlyMap<string, string> {
  return new Map([
    ...(server.dataDirectory === null ? [] : [['data_directory', 'server.dataDirectory'] as const]),
    ...(server.configDirectory === null ? [] : [['hba_file', 'server.configDirectory'] as const]),
  ]);
}

/** The account that may be the superuser, and the line of pg_ident.conf that says so. */
interface Account {
  readonly name: string | null;
  readonly line?: number;
}

function accountOf({ ident = '', major, files = {} }: ImportInput, hba: Hba, superuser: string): Account {
  const own = hba.records.find(
    ({ record }) =>
      record.type === 'local' && record.method === 'peer' && record.users.some(({ text }) => text === superuser),
  );
  if (!own) return { name: null };
  const map = own.record.options.find((option) => option.startsWith('map='))?.slice(4);
  if (map === undefined) return { name: superuser === 'postgres' || checkSystemName(superuser) ? null : superuser };
  for (const { number, fields } of tokenize(ident, major, files)) {
    const [name, account, role] = fields.map(([token]) => token?.text ?? '');
    if (name === map && role === superuser && account !== undefined && !checkSystemName(account))
      return { name: account === 'postgres' ? null : account, line: number };
  }
  return { name: null };
}

function identFates(
  { ident = '', major, files = {} }: ImportInput,
  { line }: Account,
): { readonly carried: CarriedLine[]; readonly left: LeftLine[] } {
  const carried: CarriedLine[] = [];
  const left: LeftLine[] = [];
  const lines = ident.split('\n');
  for (const { file, number } of tokenize(ident, major, files)) {
    const main = file === 'pg_hba.conf';
    const text = main ? (lines[number - 1] ?? '').replace(/\r$/, '') : '';
    const at = { file: main ? 'pg_ident.conf' : file, line: number, text };
    if (main && number === line) carried.push({ ...at, paths: ['server.osUser'], notes: [] });
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
  /** More than a plan takes. */
  readonly beyond: readonly DraftClient[];
  readonly assumed: readonly Assumption[];
}

function draftPlan({ major, platform: given }: ImportInput, { value, hba, superuser, account, answers }: Read): Draft {
  const defaults = defaultPlan('direct');
  const platform = given ?? platformOf(value) ?? (answers.everybodyByPeer ? 'debian' : 'source');
  const directories = directoriesOf(value, platform, major);
  const facts = platformFacts({ platform, ...directories, superuser, osUser: account.name }, major);
  const security = securityOf(defaults.security, value, major, facts);
  const usable = answers.clients.slice(0, LIMITS.clients);
  const ways = waysOf(usable, listened(value('listen_addresses')));
  const names = namesFor(usable);
  const clients = usable.map((client, index) => clientOf(client, names[index] ?? 'client', ways.via));
  const remote = clients.filter(({ via }) => via !== 'socket');
  const inside = remote.length > 0 && remote.every(({ via }) => via === 'private');
  const network: Plan['network'] = inside
    ? { ...privateNetwork(), subnets: [...new Set(remote.flatMap(({ sources }) => sources))].slice(0, LIMITS.entries) }
    : { pattern: 'direct' };
  const assume = (path: string, id: Parameters<typeof say>[0]): Assumption => ({ path, reason: say(id) });
  return {
    clients: usable,
    beyond: answers.clients.slice(LIMITS.clients),
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
        platform,
        port: portOf(value, major),
        addresses: ways.addresses,
        publicBehindNat: ways.publicBehindNat,
        ...directories,
        superuser,
        osUser: account.name,
      },
      network,
      clients,
      administration: { ...defaults.administration, loopback: answers.loopback },
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

/** A client is called as its first role, with a number where that is taken. */
function namesFor(clients: readonly DraftClient[]): string[] {
  const taken = new Set<string>();
  return clients.map(({ roles: [role = 'client'] }) => {
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
  /** Clients that no plan takes, and why. */
  readonly refused: ReadonlyMap<DraftClient, Message>;
}

/** The plan without the answers that its door refuses; those of a client take the client along. */
function passing(draft: Draft): Passed {
  const refused = new Map<DraftClient, Message>(
    draft.beyond.map((client) => [client, say('import.record.tooMany', { limit: LIMITS.clients })]),
  );
  let { plan } = draft;
  let clients = [...draft.clients];
  for (;;) {
    const parsed = parsePlan(plan);
    if (parsed.ok) return { plan: parsed.value, clients, refused };
    const bad = new Set<number>();
    let mended = plan;
    for (const { path, message } of parsed.issues) {
      const [part = '', key = ''] = path.split('.');
      const client = part === 'clients' ? clients[Number(key)] : undefined;
      if (client) {
        bad.add(Number(key));
        refused.set(client, say('import.record.answer', { problem: message }));
      } else mended = withDefault(mended, part, key);
    }
    const kept = (_: unknown, index: number) => !bad.has(index);
    const next = { ...mended, clients: mended.clients.filter(kept) };
    if (bad.size === 0 && JSON.stringify(next) === JSON.stringify(plan)) {
      // What no default mends: nothing is left but a new plan.
      const [problem] = parsed.issues;
      const why = say('import.record.answer', { problem: problem?.message ?? '' });
      for (const client of clients) refused.set(client, why);
      return { plan: bare(plan), clients: [], refused };
    }
    plan = next;
    clients = clients.filter(kept);
  }
}

/** The plan with one answer as a new plan has it. */
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
