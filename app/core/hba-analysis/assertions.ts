import type { AddressSet } from '../net/set.ts';
import { difference, everything } from '../net/set.ts';
import { isExpression } from '../postgres/hba/expression.ts';
import type { Hba } from '../postgres/hba/hba.ts';
import { asksForSecret, type HbaRecord, type Method } from '../postgres/hba/record.ts';
import type { Token } from '../postgres/hba/token.ts';
import { type Axis, axisOf, KINDS, type Kind } from './axis.ts';
import { CoverageIndex, coversFor, firstGap, offAxisMayBeUncovered, regionOf } from './coverage-index.ts';
import { type Connection, type Decision, decide } from './decide.ts';
import { type Interval, intersect } from './interval-set.ts';
import { type Memberships, Names } from './names.ts';
import { connectionAt, gapForExample } from './reachability.ts';

/** A statement about a file that an administrator wants to check. */
export type Assertion =
  /** These roles can connect over TCP only from these networks. Loopback isn't included unless listed. */
  | { readonly kind: 'only-from'; readonly roles: readonly string[]; readonly networks: AddressSet }
  /** No unencrypted TCP connection is asked for a password or accepted with `trust`. */
  | { readonly kind: 'encrypted' }
  /** Only these roles can connect to the database. */
  | { readonly kind: 'only-roles'; readonly database: string; readonly roles: readonly string[] };

export type Answer =
  | { readonly holds: 'yes' }
  | { readonly holds: 'no'; readonly witness: Connection; readonly decision: Decision }
  /** It depends on facts that aren't in the file, such as the server's addresses, or on a regular expression. */
  | { readonly holds: 'unknown' };

/** Whether an assertion holds for a file; if not, with a connection that proves it. Roles are exact names. */
export function checkAssertion(hba: Hba, assertion: Assertion, memberships?: Memberships): Answer {
  switch (assertion.kind) {
    case 'only-from':
      return combined(
        assertion.roles.map((role) =>
          search(hba, memberships, {
            kinds: ['none', 'tls', 'gss'],
            addresses: difference(everything, assertion.networks),
            user: role,
            violates: mayAccept,
          }),
        ),
      );
    case 'encrypted':
      return search(hba, memberships, { kinds: ['none'], violates: ({ method }) => unsafeUnencrypted.has(method) });
    case 'only-roles':
      return search(hba, memberships, {
        kinds: KINDS,
        database: assertion.database,
        violates: mayAccept,
        allowed: new Set(assertion.roles),
      });
  }
}

/** Methods that ask for a password, and `trust`. */
const unsafeUnencrypted: ReadonlySet<Method> = new Set(['trust', ...asksForSecret]);

const mayAccept = ({ method }: HbaRecord): boolean => method !== 'reject';

const combined = (answers: readonly Answer[]): Answer =>
  answers.find(({ holds }) => holds === 'no') ?? answers.find(({ holds }) => holds === 'unknown') ?? { holds: 'yes' };

/** Connections to search for. */
interface Query {
  readonly kinds: readonly Kind[];
  readonly addresses?: AddressSet;
  readonly database?: string;
  readonly user?: string;
  /** Users that are allowed to connect. */
  readonly allowed?: ReadonlySet<string>;
  /** A connection that this record decides violates the assertion. */
  readonly violates: (record: HbaRecord) => boolean;
}

/** Searches for a connection that a violating record decides. */
function search(hba: Hba, memberships: Memberships | undefined, query: Query): Answer {
  const mentioned = [query.database, query.user, ...(query.allowed ?? [])].filter((name) => name !== undefined);
  const placed = hba.records.filter(
    ({ record }) => query.user === undefined || mayMatchUser(record.users, query.user, hba.major),
  );
  const names = new Names([{ records: placed, major: hba.major }], memberships, mentioned);
  const axis = axisOf(
    placed.map(({ record }) => record),
    query.addresses,
  );
  const queried = intervalsOf(axis, query);
  const [database, user] = [query.database, query.user].map((name) => (name === undefined ? [] : [names.name(name)]));
  const coverage = new CoverageIndex();
  let unknown = false;
  for (const [index, { line, file, record }] of placed.entries()) {
    const region = regionOf(record, hba.major, axis, names);
    const hostname = names.exampleHost(region.host);
    const intervals = intersect(region.intervals, queried);
    const offAxis = region.offAxis && { ...region.offAxis, kinds: intersect(region.offAxis.kinds, queried) };
    for (const ofDatabase of query.violates(record) ? region.databases : []) {
      for (const ofUser of region.users) {
        const tokens = [
          [ofDatabase, ...(database ?? [])],
          [ofUser, ...(user ?? [])],
        ] as const;
        const { points, complete } = names.representatives(...tokens);
        for (const point of points) {
          if (query.allowed?.has(point.user)) continue;
          const buckets = coverage.buckets(names.matching(point));
          const gap = gapForExample(coversFor(buckets, hostname), intervals, axis);
          const witness = gap && connectionAt(gap, point, hostname, axis);
          const decision = witness && decide(hba, witness);
          if (witness && decision?.outcome === 'record' && decision.line === line && decision.file === file)
            return { holds: 'no', witness, decision };
          unknown ||= witness !== undefined || (offAxis !== undefined && offAxisMayBeUncovered(buckets, offAxis));
        }
        if (!complete)
          unknown ||=
            firstGap(coversFor(coverage.buckets(names.guaranteedMatches(...tokens)), region.host), intervals) !==
            undefined;
      }
    }
    coverage.add(region, index);
  }
  return { holds: unknown ? 'unknown' : 'yes' };
}

/** False if no connection of this user can match any of the tokens. */
const mayMatchUser = (tokens: readonly Token[], user: string, major: number): boolean =>
  tokens.some(({ text }) => text === user || text === 'all' || text.startsWith('+') || isExpression(text, major));

function intervalsOf(axis: Axis, { kinds, addresses }: Query): Interval[] {
  return kinds.flatMap((kind) => {
    const whole = axis.ofKind(kind);
    if (kind === 'local' || !addresses) return [whole];
    return axis.intervalsOf(addresses).map(({ from, to }) => ({ from: whole.from + from, to: whole.from + to }));
  });
}
