import { examplesOf } from '../../postgres/hba/example.ts';
import { type Expression, expressionOf } from '../../postgres/hba/expression.ts';
import type { Hba } from '../../postgres/hba/hba.ts';
import { byteLength, type Token } from '../../postgres/hba/token.ts';

/** Longest name that a connection can ask for, in bytes: the server cuts the rest off (`NAMEDATALEN`). */
const LONGEST_NAME = 63;

/** One database and one user, with the roles that the user is a member of. */
export interface NamePoint {
  readonly replication: boolean;
  readonly database: string;
  readonly user: string;
  readonly roles: readonly string[];
}

/** What a token stands for. Two tokens with one key match the same names. */
export interface Atom {
  readonly key: number;
  readonly kind: 'all' | 'replication' | 'sameuser' | 'samerole' | 'group' | 'regex' | 'name';
  readonly text: string;
}

/** The points to try for some tokens. */
export interface Trial {
  readonly points: readonly NamePoint[];
  /** They stand for all: what covers each of them covers everything that the tokens match. */
  readonly complete: boolean;
}

/** The keys of the tokens that match a name. */
export interface Matching {
  readonly databases: readonly number[];
  readonly users: readonly number[];
}

interface Regex {
  readonly key: number;
  readonly source: string;
  /** undefined: it cannot be said in JavaScript, and matches nobody knows whom. */
  readonly expression: Expression | undefined;
}

/** Who is a member of what, where that is known; else anybody may be a member of anything. */
export type Memberships = Readonly<Record<string, readonly string[]>>;

/** The names that some records speak of, and everybody else. */
export class Names {
  /** Keys of the words that are no names. */
  readonly all = 0;
  readonly replication = 1;
  readonly sameuser = 2;
  readonly samerole = 3;
  /** How many keys there are. */
  #keys = 4;
  /** Literal names, and the keys of groups, by the bare name. */
  readonly #named = new Map<string, Atom>();
  readonly #groups = new Map<string, number>();
  /** The keys of expressions, by their text without the slash. */
  readonly #sources = new Map<string, number>();
  readonly #regexes: Regex[] = [];
  readonly #matching = new Map<string, readonly number[]>();
  /** Names that are mentioned, by the key of each expression that matches them; found out when first asked. */
  #matched: ReadonlyMap<number, readonly string[]> | undefined;
  /** Names to try for some expressions. */
  readonly #chosen = new Map<string, readonly string[]>();
  readonly #mentioned = new Set<string>();
  readonly #memberships: Memberships | undefined;
  readonly #fresh: { readonly database: string; readonly user: string };
  /** Some expression matches every name that was tried as "any other", so not being matched cannot be shown. */
  readonly #freshIsMatched: boolean;

