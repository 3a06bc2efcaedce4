import type { Reference } from '../audit/rule.ts';

/** What stands between a client and its database, in the order in which a connection meets it. */
export const REFUSAL_LAYERS = [
  'name',
  'network',
  'firewall',
  'socket',
  'server',
  'tls',
  'record',
  'method',
  'secret',
  'role',
] as const;

export type RefusalLayer = (typeof REFUSAL_LAYERS)[number];

/** One of several things that a text may mean. */
export interface Possibility {
  /** The cause that other lines of the log would show, if one does. */
  readonly cause?: string;
  readonly what: string;
  /** How to find out whether it is this one. */
  readonly tell: string;
}

/** One cause of a refusal: one file, with all that there is to say about it. The text is a document in English. */
export interface Cause {
  /** For links and exports: `password-expired`. Never changes. */
  readonly id: string;
  /** The layer that refused. */
  readonly layer: RefusalLayer;
  readonly title: string;
  readonly explanation: string;
  /** The smallest safe change that helps. */
  readonly fix: string;
  /** Where the text alone cannot tell, what it can mean; empty where it is certain. */
  readonly couldBe: readonly Possibility[];
  /** Messages as programs print them; `…` stands for anything within a line, upper and lower case are alike. */
  readonly wordings: readonly string[];
  /** Lines as users paste them, each of which this cause and no other claims. */
  readonly examples: readonly string[];
  readonly references: readonly Reference[];
}
