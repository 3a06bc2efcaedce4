import { type Connection, decide } from '../hba-analysis/decide.ts';
import { type Hba, parseHba } from '../postgres/hba/hba.ts';
import type { HbaRecord } from '../postgres/hba/record.ts';
import type { Token } from '../postgres/hba/token.ts';
import type { HbaShape } from './hba-arbitrary.ts';

/** Addresses in every range that the records of `hbaText` distinguish, and some outside. */
const addresses = [
  '10.0.0.1',
  '10.0.1.1',
  '10.128.0.1',
  '10.128.1.1',
  '10.1.2.3',
  '10.1.2.4',
  '127.0.0.1',
  '127.9.0.1',
  '1.2.3.4',
  '200.1.1.1',
  '::1',
  'fd00::1',
  'fd80::1',
  '2001:db8::1',
];
const hostNames = [
  undefined,
  'db.example.com',
  'host.example.com',
  'x.example.com',
  'other.example.net',
  'elsewhere.test',
];
const databases = ['a', 'b', 'c', '+a', 'all', 'ab', 'xb', 'zzz', 'yyy'];
/** Includes the name of every database in the records, because `sameuser` compares the two. */
const users = ['a', 'b', 'c', '+a', 'all', 'ab', 'xb', 'zzz'];
/** Groups in the records. */
const groups = [[], ['a'], ['b'], ['a', 'b']];

type Who = Pick<Connection, 'database' | 'user' | 'roles' | 'replication'>;
type Where = Omit<Connection, keyof Who>;

/** Memberships matter only for roles in the records, and for a role with the name of the database. */
const who: readonly Who[] = users.flatMap((user) =>
  groups.flatMap((roles) => [
    { user, roles, database: 'yyy', replication: true },
    ...databases.flatMap((database) =>
      [roles, [...new Set([...roles, database])]].map((all) => ({ user, roles: all, database, replication: false })),
    ),
  ]),
);

const where = (lookups: boolean): readonly Where[] => [
  { transport: 'local', encryption: 'none' },
  ...(['none', 'tls', 'gss'] as const).flatMap((encryption) =>
    addresses.flatMap((address) =>
      (lookups ? hostNames : [undefined]).map((hostname): Where => {
        const place = { transport: 'tcp', encryption, address } as const;
        return hostname === undefined ? place : { ...place, hostname };
      }),
    ),
  ),
];

/**
 * Every connection that the records of `hbaText` can distinguish, for exhaustive tests. What each field of a record matches
 * is computed once by `decide`, with a file of one record.
 */
export class Cells {
  readonly #where: readonly Where[];
  readonly #major: number;
  readonly #matched = new Map<string, readonly boolean[]>();

  constructor({ lookups }: Pick<HbaShape, 'lookups'>, major: number) {
    this.#where = where(lookups);
    this.#major = major;
  }

  /** The index of the first matching record for each connection, or -1. */
  firstMatches(hba: Hba): Int16Array {
    const records = hba.records.map(({ record }) => this.#fields(record));
    const indexes = new Int16Array(this.count);
    // Names that the same records match have the same result for every source.
    const rows = new Map<string, Int16Array>();
    for (let name = 0; name < who.length; name++) {
      let key = '';
      for (const { names } of records) key += names[name] ? '+' : '-';
      let row = rows.get(key);
      if (!row) {
        const first = (place: number) => records.findIndex(({ names, places }) => names[name] && places[place]);
        row = Int16Array.from(this.#where, (_, place) => first(place));
        rows.set(key, row);
      }
      indexes.set(row, name * row.length);
    }
    return indexes;
  }

  get count(): number {
    return who.length * this.#where.length;
  }

  connection(cell: number): Connection {
    return { ...who[Math.floor(cell / this.#where.length)], ...this.#where[cell % this.#where.length] } as Connection;
  }

  #fields({ type, databases: inDatabases, users: inUsers, address }: HbaRecord) {
    const word = ({ text, quoted }: Token) => (quoted ? `"${text}"` : text);
    const ofDatabase = inDatabases.map((token) => this.#names(`local ${word(token)} all trust`));
    const ofUser = inUsers.map((token) => this.#names(`local all,replication ${word(token)} trust`));
    const any = (tables: readonly (readonly boolean[])[], index: number) => tables.some((table) => table[index]);
    const names = who.map((_, index) => any(ofDatabase, index) && any(ofUser, index));
    return { names, places: this.#places(type, address) };
  }

  #names(line: string): readonly boolean[] {
    return this.#matches(line, () => who.map((one) => ({ transport: 'local', encryption: 'none', ...one })));
  }

  #places(type: HbaRecord['type'], address: HbaRecord['address']): readonly boolean[] {
    const text =
      address === null
        ? ''
        : address.kind === 'network'
          ? `${dotted(address.address.bits, address.address.family)} ${dotted(address.mask.bits, address.mask.family)}`
          : address.kind === 'name'
            ? address.name
            : address.kind;
    const anybody = { user: 'a', roles: [], database: 'a', replication: false };
    return this.#matches(`${type} all all ${text} trust`, () => this.#where.map((one) => ({ ...anybody, ...one })));
  }

  #matches(line: string, connections: () => readonly Connection[]): readonly boolean[] {
    let matches = this.#matched.get(line);
    if (!matches) {
      const hba = parseHba(line, { major: this.#major });
      matches = connections().map((connection) => decide(hba, connection).outcome === 'record');
      this.#matched.set(line, matches);
    }
    return matches;
  }
}

const dotted = (bits: bigint, family: 4 | 6): string =>
  family === 4
    ? [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 0xffn).join('.')
    : Array.from({ length: 8 }, (_, index) => ((bits >> BigInt(112 - 16 * index)) & 0xffffn).toString(16)).join(':');
