import type { Reference } from '../../audit/rule.ts';
import type { Command } from './command.ts';
import type { Facts } from './facts.ts';

/** The layers between a client and its database, in the order in which a connection passes them. */
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
  /** How to determine whether it is this one. */
  readonly tell: string;
}

/** One cause of a rejection: one file, with everything about it. The text is written in English. */
export interface Cause {
  /** For links and exports: `password-expired`. Never changes. */
  readonly id: string;
  /** The layer that rejected. */
  readonly layer: RefusalLayer;
  readonly title: string;
  readonly explanation: string;
  /** The smallest safe change that helps. */
  readonly fix: string;
  /** The fix and its check as something to paste, with what the text names. */
  readonly commands?: (facts: Facts) => readonly Command[];
  /** How to check that the cause is gone. */
  readonly check: string;
  /** What the text would say if it were the cause that is most easily mistaken for this one. */
  readonly otherwise: string;
  /** If the text is ambiguous, what it can mean; empty if it is certain. */
  readonly couldBe: readonly Possibility[];
  /** Messages as programs print them; `…` matches anything within a line, and case is ignored. */
  readonly wordings: readonly string[];
  /** Lines as users paste them, each of which only this cause claims. */
  readonly examples: readonly string[];
  readonly references: readonly Reference[];
}