  constructor(
    files: readonly Pick<Hba, 'records' | 'major'>[],
    memberships?: Memberships,
    asked: readonly string[] = [],
  ) {
    for (const name of asked) this.#mentioned.add(name);
    this.#memberships = memberships;
    const sources = new Set<string>();
    for (const { records, major } of files) {
      const mention = ({ text }: Token) => {
        this.#mentioned.add(text);
        if (text.startsWith('+')) this.#mentioned.add(text.slice(1));
        if (isExpression(text, major)) sources.add(text.slice(1));
      };
      for (const { record } of records) {
        record.databases.forEach(mention);
        record.users.forEach(mention);
      }
    }
    for (const source of sources)
      if (!matchesAll(source))
        this.#regexes.push({ key: this.#sourceKey(source), source, expression: expressionOf(source) });
    for (const [member, roles] of Object.entries(memberships ?? {}))
      for (const name of [member, ...roles]) this.#mentioned.add(name);
    const others = [...candidates(this.#mentioned)];
    const free = others.filter((name) => this.#expressionsOf(name).length === 0);
    this.#freshIsMatched = free.length < 2;
    const [database = 'other', user = 'someone'] = this.#freshIsMatched ? others : free;
    this.#fresh = { database, user };
  }

  #sourceKey(source: string): number {
    const key = this.#sources.get(source) ?? this.#keys++;
    this.#sources.set(source, key);
    return key;
  }

  /** Keys of the expressions that match a name. */
  #expressionsOf(name: string): readonly number[] {
    if (this.#regexes.length === 0) return none;
    let found = this.#matching.get(name);
    if (!found) {
      const keys: number[] = [];
      for (const { key, expression } of this.#regexes) if (expression?.test(name)) keys.push(key);
      found = keys.length > 0 ? keys : none;
      this.#matching.set(name, found);
    }
    return found;
  }

  /** The names that are mentioned and match an expression. */
  #mentionedFor(expression: number): readonly string[] {
    if (!this.#matched) {
      const matched = new Map<number, string[]>(this.#regexes.map(({ key }) => [key, []]));
      for (const name of this.#mentioned) for (const key of this.#expressionsOf(name)) matched.get(key)?.push(name);
      this.#matched = matched;
    }
    return this.#matched.get(expression) ?? [];
  }

  /** Of some expression it cannot be judged whom it matches. */
  get opaque(): boolean {
    return this.#regexes.some(({ expression }) => expression === undefined);
  }

  /** It cannot be judged whom the expression matches, so a witness may be caught by it. */
  isOpaque = ({ key, kind }: Atom): boolean =>
    kind === 'regex' && this.#regexes.some((regex) => regex.key === key && regex.expression === undefined);

  /** The tokens of a database field without those that another one contains. */
  databases(tokens: readonly Token[], major: number): readonly Atom[] {
    const [only] = tokens;
    if (tokens.length === 1 && only) return [this.#database(only, major)];
    return distinct(
      tokens.map((token) => this.#database(token, major)),
      ({ kind }) => kind === 'replication',
    );
  }

  users(tokens: readonly Token[], major: number): readonly Atom[] {
    const [only] = tokens;
    if (tokens.length === 1 && only) return [this.#user(only, major)];
    return distinct(
      tokens.map((token) => this.#user(token, major)),
      () => false,
    );
  }

  #database({ text, quoted }: Token, major: number): Atom {
    if (!quoted && text === 'all') return { key: this.all, kind: 'all', text };
    if (!quoted && text === 'sameuser') return { key: this.sameuser, kind: 'sameuser', text };
    if (!quoted && (text === 'samegroup' || text === 'samerole')) return { key: this.samerole, kind: 'samerole', text };
    if (!quoted && text === 'replication') return { key: this.replication, kind: 'replication', text };
    return this.#nameOrRegex(text, major);
  }

  #user({ text, quoted }: Token, major: number): Atom {
    if (!quoted && text.startsWith('+')) {
      const group = text.slice(1);
      const key = this.#groups.get(group) ?? this.#keys++;
      this.#groups.set(group, key);
      return { key, kind: 'group', text: group };
    }
    if (!quoted && text === 'all') return { key: this.all, kind: 'all', text };
    return this.#nameOrRegex(text, major);
  }

  /** A literal name, as a token that stands for nothing else. */
  name(text: string): Atom {
    let atom = this.#named.get(text);
    if (!atom) {
      atom = { key: this.#keys++, kind: 'name', text };
      this.#named.set(text, atom);
    }
    return atom;
  }

  #nameOrRegex(text: string, major: number): Atom {
    if (!isExpression(text, major)) return this.name(text);
    const source = text.slice(1);
    return matchesAll(source)
      ? { key: this.all, kind: 'all', text: 'all' }
      : { key: this.#sourceKey(source), kind: 'regex', text: source };
  }

  /** The keys of all tokens that match a point. */
  matching(point: NamePoint): Matching {
    return { databases: this.#databaseKeys(point), users: this.#userKeys(point) };
  }

  #databaseKeys({ replication, database, user, roles }: NamePoint): readonly number[] {
    if (replication) return [this.replication];
    const found = this.ofDatabase(database);
    if (database === user) found.push(this.sameuser, this.samerole);
    else if (roles.includes(database)) found.push(this.samerole);
    return found;
  }

  #userKeys({ user, roles }: NamePoint): readonly number[] {
    const found = this.ofUser(user);
    if (this.#groups.size === 0) return found;
    for (const role of roles) {
      const key = this.ofGroup(role);
      if (key !== undefined && role !== user) found.push(key);
    }
    return found;
  }

  /** The keys of the tokens that match a database whoever asks for it, but for replication. */
  ofDatabase(name: string): number[] {
    const found = [this.all];
    const named = this.#named.get(name);
    if (named) found.push(named.key);
    for (const key of this.#expressionsOf(name)) found.push(key);
    return found;
  }

  /** The keys of the tokens that match a user, whatever its memberships. */
  ofUser(name: string): number[] {
    const found = this.ofDatabase(name);
    const own = this.#groups.get(name);
    if (own !== undefined) found.push(own);
    return found;
  }

  /** The key of the token that matches the members of a role. */
  ofGroup(role: string): number | undefined {
    return this.#groups.get(role);
  }

  /**
   * The points that matter of those which all of these tokens match. Who is a member of more, or has a name that is
   * mentioned, is matched by every record that matches a stranger without roles; so the stranger is tried first, and where
   * no expression plays a part he stands for all.
   */
  trial(databases: readonly Atom[], users: readonly Atom[]): Trial {
    const [database, user] = [databases[0], users[0]];
    if (databases.length === 1 && users.length === 1 && database && user && isPlain(database) && isPlain(user))
      return this.#plainTrial(database, user);
    const replication = databases.some(({ kind }) => kind === 'replication');
    const trial = (points: readonly NamePoint[]): Trial => ({
      points,
      complete: !this.#freshIsMatched && [...databases, ...users].every(({ kind }) => kind !== 'regex'),
    });
    if (replication && databases.some(({ kind }) => kind !== 'replication')) return { ...trial([]), complete: true };
    const sameuser = databases.some(({ kind }) => kind === 'sameuser');
    const samerole = databases.some(({ kind }) => kind === 'samerole');
    const groups = users.filter(({ kind }) => kind === 'group').map(({ text }) => text);
    const userNames = this.#users(users, groups, samerole);
    const databaseNames = this.#candidates(databases, this.#fresh.database);
    const points: NamePoint[] = [];
    const add = (database: string, user: string) => {
      const asked = [...groups, ...(samerole && !sameuser ? [database] : [])].filter((role) => role !== user);
      const roles = this.#memberships ? (this.#memberships[user] ?? []) : [...new Set(asked)];
      if (asked.every((role) => roles.includes(role))) points.push({ replication, database, user, roles });
    };
    if (replication) for (const user of userNames) add(this.#fresh.database, user);
    else if (sameuser) for (const name of this.#agreed(databases, users, databaseNames, userNames)) add(name, name);
    else
      for (const user of userNames)
        for (const database of samerole && this.#memberships ? this.#rolesOf(user, databases) : databaseNames)
          add(database, user);
    return trial(points);
  }

  /** The same for one database and one user, as most records have them. */
  #plainTrial(database: Atom, user: Atom): Trial {
    const name = user.kind === 'name' ? user.text : this.#fresh.user;
    return {
      points: [
        {
          replication: false,
          database: database.kind === 'name' ? database.text : this.#fresh.database,
          user: name,
          roles: this.#memberships?.[name] ?? nobodys,
        },
      ],
      complete: !this.#freshIsMatched,
    };
  }

  /** Keys that match whatever all of these tokens match. */
  floor(databases: readonly Atom[], users: readonly Atom[]): Matching {
    const replication = databases.some(({ kind }) => kind === 'replication');
    const keys = (atoms: readonly Atom[]) => [...new Set([this.all, ...atoms.map(({ key }) => key)])];
    return { databases: replication ? [this.replication] : keys(databases), users: keys(users) };
  }

  /** Databases that are called as a role of the user, where the table says which these are. */
  #rolesOf(user: string, databases: readonly Atom[]): readonly string[] {
    return [...new Set([user, ...(this.#memberships?.[user] ?? [])])].filter((name) => this.#allMatch(databases, name));
  }

  /** Names that all of these tokens may match: the one that is written, those that expressions match, or anybody. */
  #candidates(atoms: readonly Atom[], fresh: string): readonly string[] {
    const named = atoms.find(({ kind }) => kind === 'name');
    if (named) return this.#allMatch(atoms, named.text) ? [named.text] : [];
    const expressions = atoms.filter(({ kind }) => kind === 'regex');
    const [first] = expressions;
    if (!first) return [fresh];
    const asked = `${expressions.map(({ key }) => key)} ${fresh}`;
    let chosen = this.#chosen.get(asked);
    if (!chosen) {
      const examples = expressions.flatMap(({ text }) => examplesOf(text));
      const found = [fresh, ...examples, ...this.#mentionedFor(first.key)].filter((name) =>
        this.#allMatch(expressions, name),
      );
      // One that fewest other expressions match is the likeliest to be free.
      chosen = [...new Set(found)].toSorted((a, b) => this.#weight(a) - this.#weight(b)).slice(0, CANDIDATES);
      this.#chosen.set(asked, chosen);
    }
    return chosen;
  }

  #weight(name: string): number {
    return this.#expressionsOf(name).length + (this.#mentioned.has(name) ? 1 : 0);
  }

  #allMatch(atoms: readonly Atom[], name: string): boolean {
    return atoms.every(({ kind, key, text }) =>
      kind === 'name' ? text === name : kind === 'regex' ? this.#expressionsOf(name).includes(key) : true,
    );
  }

  /** Names for a database that is called as its user. */
  #agreed(
    databases: readonly Atom[],
    users: readonly Atom[],
    ofDatabase: readonly string[],
    ofUser: readonly string[],
  ): readonly string[] {
    const open = (atoms: readonly Atom[]) => atoms.every(({ kind }) => kind !== 'name' && kind !== 'regex');
    const names = this.#memberships || open(databases) ? ofUser : open(users) ? ofDatabase : [...ofDatabase, ...ofUser];
    return [...new Set(names)].filter((name) => this.#allMatch(databases, name) && this.#allMatch(users, name));
  }

  /** With a table of memberships a stranger is a member of nothing, and where roles are asked for each member is tried. */
  #users(users: readonly Atom[], groups: readonly string[], samerole: boolean): readonly string[] {
    const strangers = this.#candidates(users, this.#fresh.user);
    const table = this.#memberships;
    if (!table || (groups.length === 0 && !samerole)) return strangers;
    return [...new Set([...strangers, ...groups, ...Object.keys(table)])].filter((user) => this.#allMatch(users, user));
  }
}

const none: readonly number[] = [];
const nobodys: readonly string[] = [];
const isPlain = ({ kind }: Atom): boolean => kind === 'name' || kind === 'all';

/** Names tried for an expression; more would cost more than they find. */
const CANDIDATES = 12;

/** From 16 on a leading slash makes an expression, in quotes too. */
const isExpression = (text: string, major: number): boolean => major >= 16 && text.startsWith('/');

/** Expressions that match every name. */
const matchesAll = (source: string): boolean => /^\^?(?:\.[*+])?\$?$/.test(source) && source !== '^$';

/** Atoms once each; beside `all` the others say nothing, but for those that `apart` names. */
function distinct(atoms: readonly Atom[], apart: (atom: Atom) => boolean): readonly Atom[] {
  const all = atoms.find(({ kind }) => kind === 'all');
  const kept = all ? [all, ...atoms.filter(apart)] : atoms;
  return kept.length === 1 ? kept : [...new Map(kept.map((atom) => [atom.key, atom])).values()];
}

/** Why a token can match nobody; undefined where somebody may. */
export function neverMatches({ kind, text }: Atom): 'empty' | 'long' | undefined {
  if (kind !== 'name') return undefined;
  if (text === '') return 'empty';
  return byteLength(text) > LONGEST_NAME ? 'long' : undefined;
}

/** Names that nobody mentions, of many shapes, so that one of them is matched by few expressions. */
function* candidates(mentioned: ReadonlySet<string>): Generator<string> {
  const shapes = [
    'other',
    'someone',
    'Other',
    'SOMEONE',
    '77',
    '9x',
    '_z',
    'q-q',
    'ü',
    'é',
    'K.k',
    '~',
    'zz top',
    '§',
    'j@j',
    'Ωmega',
  ];
  for (const shape of shapes) {
    let name = shape;
    for (let count = 2; mentioned.has(name); count++) name = `${shape}${count}`;
    yield name;
  }
}
