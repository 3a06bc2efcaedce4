import type { NetworkAddress } from './network-address.ts';
import type { Token } from './token.ts';

export type ConnectionType = 'local' | 'host' | 'hostssl' | 'hostnossl' | 'hostgssenc' | 'hostnogssenc';

export const METHODS = [
  'trust',
  'reject',
  'md5',
  'password',
  'scram-sha-256',
  'gss',
  'sspi',
  'ident',
  'peer',
  'pam',
  'bsd',
  'ldap',
  'radius',
  'cert',
  'oauth',
] as const;

export type Method = (typeof METHODS)[number];

const addedIn: Partial<Record<Method, number>> = { oauth: 18 };
const removedIn: Partial<Record<Method, number>> = { radius: 19 };

/** Whether a major has a method, in whatever build. */
export const hasMethod = (method: Method, major: number): boolean =>
  (addedIn[method] ?? 0) <= major && major < (removedIn[method] ?? Number.POSITIVE_INFINITY);

/** Methods that ask for a password, in any form. */
export const asksForSecret: ReadonlySet<Method> = new Set([
  'password',
  'md5',
  'scram-sha-256',
  'ldap',
  'radius',
  'pam',
  'bsd',
]);

/** What the address field of a record matches. */
export type RecordAddress =
  | { readonly kind: 'all' | 'samehost' | 'samenet' }
  | { readonly kind: 'name'; readonly name: string }
  | NetworkAddress;

/** A record that the server accepts. */
export interface HbaRecord {
  readonly type: ConnectionType;
  readonly databases: readonly Token[];
  readonly users: readonly Token[];
  /** null for `local`. */
  readonly address: RecordAddress | null;
  readonly method: Method;
  /** As the view shows them: `name=value`, in the view's order. */
  readonly options: readonly string[];
  /** Effective options that the view of this major omits. */
  readonly unshown?: readonly string[];
  /** The record is accepted, but the view's error column contains this text. */
  readonly remark: string | null;
}

/** A line that the server rejects. `error` is the view's text, null if the view has none and only the log does. */
export interface Refusal {
  readonly error: string | null;
}
