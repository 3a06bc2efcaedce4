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

/** Methods that take a password, in whatever form. */
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

/** A record that the server takes. */
export interface HbaRecord {
  readonly type: ConnectionType;
  readonly databases: readonly Token[];
  readonly users: readonly Token[];
  /** null for `local`. */
  readonly address: RecordAddress | null;
  readonly method: Method;
  /** As the view shows them: `name=value`, in its order. */
  readonly options: readonly string[];
  /** The record is live, and the view's error column still says this. */
  readonly remark: string | null;
}

/** A line that the server refuses. `error` is the view's text, null where the view has none and only the log speaks. */
export interface Refusal {
  readonly error: string | null;
}
