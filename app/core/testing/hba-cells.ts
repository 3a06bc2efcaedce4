import { type Connection, decide } from '../access/decide.ts';
import { type Hba, parseHba } from '../postgres/hba/hba.ts';
import type { HbaRecord } from '../postgres/hba/record.ts';
import type { HbaShape } from './hba-arbitrary.ts';

/** Every address that the records of `hbaText` tell from others, and some that none names. */
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
const hostNames = [undefined, 'db.example.com', 'x.example.com', 'other.example.net', 'elsewhere.test'];
const databases = ['a', 'b', 'c', '+a', 'all', 'ab', 'xb', 'zzz', 'yyy'];
const users = ['a', 'b', 'c', '+a', 'ab', 'xb', 'zzz'];
/** Groups that records ask for. */
const groups = [[], ['a'], ['b'], ['a', 'b']];

type Who = Pick<Connection, 'database' | 'user' | 'roles' | 'replication'>;
type Where = Omit<Connection, keyof Who>;

/** Of the roles of a user only those that a record asks for matter, and one that is called as the database. */
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
 * Every connection that records of `hbaText` can tell from another, tried one by one. What one field of a record matches is
 * asked of `decide` once, with a file of one record; the rest is counting.
 */
export class Cells {
  readonly #where: readonly Where[];
  readonly #major: number;
  readonly #matched = new Map<string, readonly boolean[]>();

  constructor({ lookups }: Pick<HbaShape, 'lookups'>, major: number) {
    this.#where = where(lookups);
    this.#major = major;
  }

  /** For each connection the index of the record that catches it, or -1, and the connection itself when asked. */
  caught(hba: Hba): Int16Array {
    const records = hba.records.map(({ record }) => this.#fields(record));
    const found = new Int16Array(who.length * this.#where.length).fill(-1);
    for (let name = 0; name < who.length; name++) {
      for (const [index, { names, places }] of records.entries()) {
        if (!names[name]) continue;
        for (let place = 0; place < places.length; place++) {
          const at = name * places.length + place;
          if (places[place] && found[at] === -1) found[at] = index;
        }
      }
    }
    return found;
  }

  get count(): number {
    return who.length * this.#where.length;
  }

  connection(cell: number): Connection {
    return { ...who[Math.floor(cell / this.#where.length)], ...this.#where[cell % this.#where.length] } as Connection;
  }

  #fields({ type, databases: inDatabases, users: inUsers, address }: HbaRecord) {
    const any = (tables: readonly (readonly boolean[])[]) =>
      who.map((_, index) => tables.some((table) => table[index]));
    const word = ({ text, quoted }: { text: string; quoted: boolean }) => (quoted ? `"${text}"` : text);
    const ofDatabase = any(inDatabases.map((token) => this.#names(`local ${word(token)} all trust`)));
    const ofUser = any(inUsers.map((token) => this.#names(`local all,replication ${word(token)} trust`)));
    return { names: who.map((_, index) => ofDatabase[index] && ofUser[index]), places: this.#places(type, address) };
  }

  #names(line: string): readonly boolean[] {
    return this.#tried(
      line,
      who.map((one) => ({ transport: 'local', encryption: 'none', ...one })),
    );
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
    return this.#tried(
      `${type} all all ${text} trust`,
      this.#where.map((one) => ({ ...anybody, ...one })),
    );
  }

  #tried(line: string, connections: readonly Connection[]): readonly boolean[] {
    let found = this.#matched.get(line);
    if (!found) {
      const hba = parseHba(line, { major: this.#major });
      found = connections.map((connection) => decide(hba, connection).outcome === 'record');
      this.#matched.set(line, found);
    }
    return found;
  }
}

const dotted = (bits: bigint, family: 4 | 6): string =>
  family === 4
    ? [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 0xffn).join('.')
    : Array.from({ length: 8 }, (_, index) => ((bits >> BigInt(112 - 16 * index)) & 0xffffn).toString(16)).join(':');
