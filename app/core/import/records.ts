import { reachability } from '../hba-analysis/reachability.ts';
import { type Message, say } from '../messages/message.ts';
import { isMappedIPv4, prefixText } from '../net/prefix.ts';
import { LIMITS } from '../plan/answers.ts';
import type { Client, Plan, Service } from '../plan/schema.ts';
import type { Hba, PlacedRecord } from '../postgres/hba/hba.ts';
import { isLoopback, networkOf, sourceText } from '../postgres/hba/network.ts';
import type { HbaRecord } from '../postgres/hba/record.ts';
import { type IdentLine, identitiesOf } from './identities.ts';
import { passwordNotes, proofOf } from './methods.ts';
import { databaseNames, type FieldNames, roleNames } from './names.ts';

/** A client of the future plan, and its networks. It gets its name and its access path once all are known. */
export interface DraftClient {
  readonly socket: boolean;
  readonly sources: string[];
  readonly roles: readonly string[];
  readonly databases: Client['databases'];
  readonly replication: 'none' | 'physical';
  readonly auth: Client['auth'];
  readonly tls: Client['tls'];
  /** The roles are made up, for `all`. */
  readonly placeholder: boolean;
}

/** The path of an answer, or an entry that has no index yet. */
export type Became = string | DraftClient | DraftService;

/** A local service of the future plan, without its name. */
export type DraftService = Omit<Service, 'name'>;

/** What a record became. A path is in the plan, or in one of its future clients. */
export interface RecordFate {
  readonly placed: PlacedRecord;
  readonly to: readonly Became[];
  readonly notes: readonly Message[];
  /** Why the plan contains nothing of it; absent if it contains something. */
  readonly reason?: Message;
}

export interface RecordAnswers {
  readonly fates: readonly RecordFate[];
  readonly clients: readonly DraftClient[];
  readonly services: readonly DraftService[];
  readonly loopback: boolean;
  readonly remoteSuperuser: boolean;
  readonly finalReject: boolean;
  /** Everyone can connect over the socket with peer, as Debian and Red Hat configure it. */
  readonly everybodyByPeer: boolean;
}

export interface RecordContext {
  readonly hba: Hba;
  readonly superuser: string;
  readonly hashing: Plan['security']['passwordHashing'];
  readonly ssl: boolean;
  readonly roles: readonly string[] | undefined;
  readonly text: (placed: PlacedRecord) => string;
  readonly ident: readonly IdentLine[];
}

/**
 * The superuser according to the records: the role that they reject from everywhere, else the one that connects over
 * the socket with peer.
 */
export function superuserOf({ records, major }: Hba): string {
  const alone = ({ record }: PlacedRecord, databases: boolean) => {
    const users = roleNames(record.users, major);
    const [name] = users.names;
    const single = !users.all && users.open.length === 0 && users.names.length === 1;
    return single && (!databases || databaseNames(record.databases, major).all) ? name : undefined;
  };
  for (const placed of records)
    if (placed.record.method === 'reject' && everywhere(placed.record)) {
      const name = alone(placed, true);
      if (name !== undefined) return name;
    }
  for (const placed of records)
    if (placed.record.type === 'local' && placed.record.method === 'peer') {
      const name = alone(placed, true);
      if (name !== undefined) return name;
    }
  return 'postgres';
}

/** Every address of one family or of both, for any connection type. */
function everywhere({ type, address }: HbaRecord): boolean {
  return type === 'host' && (address?.kind === 'all' || networkOf(address)?.length === 0);
}

/** Goes through the records in the order of the file. */
export function readRecords(context: RecordContext): RecordAnswers {
  const reading = new Reading(context);
  const reach = reachability(context.hba, { ssl: context.ssl });
  const fates = context.hba.records.map((placed, index): RecordFate => {
    const status = reach[index];
    if (status?.status === 'unmatchable' && status.reason.id !== 'reach.noSsl')
      return { placed, to: [], notes: [], reason: status.reason };
    if (status?.status === 'dead') return { placed, to: [], notes: [], reason: say('import.record.dead') };
    return reading.take(placed);
  });
  return {
    fates,
    clients: [...reading.clients.values()],
    services: [...reading.services.values()],
    loopback: reading.loopback,
    remoteSuperuser: reading.remoteSuperuser,
    finalReject: reading.finalReject,
    everybodyByPeer: reading.everybodyByPeer,
  };
}

