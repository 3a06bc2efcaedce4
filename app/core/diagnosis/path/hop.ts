import type { Message } from '../../messages/message.ts';

/** What a connection passes from the client to its database, in that order. */
export const HOPS = ['address', 'cloud', 'firewall', 'socket', 'tls', 'record', 'method', 'role', 'database'] as const;

export type HopKind = (typeof HOPS)[number];

/**
 * `depends`: on what the client presents, or on information outside the files. `unknown`: no given file or plan
 * describes it.
 */
export type HopVerdict = 'passes' | 'stops' | 'depends' | 'unknown';

/** One hop, and its verdict on the connection if the connection gets that far. */
export interface Hop {
  readonly kind: HopKind;
  readonly verdict: HopVerdict;
  readonly says: readonly Message[];
  /** SQL that shows on the server what the files do not contain. */
  readonly query?: string;
  /** The line that is decisive. */
  readonly at?: { readonly file: string; readonly line: number };
  /** The answer of the plan that is decisive. */
  readonly path?: string;
}
