import type { Message } from '../messages/message.ts';

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
  readonly messages: { readonly message: Message; readonly why: Message; readonly fix?: Message };
}
