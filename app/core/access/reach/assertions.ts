import type { AddressSet } from '../../net/set.ts';
import { difference, everything } from '../../net/set.ts';
import type { Hba } from '../../postgres/hba/hba.ts';
import { asksForSecret, type HbaRecord, type Method } from '../../postgres/hba/record.ts';
import type { Token } from '../../postgres/hba/token.ts';
import { type Connection, type Decision, decide } from '../decide.ts';
import { type Axis, axisOf, KINDS, type Kind } from './axis.ts';
import { meet, type Span } from './cover.ts';
import { coversFor, firstGap, Ledger, ownMayBeFree, regionOf } from './ledger.ts';
import { type Memberships, Names } from './names.ts';
import { connectionAt } from './reachability.ts';

/** Something that an administrator wants to hold of a file. */
export type Assertion =
  /** None of these roles gets in over TCP from outside the networks; loopback has to be named too. */
  | { readonly kind: 'only-from'; readonly roles: readonly string[]; readonly networks: AddressSet }
  /** Nobody is asked for a password over TCP that is not encrypted, nor let in there without proof. */
  | { readonly kind: 'encrypted' }
  /** Nobody but these roles gets in to the database. */
  | { readonly kind: 'only-roles'; readonly database: string; readonly roles: readonly string[] };

export type Answer =
  | { readonly holds: 'yes' }
  | { readonly holds: 'no'; readonly witness: Connection; readonly decision: Decision }
  /** Something of it depends on what no file tells: an expression, an address of the server. */
  | { readonly holds: 'unknown' };

/** Whether an assertion holds of a file, with a connection that shows it where not. Roles are exact names. */
export function checkAssertion(hba: Hba, assertion: Assertion, memberships?: Memberships): Answer {
  switch (assertion.kind) {
    case 'only-from':
      return firstOf(
        assertion.roles.map((role) =>
          search(hba, memberships, {
            kinds: ['none', 'tls', 'gss'],
            addresses: difference(everything, assertion.networks),
            user: role,
            counts: letsIn,
          }),
        ),
      );
    case 'encrypted':
      return search(hba, memberships, { kinds: ['none'], counts: ({ method }) => inClear.has(method) });
    case 'only-roles':
      return search(hba, memberships, {
        kinds: KINDS,
        database: assertion.database,
        counts: letsIn,
        allowed: new Set(assertion.roles),
      });
  }
}

/** What asks for a secret, or for nothing at all. */
const inClear: ReadonlySet<Method> = new Set(['trust', ...asksForSecret]);

const letsIn = ({ method }: HbaRecord): boolean => method !== 'reject';

const firstOf = (answers: readonly Answer[]): Answer =>
  answers.find(({ holds }) => holds === 'no') ?? answers.find(({ holds }) => holds === 'unknown') ?? { holds: 'yes' };

interface Search {
  readonly kinds: readonly Kind[];
  readonly addresses?: AddressSet;
  readonly database?: string;
  readonly user?: string;
  /** Users that may. */
  readonly allowed?: ReadonlySet<string>;
  /** A record of which it matters whom it catches. */
  readonly counts: (record: HbaRecord) => boolean;
}

/** Looks for a connection of this kind that a record which counts decides about. */
function search(hba: Hba, memberships: Memberships | undefined, asked: Search): Answer {
  const mentioned = [asked.database, asked.user, ...(asked.allowed ?? [])].filter((name) => name !== undefined);
  const placed = hba.records.filter(({ record }) => asked.user === undefined || mayBe(record.users, asked.user));
  const names = new Names([{ records: placed, major: hba.major }], memberships, mentioned);
  const axis = axisOf(
    placed.map(({ record }) => record),
    asked.addresses,
  );
  const within = spansOf(axis, asked);
  const [database, user] = [asked.database, asked.user].map((name) => (name === undefined ? [] : [names.name(name)]));
  const ledger = new Ledger();
  let unknown = false;
  for (const [index, { line, file, record }] of placed.entries()) {
    const region = regionOf(record, hba.major, axis, names);
    const hostname = region.host?.startsWith('.') ? `host${region.host}` : region.host;
    const spans = meet(region.spans, within);
    const own = region.own && { ...region.own, kinds: meet(region.own.kinds, within) };
    for (const ofDatabase of asked.counts(record) ? region.databases : []) {
      for (const ofUser of region.users) {
        const tokens = [
          [ofDatabase, ...(database ?? [])],
          [ofUser, ...(user ?? [])],
        ] as const;
        const { points, complete } = names.trial(...tokens);
        for (const point of points) {
          if (asked.allowed?.has(point.user)) continue;
          const buckets = ledger.buckets(names.matching(point));
          const gap = firstGap(coversFor(buckets, hostname), spans);
          const witness = gap && connectionAt(gap, point, hostname, axis);
          const decision = witness && decide(hba, witness);
          if (witness && decision?.outcome === 'record' && decision.line === line && decision.file === file)
            return { holds: 'no', witness, decision };
          unknown ||= witness !== undefined || (own !== undefined && ownMayBeFree(buckets, own));
        }
        if (!complete)
          unknown ||= firstGap(coversFor(ledger.buckets(names.floor(...tokens)), region.host), spans) !== undefined;
      }
    }
    ledger.add(region, index);
  }
  return { holds: unknown ? 'unknown' : 'yes' };
}

/** False where no connection of the user can match any of the tokens. */
const mayBe = (tokens: readonly Token[], user: string): boolean =>
  tokens.some(({ text }) => text === user || text === 'all' || text.startsWith('+') || text.startsWith('/'));

function spansOf(axis: Axis, { kinds, addresses }: Search): Span[] {
  return kinds.flatMap((kind) => {
    const whole = axis.ofKind(kind);
    if (kind === 'local' || !addresses) return [whole];
    return axis.spansOf(addresses).map(({ from, to }) => ({ from: whole.from + from, to: whole.from + to }));
  });
}
