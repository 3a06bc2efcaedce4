import { reachability } from '../access/reach/reachability.ts';
import { type Message, say } from '../messages/message.ts';
import { isMappedIPv4, prefixText } from '../net/prefix.ts';
import { LIMITS } from '../plan/answers.ts';
import type { Client, Plan } from '../plan/schema.ts';
import { type Hba, type PlacedRecord, parseHba } from '../postgres/hba/hba.ts';
import { isLoopback, networkOf, sourceText } from '../postgres/hba/network.ts';
import type { HbaRecord } from '../postgres/hba/record.ts';
import { passwordNotes, proofOf } from './methods.ts';
import { databaseNames, type FieldNames, roleNames } from './names.ts';

/** A client of the plan to be, and its networks. It gets its name and its way in once all are known. */
export interface DraftClient {
  readonly socket: boolean;
  readonly sources: string[];
  readonly roles: readonly string[];
  readonly databases: Client['databases'];
  readonly replication: 'none' | 'physical';
  readonly auth: Client['auth'];
  readonly tls: Client['tls'];
  /** Roles are made up for `all`. */
  readonly placeholder: boolean;
}

/** What a record became. A path is that of the plan, or of one of its clients to be. */
export interface RecordFate {
  readonly placed: PlacedRecord;
  readonly to: readonly (string | DraftClient)[];
  readonly notes: readonly Message[];
  /** Why nothing of it is in the plan; absent where something is. */
  readonly reason?: Message;
}

export interface RecordAnswers {
  readonly fates: readonly RecordFate[];
  readonly clients: readonly DraftClient[];
  readonly loopback: boolean;
  readonly remoteSuperuser: boolean;
  readonly finalReject: boolean;
  /** Everybody gets in at the socket by peer, as Debian and Red Hat set it up. */
  readonly everybodyByPeer: boolean;
}

export interface RecordContext {
  readonly hba: Hba;
  readonly superuser: string;
  readonly hashing: Plan['security']['passwordHashing'];
  readonly ssl: boolean;
  readonly roles: readonly string[] | undefined;
  readonly text: (placed: PlacedRecord) => string;
}

/** The superuser by the records: whom they refuse from everywhere, else who comes in at the socket by peer. */
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

/** Every address of a family or of both, however a client comes. */
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
    loopback: reading.loopback,
    remoteSuperuser: reading.remoteSuperuser,
    finalReject: reading.finalReject,
    everybodyByPeer: reading.everybodyByPeer,
  };
}

const PASSWORD: readonly HbaRecord['method'][] = ['scram-sha-256', 'md5', 'password'];

class Reading {
  readonly clients = new Map<string, DraftClient>();
  loopback = false;
  remoteSuperuser = false;
  finalReject = false;
  everybodyByPeer = false;
  #superuserRefused = false;
  readonly #placeholder: string;
  /** Clients by what a reject for clear text below their record repeats. */
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
      return left(databases.replication ? say('import.record.socketReplication') : whatReason(databases));
    if (method !== 'peer' && !PASSWORD.includes(method)) return left(say('import.record.socketMethod', { method }));
    const [option] = record.options;
    if (option !== undefined) return left(say('import.record.option', { option: option.split('=')[0] ?? '' }));
    const client = this.#client({
      socket: true,
      roles: named,
      databases: databasesOf(databases, named),
      replication: 'none',
      auth: { method: method === 'peer' ? 'peer' : 'scram' },
      tls: 'require',
      placeholder: false,
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
    // In every database the superuser has an answer of its own; in some it is a client as others are.
    const named = users.names.filter((name) => name !== superuser || !databases.all);
    const forSuperuser = users.all || users.names.includes(superuser);
    const some = databases.all || databases.names.length > 0 || (databases.sameUser && named.length === 1);
    if (!some) return left(databases.replication ? say('import.record.loopbackReplication') : whatReason(databases));
    const notes = [...passwordNotes(method, hashing), ...leftNotes(users, databases)];
    const to: (string | DraftClient)[] = [];
    if (forSuperuser && databases.all) {
      this.loopback = true;
      to.push('administration.loopback');
      if (users.all) notes.push(say('import.note.superuserAlone'));
    }
    if (named.length > 0) {
      const before = this.clients.size;
      to.push(
        this.#client({
          socket: true,
          roles: named,
          databases: databasesOf(databases, named),
          replication: 'none',
          auth: { method: 'scram' },
          tls: 'require',
          placeholder: false,
        }),
      );
      if (this.clients.size > before) notes.push(say('import.note.socketToo'));
    }
    return to.length > 0 ? carried(to, notes) : left(whoReason(users));
  }

  #remote(placed: PlacedRecord, users: FieldNames, databases: FieldNames, left: Left, carried: Carried): RecordFate {
    const { superuser, hashing, roles, text, hba } = this.context;
    const { record } = placed;
    const sources = sourcesOf(record);
    if ('reason' in sources) return left(sources.reason);
    const written = text(placed);
    if (/clientname\s*=\s*"?DN/.test(written)) return left(say('import.record.option', { option: 'clientname' }));
    const proof = proofOf(wholeRecord(record, written, hba.major), hba.major, hashing);
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

  /** The client that says so, with these networks too; one that has as many as a plan takes is followed by another. */
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

/** What a reject for clear text and the record for TLS above it share. */
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

/** Before 13 the view hides how LDAP is spoken, and the record says what the view says. */
function wholeRecord(record: HbaRecord, text: string, major: number): HbaRecord {
  if (record.method !== 'ldap' || major >= 13) return record;
  return parseHba(text, { major: 13 }).records[0]?.record ?? record;
}
