import fc from 'fast-check';

const types = ['local', 'host', 'hostssl', 'hostnossl', 'hostgssenc', 'hostnogssenc'] as const;
const names = ['a', 'b', 'c'] as const;
const databases = ['all', 'all', 'replication', 'sameuser', 'samerole', ...names, '"all"'];
const users = ['all', 'all', ...names, '+a', '+b', '"+a"'];
const expressions = ['/^a', '/b$', '/', '/^[ab]$', '/^a$'];
const addresses = [
  'all',
  'all',
  '0.0.0.0/0',
  '::/0',
  '10.0.0.0/8',
  '10.0.0.0/9',
  '10.128.0.0/9',
  '10.1.2.3/32',
  '127.0.0.0/8',
  '127.0.0.1/32',
  '::1/128',
  'fd00::/8',
  'fd00::/9',
  'fd80::/9',
  '10.0.0.0 255.0.255.0',
  '0.0.0.0/1',
  '128.0.0.0/1',
];
const lookedUp = ['samehost', 'samenet', 'db.example.com', 'host.example.com', '.example.com', 'other.example.net'];
const methods = ['trust', 'reject', 'md5', 'scram-sha-256'] as const;

export interface HbaShape {
  readonly records: number;
  /** Includes addresses that depend on the server or on DNS. */
  readonly lookups: boolean;
  /** Includes regular expressions (PostgreSQL 16 and later). */
  readonly expressions: boolean;
}

/** Text of a valid pg_hba.conf with few names and networks, so that records overlap. */
export const hbaText = ({ records, lookups, expressions: withExpressions }: HbaShape): fc.Arbitrary<string> => {
  const oneOf = (words: readonly string[]) =>
    fc.uniqueArray(fc.constantFrom(...words, ...(withExpressions ? expressions : [])), { minLength: 1, maxLength: 3 });
  const record = fc
    .record({
      type: fc.constantFrom(...types),
      databases: oneOf(databases),
      users: oneOf(users),
      address: fc.constantFrom(...addresses, ...(lookups ? lookedUp : [])),
      method: fc.constantFrom(...methods),
    })
    .map(({ type, databases, users, address, method }) =>
      [type, databases.join(','), users.join(','), ...(type === 'local' ? [] : [address]), method].join(' '),
    );
  return fc.array(record, { minLength: 1, maxLength: records }).map((lines) => `${lines.join('\n')}\n`);
};