/** A client on the server itself, which has a record for the socket and, with a password, records for loopback. */
const socketClient = {
  socket: true,
  roles: [],
  databases: [],
  replication: 'none',
  auth: { method: 'scram' },
  tls: 'require',
  placeholder: false,
} as const satisfies Omit<DraftClient, 'sources'>;

const PASSWORD: readonly HbaRecord['method'][] = ['scram-sha-256', 'md5', 'password'];

class Reading {
  readonly clients = new Map<string, DraftClient>();
  readonly services = new Map<string, DraftService>();
  loopback = false;
  remoteSuperuser = false;
  finalReject = false;
  everybodyByPeer = false;
  #superuserRefused = false;
  readonly #placeholder: string;
  /** Clients by the fields that a reject of unencrypted connections below their record repeats. */
  readonly #overTls = new Map<string, DraftClient[]>();

  constructor(private readonly context: RecordContext) {
    const { hba } = context;
    const taken = new Set(hba.records.flatMap(({ record }) => roleNames(record.users, hba.major).names));
    let name = 'app';
    for (let number = 2; taken.has(name); number++) name = `app_${number}`;
    this.#placeholder = name;
  }

  take(placed: PlacedRecord): RecordFate {
    const { major } = this.context.hba;
    const { record } = placed;
    const users = roleNames(record.users, major);
    const databases = databaseNames(record.databases, major);
    const left = (reason: Message): RecordFate => ({ placed, to: [], notes: [], reason });
    const carried = (to: RecordFate['to'], notes: readonly Message[] = []): RecordFate => ({ placed, to, notes });
    if (record.type === 'local') return this.#local(record, users, databases, left, carried);
    if (record.method === 'reject') return this.#reject(record, users, databases, left, carried);
    if (record.type !== 'host' && record.type !== 'hostssl')
      return left(say('import.record.kind', { type: record.type }));
    if (isLoopback(record)) return this.#loopback(record, users, databases, left, carried);
    return this.#remote(placed, users, databases, left, carried);
  }

