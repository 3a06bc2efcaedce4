import { examplesOf } from '../postgres/hba/example.ts';
import { type Expression, expressionOf, isExpression, onlyMatch } from '../postgres/hba/expression.ts';
import type { Hba } from '../postgres/hba/hba.ts';
import type { Token } from '../postgres/hba/token.ts';
import { storedName } from '../postgres/name.ts';

/** The names of one connection: a database and a user, with every role that the user is a member of. */
export interface NamePoint {
  readonly replication: boolean;
  readonly database: string;
  readonly user: string;
  readonly roles: readonly string[];
}

/** A token of the database or user field. Two tokens with the same key match the same names. */
export interface NameToken {
  readonly key: number;
  readonly kind: 'all' | 'replication' | 'sameuser' | 'samerole' | 'group' | 'regex' | 'name';
  readonly text: string;
  /** Present if no name of a connection can match the token: why. */
  readonly unmatchable?: 'empty' | 'long';
}

/** Points to test instead of every name that a pair of tokens matches. */
export interface Representatives {
  readonly points: readonly NamePoint[];
  /** The points represent all names: records that cover each point cover everything that the tokens match. */
  readonly complete: boolean;
}

/** The keys of the tokens that match a point. */
export interface Matching {
  readonly databases: readonly number[];
  readonly users: readonly number[];
}

interface Regex {
  readonly key: number;
  readonly source: string;
  /** undefined if it can't be evaluated here, for example because of a back reference. */
  readonly expression: Expression | undefined;
}

/** The roles that each role is a member of, directly or not. Where absent, any user may be a member of any role. */
export type Memberships = Readonly<Record<string, readonly string[]>>;

/** The name tokens and host names of one or more files, and the names that represent all others. */
export class Names {
  /** Keys of the keywords. */
  readonly all = 0;
  readonly replication = 1;
  readonly sameuser = 2;
  readonly samerole = 3;
  #nextKey = 4;
  /** Tokens of literal names. */
  readonly #named = new Map<string, NameToken>();
  /** Keys of `+group` tokens by the name of the group. */
  readonly #groups = new Map<string, number>();
  /** Keys of regular expressions by their text without the slash. */
  readonly #sources = new Map<string, number>();
  readonly #regexes: Regex[] = [];
  /** Keys of the regular expressions that match a name. */
  readonly #regexKeys = new Map<string, readonly number[]>();
  /** Mentioned names by the key of each regular expression that matches them; computed on first use. */
  #mentionedByRegex: ReadonlyMap<number, readonly string[]> | undefined;
  /** Candidate names by the set of regular expressions. */
  readonly #regexCandidates = new Map<string, readonly string[]>();
  readonly #mentioned = new Set<string>();
  /** Host names in the address fields, in lower case. */
  readonly #hosts = new Set<string>();
  readonly #memberships: Memberships | undefined;
  /** A database and a user that no record mentions, and that no regular expression matches if possible. */
  readonly #unmentioned: { readonly database: string; readonly user: string };
  /** Each name tried as "unmentioned" matches some regular expression, so it doesn't represent all other names. */
  readonly #unmentionedIsMatched: boolean;

