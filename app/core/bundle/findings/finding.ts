import { type Message, type MessageId, say } from '../../messages/message.ts';
import type { Severity } from '../../severity.ts';
import type { Source } from '../../source.ts';
import { findingSources, type Stem } from './sources.ts';

/** Something about a plan or a file that the administrator should know. */
export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  /** The answer that it is about, as a plan path. */
  readonly path?: string;
  readonly line?: number;
  readonly message: string;
  readonly why: string;
  /** What to do about it. */
  readonly fix?: string;
  /** The sources of its sentences. */
  readonly references: readonly Source[];
  /** The same sentences for a translation. */
  readonly messages: { readonly message: Message; readonly why: Message; readonly fix: Message };
}

/**
 * Maximum number of listed findings of one kind. Their number can grow with pairs of clients; nobody reads more than a
 * hundred before fixing the first.
 */
export const LISTED = 100;

/** States how many findings of the same kind are not listed. */
export const more = (like: Finding, count: number): Finding[] =>
  count > 0
    ? [finding('more', like.severity, like.path ?? 'clients', { count, limit: LISTED, like: like.message })]
    : [];

/** The findings for the first causes of one kind, and the number of remaining ones. */
export function listed<T>(causes: readonly T[], tell: (cause: T) => readonly Finding[]): Finding[] {
  const found = causes.slice(0, LISTED).flatMap(tell);
  const last = found.at(-1);
  return last ? [...found, ...more(last, causes.length - LISTED)] : [];
}

/** Builds a finding from its catalogue sentences, which share their values. */
export function finding(
  id: Stem,
  severity: Severity,
  path: string,
  values: Readonly<Record<string, string | number>> = {},
): Finding {
  const messages = {
    message: say(`finding.${id}` as MessageId, values),
    why: say(`finding.${id}.why` as MessageId, values),
    fix: say(`finding.${id}.fix` as MessageId, values),
  };
  return {
    id,
    severity,
    path,
    message: messages.message.text,
    why: messages.why.text,
    fix: messages.fix.text,
    references: findingSources[id],
    messages,
  };
}