  #local(record: HbaRecord, users: FieldNames, databases: FieldNames, left: Left, carried: Carried): RecordFate {
    const { superuser, hashing } = this.context;
    const { method } = record;
    if (method === 'reject') return left(say('import.record.reject'));
    const named = users.names.filter((name) => name !== superuser);
    const mapped = record.options.some((option) => option.startsWith('map=') && option !== 'map=postern');
    const notes = [
      ...leftNotes(users, databases),
      ...(method === 'peer' ? [] : [say('import.note.superuserPeer')]),
      ...(mapped ? [say('import.note.map')] : []),
    ];
    const forSuperuser = users.names.includes(superuser);
    if (users.all) {
      if (databases.all && method === 'peer' && record.options.length === 0) {
        this.everybodyByPeer = true;
        return carried(['server.platform']);
      }
      if (databases.replication && !databases.all && databases.names.length === 0)
        return carried(['server.superuser'], [say('import.note.superuserAlone'), ...notes]);
      return left(say('import.record.socketEverybody'));
    }
    if (named.length === 0) return forSuperuser ? carried(['server.superuser'], notes) : left(whoReason(users));
    const owner = forSuperuser ? ['server.superuser'] : [];
    if (databases.names.length === 0 && !databases.all && !(databases.sameUser && named.length === 1))
      return databases.replication && method === 'peer' && record.options.length === 0
        ? carried(
            named.map((role) => this.#service({ kind: 'backup', role, databases: [], login: 'peer' })),
            leftNotes(users, databases),
          )
        : left(databases.replication ? say('import.record.socketReplication') : whatReason(databases));
    if (method !== 'peer' && !PASSWORD.includes(method)) return left(say('import.record.socketMethod', { method }));
    const [option] = record.options;
    if (option !== undefined) return left(say('import.record.option', { option: option.split('=')[0] ?? '' }));
    const client = this.#client({
      ...socketClient,
      roles: named,
      databases: databasesOf(databases, named),
      auth: { method: method === 'peer' ? 'peer' : 'scram' },
    });
    return carried(
      [...owner, client],
      [...leftNotes(users, databases), ...(method === 'peer' ? [] : passwordNotes(method, hashing))],
    );
  }

  #reject(record: HbaRecord, users: FieldNames, databases: FieldNames, left: Left, carried: Carried): RecordFate {
    if (everywhere(record)) {
      if (users.all && (databases.all || databases.replication)) {
        this.finalReject = true;
        return carried(['security.finalReject']);
      }
      const alone = !users.all && users.names.length === 1 && users.open.length === 0;
      if (alone && users.names[0] === this.context.superuser && (databases.all || databases.replication)) {
        if (databases.all) this.#superuserRefused = true;
        return carried(['security.remoteSuperuser']);
      }
    }
    const above = record.type === 'hostnossl' ? this.#overTls.get(shape(record)) : undefined;
    return above ? carried(above) : left(say('import.record.reject'));
  }

  #loopback(record: HbaRecord, users: FieldNames, databases: FieldNames, left: Left, carried: Carried): RecordFate {
    const { superuser, hashing } = this.context;
    const { method } = record;
    if (!PASSWORD.includes(method)) return left(say('import.record.loopbackMethod', { method }));
    const [option] = record.options;
    if (option !== undefined) return left(say('import.record.option', { option: option.split('=')[0] ?? '' }));
    const named = users.names.filter((name) => name !== superuser);
    const forSuperuser = users.all || users.names.includes(superuser);
    const some = databases.all || databases.names.length > 0 || (databases.sameUser && users.names.length === 1);
    const notes = [...passwordNotes(method, hashing), ...leftNotes(users, databases)];
    const to: Became[] = [];
    if (!some && !databases.replication) return left(whatReason(databases));
    if (!some) {
      for (const role of named) to.push(this.#service({ kind: 'backup', role, databases: [], login: 'scram' }));
      return to.length > 0 ? carried(to, notes) : left(say('import.record.loopbackReplication'));
    }
    // For all databases, the superuser has its own answer. For some, it is a client: a local service can't be the superuser.
    if (forSuperuser && databases.all) {
      this.loopback = true;
      to.push('administration.loopback');
      if (users.all) notes.push(say('import.note.superuserAlone'));
    } else if (users.names.includes(superuser)) {
      const roles = [superuser];
      to.push(this.#client({ ...socketClient, roles, databases: databasesOf(databases, roles) }));
    }
    if (named.length > 0) {
      const own = databasesOf(databases, named);
      // A client on the server itself also has a record for the socket; without one it is a local service over
      // loopback.
      const client = this.#known({ ...socketClient, roles: named, databases: own });
      if (client) to.push(client);
      else
        for (const role of named) to.push(this.#service({ kind: 'application', role, databases: own, login: 'scram' }));
    }
    return to.length > 0 ? carried(to, notes) : left(whoReason(users));
  }

  #remote(placed: PlacedRecord, users: FieldNames, databases: FieldNames, left: Left, carried: Carried): RecordFate {
    const { superuser, hashing, roles, text, hba, ident } = this.context;
    const { record } = placed;
    const sources = sourcesOf(record);
    if ('reason' in sources) return left(sources.reason);
    const written = text(placed);
    if (/clientname\s*=\s*"?DN/.test(written)) return left(say('import.record.option', { option: 'clientname' }));
    const proof = proofOf(record, hba.major, hashing, (map) => identitiesOf(ident, map, users.names));
    if ('reason' in proof) return left(proof.reason);
    const notes = [...proof.notes, ...leftNotes(users, databases)];
    const named = new Set(users.names);
    if (users.all) for (const role of roles ?? []) named.add(role);
    if (named.has(superuser) && (this.#superuserRefused || !users.names.includes(superuser))) {
      named.delete(superuser);
      notes.push(say('import.note.superuserClosed'));
    } else if (users.all && !this.#superuserRefused && !named.has(superuser))
      notes.push(say('import.note.superuserClosed'));
    let placeholder = false;
    if (users.all && named.size === 0) {
      placeholder = true;
      named.add(this.#placeholder);
      notes.push(say('import.note.rolesPlaceholder', { role: this.#placeholder }));
    }
    if (named.size === 0) return left(whoReason(users));
    if (named.has(superuser)) this.remoteSuperuser = true;
    const common = {
      socket: false,
      roles: [...named],
      auth: proof.auth,
      tls: record.type === 'hostssl' ? 'require' : 'allow',
      placeholder,
    } as const;
    const to: DraftClient[] = [];
    if (databases.all || databases.names.length > 0 || (databases.sameUser && named.size === 1))
      to.push(
        this.#client(
          { ...common, databases: databasesOf(databases, common.roles), replication: 'none' },
          sources.networks,
        ),
      );
    if (databases.replication)
      to.push(this.#client({ ...common, databases: [], replication: 'physical' }, sources.networks));
    if (to.length === 0) return left(whatReason(databases));
    if (record.type === 'hostssl') this.#overTls.set(shape(record), to);
    return carried(to, notes);
  }

  #known(answers: Omit<DraftClient, 'sources'>): DraftClient | undefined {
    return this.clients.get(`${JSON.stringify(answers)}0`);
  }

  #service(answers: DraftService): DraftService {
    const key = JSON.stringify(answers);
    const known = this.services.get(key) ?? answers;
    this.services.set(key, known);
    return known;
  }

  /** The client with these answers, extended by these networks; one at the limit of networks is followed by another. */
  #client(answers: Omit<DraftClient, 'sources'>, networks: readonly string[] = []): DraftClient {
    const words = JSON.stringify(answers);
    for (let part = 0; ; part++) {
      const key = `${words}${part}`;
      const known = this.clients.get(key) ?? { ...answers, sources: [] };
      const fresh = networks.filter((network) => !known.sources.includes(network));
      if (known.sources.length + fresh.length > LIMITS.entries) continue;
      this.clients.set(key, known);
      known.sources.push(...fresh);
      return known;
    }
  }
}

type Left = (reason: Message) => RecordFate;
type Carried = (to: RecordFate['to'], notes?: readonly Message[]) => RecordFate;

const whoReason = ({ names, open, refused }: FieldNames): Message =>
  names.length === 0 && open.length === 0 && refused.length > 0
    ? say('import.note.namesLeft', { names: refused.join(', ') })
    : say('import.record.users');

const whatReason = ({ open, refused, sameUser }: FieldNames): Message =>
  open.length === 0 && !sameUser && refused.length > 0
    ? say('import.note.namesLeft', { names: refused.join(', ') })
    : say('import.record.databases');

function leftNotes(users: FieldNames, databases: FieldNames): Message[] {
  const refused = [...users.refused, ...databases.refused];
  const note = (
    id: 'import.note.usersLeft' | 'import.note.databasesLeft' | 'import.note.namesLeft',
    names: readonly string[],
  ) => (names.length > 0 ? [say(id, { names: names.join(', ') })] : []);
  return [
    ...note('import.note.usersLeft', users.all ? [] : users.open),
    ...note('import.note.databasesLeft', databases.all ? [] : databases.open),
    ...note('import.note.namesLeft', refused),
  ];
}

const databasesOf = ({ all, names, sameUser }: FieldNames, roles: readonly string[]): Client['databases'] =>
  all ? 'all' : [...new Set([...names, ...(sameUser && roles.length === 1 ? roles : [])])];

/** The fields that a reject of unencrypted connections and the TLS record above it share. */
const shape = ({ databases, users, address }: HbaRecord): string =>
  JSON.stringify([databases, users, sourceText({ address })]);

function sourcesOf(record: HbaRecord): { readonly networks: readonly string[] } | { readonly reason: Message } {
  const { address } = record;
  if (address?.kind === 'all') return { networks: ['0.0.0.0/0', '::/0'] };
  const network = networkOf(address);
  if (!network) return { reason: say('import.record.address', { address: sourceText(record) }) };
  if (isMappedIPv4(network)) return { reason: say('import.record.mapped', { address: prefixText(network) }) };
  return { networks: [prefixText(network)] };
}
