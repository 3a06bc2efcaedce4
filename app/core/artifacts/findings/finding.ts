import { type Message, type MessageId, say } from '../../messages/message.ts';

/** `danger`: access that was hardly meant. `warning`: will surprise. `note`: worth knowing. */
export type Severity = 'danger' | 'warning' | 'note';

/** Something about a plan or a file that the administrator should know. */
export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  /** The answer it is about, as a plan path. */
  readonly path?: string;
  readonly line?: number;
  readonly message: string;
  readonly why: string;
  /** What to do about it. */
  readonly fix?: string;
  readonly references: readonly string[];
  /** The same sentences for a translation. */
  readonly messages: { readonly message: Message; readonly why: Message; readonly fix: Message };
}

/** The findings of the plan have three sentences each in the catalogue: `ID`, `ID.why` and `ID.fix`. */
type Stem = { [Id in MessageId]: Id extends `finding.${infer S}.why` ? S : never }[MessageId];

/** Puts a finding together from its catalogue sentences, which share their values. */
export function finding(
  id: Stem,
  severity: Severity,
  path: string,
  values: Readonly<Record<string, string | number>> = {},
  references: readonly string[] = [],
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
    references,
    messages,
  };
}
