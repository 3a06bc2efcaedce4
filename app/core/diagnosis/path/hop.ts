import type { Message } from '../../messages/message.ts';

/** What a connection passes from the client to its database, in that order. */
export const HOPS = ['address', 'cloud', 'firewall', 'socket', 'tls', 'record', 'method', 'role', 'database'] as const;

export type HopKind = (typeof HOPS)[number];

/** `depends`: on what the client shows, or on what no file tells. `unknown`: nothing given says anything about it. */
export type HopVerdict = 'passes' | 'stops' | 'depends' | 'unknown';

/** One hop, and what becomes of the connection there if it comes so far. */
export interface Hop {
  readonly kind: HopKind;
  readonly verdict: HopVerdict;
  readonly says: readonly Message[];
  /** SQL that tells on the server what no file does. */
  readonly query?: string;
  /** The line that decides. */
  readonly at?: { readonly file: string; readonly line: number };
  /** The answer of the plan that decides. */
  readonly path?: string;
}