  constructor(
    files: readonly Pick<Hba, 'records' | 'major'>[],
    memberships?: Memberships,
    additional: readonly string[] = [],
  ) {
    for (const name of additional) this.#mentioned.add(name);
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
        if (record.address?.kind === 'name') this.#hosts.add(record.address.name.toLowerCase());
      }
    }
    for (const source of sources)
      if (!matchesAll(source))
        this.#regexes.push({ key: this.#sourceKey(source), source, expression: expressionOf(source) });
    for (const [member, roles] of Object.entries(memberships ?? {}))
      for (const name of [member, ...roles]) this.#mentioned.add(name);
    const candidates = [...unmentionedNames(this.#mentioned)];
    const unmatched = candidates.filter((name) => this.#regexesMatching(name).length === 0);
    this.#unmentionedIsMatched = unmatched.length < 2;
    const [database = 'other', user = 'someone'] = this.#unmentionedIsMatched ? candidates : unmatched;
    this.#unmentioned = { database, user };
  }

  #sourceKey(source: string): number {
    const key = this.#sources.get(source) ?? this.#nextKey++;
    this.#sources.set(source, key);
    return key;
  }

  /** Some token is a regular expression that doesn't match every name. */
  get hasRegexes(): boolean {
    return this.#regexes.length > 0;
  }

  /** The names that represent all unmentioned ones are the same in both. */
  hasSameUnmentioned(other: Names): boolean {
    const [one, another] = [this.#unmentioned, other.#unmentioned];
    return (
      one.database === another.database &&
      one.user === another.user &&
      this.#unmentionedIsMatched === other.#unmentionedIsMatched
    );
  }

  /** Both files mention the same names and regular expressions in the same order, so every token has the same representatives. */
  mentionsSame(other: Names): boolean {
    return (
      this.#mentioned.size === other.#mentioned.size &&
      this.#regexes.length === other.#regexes.length &&
      this.#regexes.every(({ source }, index) => source === other.#regexes[index]?.source) &&
      sameOrder(this.#mentioned, other.#mentioned)
    );
  }

  /** Keys of the regular expressions that match a name. */
  #regexesMatching(name: string): readonly number[] {
    if (this.#regexes.length === 0) return none;
    let keys = this.#regexKeys.get(name);
    if (!keys) {
      const matching: number[] = [];
      for (const { key, expression } of this.#regexes) if (expression?.test(name)) matching.push(key);
      keys = matching.length > 0 ? matching : none;
      this.#regexKeys.set(name, keys);
    }
    return keys;
  }

  /** The mentioned names that a regular expression matches. */
  #mentionedMatching(regexKey: number): readonly string[] {
    if (!this.#mentionedByRegex) {
      const matched = new Map<number, string[]>(this.#regexes.map(({ key }) => [key, []]));
      for (const name of this.#mentioned) for (const key of this.#regexesMatching(name)) matched.get(key)?.push(name);
      this.#mentionedByRegex = matched;
    }
    return this.#mentionedByRegex.get(regexKey) ?? [];
  }

  /** At least one regular expression can't be evaluated. */
  get opaque(): boolean {
    return this.#regexes.some(({ expression }) => expression === undefined);
  }

  /** The token is a regular expression that can't be evaluated, so it may match any witness. */
  isOpaque = ({ key, kind }: NameToken): boolean =>
    kind === 'regex' && this.#regexes.some((regex) => regex.key === key && regex.expression === undefined);

  /** The tokens of a database field, without those that another token of the field includes. */
  databases(tokens: readonly Token[], major: number): readonly NameToken[] {
    const [only] = tokens;
    if (tokens.length === 1 && only) return [this.#database(only, major)];
    return distinct(
      tokens.map((token) => this.#database(token, major)),
      ({ kind }) => kind === 'replication',
    );
  }

  /** The tokens of a user field, without those that another token of the field includes. */
  users(tokens: readonly Token[], major: number): readonly NameToken[] {
    const [only] = tokens;
    if (tokens.length === 1 && only) return [this.#user(only, major)];
    return distinct(
      tokens.map((token) => this.#user(token, major)),
      () => false,
    );
  }

  #database({ text, quoted }: Token, major: number): NameToken {
    if (!quoted && text === 'all') return { key: this.all, kind: 'all', text };
    if (!quoted && text === 'sameuser') return { key: this.sameuser, kind: 'sameuser', text };
    if (!quoted && (text === 'samegroup' || text === 'samerole')) return { key: this.samerole, kind: 'samerole', text };
    if (!quoted && text === 'replication') return { key: this.replication, kind: 'replication', text };
    return this.#nameOrRegex(text, major);
  }

  #user({ text, quoted }: Token, major: number): NameToken {
    if (!quoted && text.startsWith('+')) {
      const group = text.slice(1);
      const key = this.#groups.get(group) ?? this.#nextKey++;
      this.#groups.set(group, key);
      return { key, kind: 'group', text: group };
    }
    if (!quoted && text === 'all') return { key: this.all, kind: 'all', text };
    return this.#nameOrRegex(text, major);
  }

  /** The token of a literal name. */
  name(text: string): NameToken {
    let nameToken = this.#named.get(text);
    if (!nameToken) {
      const unmatchable = unmatchableReason(text);
      const token = { key: this.#nextKey++, kind: 'name', text } as const;
      nameToken = unmatchable === undefined ? token : { ...token, unmatchable };
      this.#named.set(text, nameToken);
    }
    return nameToken;
  }

  #nameOrRegex(text: string, major: number): NameToken {
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
    const keys = this.ofDatabase(database);
    if (database === user) keys.push(this.sameuser, this.samerole);
    else if (roles.includes(database)) keys.push(this.samerole);
    return keys;
  }

  #userKeys({ user, roles }: NamePoint): readonly number[] {
    const keys = this.ofUser(user);
    if (this.#groups.size === 0) return keys;
    for (const role of roles) {
      const key = this.ofGroup(role);
      if (key !== undefined && role !== user) keys.push(key);
    }
    return keys;
  }

  /** The keys of the tokens that match a database regardless of the user, except for physical replication. */
  ofDatabase(name: string): number[] {
    const keys = [this.all];
    const named = this.#named.get(name);
    if (named) keys.push(named.key);
    for (const key of this.#regexesMatching(name)) keys.push(key);
    return keys;
  }

  /** The keys of the tokens that match a user regardless of its memberships. */
  ofUser(name: string): number[] {
    const keys = this.ofDatabase(name);
    const group = this.#groups.get(name);
    if (group !== undefined) keys.push(group);
    return keys;
  }

  /** The key of the token that matches the members of a role. */
  ofGroup(role: string): number | undefined {
    return this.#groups.get(role);
  }

  /**
   * A host name that a host name or suffix of a record matches. For a suffix it has a label that no record contains: such a
   * host matches the fewest records, so if it is covered, every host with the suffix is.
   */
  exampleHost(host: string | undefined): string | undefined {
    if (!host?.startsWith('.')) return host;
    let example = `host${host}`;
    for (let count = 2; this.#hosts.has(example); count++) example = `host${count}${host}`;
    return example;
  }

  /**
   * Representative points of the names that all of these tokens match. A user with no roles and an unmentioned name matches
   * the fewest records, so if that user is covered, everyone is. Regular expressions break this rule: they can match an
   * unmentioned name, and then several candidate names are returned and `complete` is false. docs/hba-analysis.md has the
   * proof.
   */
  representatives(databases: readonly NameToken[], users: readonly NameToken[]): Representatives {
    const [database, user] = [databases[0], users[0]];
    if (databases.length === 1 && users.length === 1 && database && user && isPlain(database) && isPlain(user))
      return this.#plainRepresentatives(database, user);
    if ([...databases, ...users].some(({ unmatchable }) => unmatchable)) return { points: [], complete: true };
    const replication = databases.some(({ kind }) => kind === 'replication');
    const representatives = (points: readonly NamePoint[]): Representatives => ({
      points,
      complete: !this.#unmentionedIsMatched && this.#isComplete(databases) && this.#isComplete(users),
    });
    if (replication && databases.some(({ kind }) => kind !== 'replication'))
      return { ...representatives([]), complete: true };
    const sameuser = databases.some(({ kind }) => kind === 'sameuser');
    const samerole = databases.some(({ kind }) => kind === 'samerole');
    const groups = users.filter(({ kind }) => kind === 'group').map(({ text }) => text);
    const userNames = this.#users(users, groups, samerole);
    const databaseNames = this.#candidates(databases, this.#unmentioned.database);
    const points: NamePoint[] = [];
    const add = (database: string, user: string) => {
      const required = [...groups, ...(samerole && !sameuser ? [database] : [])].filter((role) => role !== user);
      const roles = this.#memberships ? (this.#memberships[user] ?? []) : [...new Set(required)];
      if (required.every((role) => roles.includes(role))) points.push({ replication, database, user, roles });
    };
    if (replication) for (const user of userNames) add(this.#unmentioned.database, user);
    else if (sameuser)
      for (const name of this.#sharedNames(databases, users, databaseNames, userNames)) add(name, name);
    else
      for (const user of userNames)
        for (const database of samerole && this.#memberships ? this.#databasesOfRoles(user, databases) : databaseNames)
          add(database, user);
    return representatives(points);
  }

  /**
   * Whether the candidates represent all names that these tokens match: no token is a regular expression, or one token
   * matches a single name.
   */
  #isComplete(nameTokens: readonly NameToken[]): boolean {
    return (
      nameTokens.every(({ kind }) => kind !== 'regex') ||
      (nameTokens.some((nameToken) => onlyName(nameToken) !== undefined) && !nameTokens.some(this.isOpaque))
    );
  }

  /** The same for one database token and one user token that are a literal name or `all`, as in most records. */
  #plainRepresentatives(database: NameToken, user: NameToken): Representatives {
    const name = user.kind === 'name' ? user.text : this.#unmentioned.user;
    return {
      points: [
        {
          replication: false,
          database: database.kind === 'name' ? database.text : this.#unmentioned.database,
          user: name,
          roles: this.#memberships?.[name] ?? noRoles,
        },
      ],
      complete: !this.#unmentionedIsMatched,
    };
  }

  /** Keys of tokens that are guaranteed to match every name that all of these tokens match. */
  guaranteedMatches(databases: readonly NameToken[], users: readonly NameToken[]): Matching {
    const replication = databases.some(({ kind }) => kind === 'replication');
    const keys = (nameTokens: readonly NameToken[]) => [...new Set([this.all, ...nameTokens.map(({ key }) => key)])];
    return { databases: replication ? [this.replication] : keys(databases), users: keys(users) };
  }

  /** Databases named like the user or one of its roles, according to the known memberships. */
  #databasesOfRoles(user: string, databases: readonly NameToken[]): readonly string[] {
    return [...new Set([user, ...(this.#memberships?.[user] ?? [])])].filter((name) => this.#allMatch(databases, name));
  }

  /** Names that all of these tokens match: the literal name, examples of the regular expressions, or an unmentioned name. */
  #candidates(nameTokens: readonly NameToken[], unmentioned: string): readonly string[] {
    for (const nameToken of nameTokens) {
      const name = onlyName(nameToken);
      if (name !== undefined) return this.#allMatch(nameTokens, name) ? [name] : [];
    }
    const expressions = nameTokens.filter(({ kind }) => kind === 'regex');
    const [first] = expressions;
    if (!first) return [unmentioned];
    const cacheKey = `${expressions.map(({ key }) => key)} ${unmentioned}`;
    let names = this.#regexCandidates.get(cacheKey);
    if (!names) {
      const examples = expressions.flatMap(({ text }) => examplesOf(text));
      const matching = [unmentioned, ...examples, ...this.#mentionedMatching(first.key)].filter((name) =>
        this.#allMatch(expressions, name),
      );
      // A name that few other regular expressions match is the most likely to be uncovered.
      names = [...new Set(matching)].toSorted((a, b) => this.#weight(a) - this.#weight(b)).slice(0, MAX_CANDIDATES);
      this.#regexCandidates.set(cacheKey, names);
    }
    return names;
  }

  #weight(name: string): number {
    return this.#regexesMatching(name).length + (this.#mentioned.has(name) ? 1 : 0);
  }

  #allMatch(nameTokens: readonly NameToken[], name: string): boolean {
    return nameTokens.every(({ kind, key, text }) =>
      kind === 'name' ? text === name : kind === 'regex' ? this.#regexesMatching(name).includes(key) : true,
    );
  }

  /** Names for a database and a user with the same name. */
  #sharedNames(
    databases: readonly NameToken[],
    users: readonly NameToken[],
    ofDatabase: readonly string[],
    ofUser: readonly string[],
  ): readonly string[] {
    const matchesAnyName = (nameTokens: readonly NameToken[]) =>
      nameTokens.every(({ kind }) => kind !== 'name' && kind !== 'regex');
    const names =
      this.#memberships || matchesAnyName(databases)
        ? ofUser
        : matchesAnyName(users)
          ? ofDatabase
          : [...ofDatabase, ...ofUser];
    return [...new Set(names)].filter((name) => this.#allMatch(databases, name) && this.#allMatch(users, name));
  }

  /** Candidate users. With known memberships an unmentioned user has no roles, so each known member is a candidate too. */
  #users(users: readonly NameToken[], groups: readonly string[], samerole: boolean): readonly string[] {
    const candidates = this.#candidates(users, this.#unmentioned.user);
    const memberships = this.#memberships;
    if (!memberships || (groups.length === 0 && !samerole)) return candidates;
    return [...new Set([...candidates, ...groups, ...Object.keys(memberships)])].filter((user) =>
      this.#allMatch(users, user),
    );
  }
}

function sameOrder(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const others = b.values();
  for (const one of a) if (one !== others.next().value) return false;
  return true;
}

const none: readonly number[] = [];
const noRoles: readonly string[] = [];

/** The single name that a token matches; undefined also for an expression whose single match no connection can have. */
function onlyName({ kind, text }: NameToken): string | undefined {
  if (kind === 'name') return text;
  const name = kind === 'regex' ? onlyMatch(text) : undefined;
  return name === undefined || unmatchableReason(name) !== undefined ? undefined : name;
}

const isPlain = ({ kind, unmatchable }: NameToken): boolean =>
  kind === 'all' || (kind === 'name' && unmatchable === undefined);

/** Candidate names per regular expression. A higher number takes longer and rarely finds another witness. */
const MAX_CANDIDATES = 12;

/** The regular expression matches every name, as `/.*` does. */
const matchesAll = (source: string): boolean => /^\^?(?:\.[*+])?\$?$/.test(source) && source !== '^$';

/** The tokens without duplicates. `all` includes the other tokens, except those for which `isSeparate` is true. */
function distinct(
  nameTokens: readonly NameToken[],
  isSeparate: (nameToken: NameToken) => boolean,
): readonly NameToken[] {
  const all = nameTokens.find(({ kind }) => kind === 'all');
  const kept = all ? [all, ...nameTokens.filter(isSeparate)] : nameTokens;
  return kept.length === 1 ? kept : [...new Map(kept.map((nameToken) => [nameToken.key, nameToken])).values()];
}

/** Why a literal name can't match the name of any connection; undefined if it can. */
function unmatchableReason(text: string): NameToken['unmatchable'] {
  if (text === '') return 'empty';
  // The server truncates the names of a connection before it compares them.
  return storedName(text) === text ? undefined : 'long';
}

/** Names of many shapes that no record mentions, so that few regular expressions match all of them. */
function* unmentionedNames(mentioned: ReadonlySet<string>): Generator<string> {
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
