/** Who wrote a record. `unknown`: a bare message, which a server logs and a client prints alike. */
export type Writer = 'server' | 'client' | 'pooler' | 'proxy' | 'unknown';

/** One message with everything that belongs to it: of a server log in any format, or printed by a client. */
export interface LogRecord {
  readonly writer: Writer;
  /** The container, pod or host that the line is from, if an envelope around it says so. */
  readonly source?: string;
  /** Process number (`%p`) or session number (`%c`), as written. */
  readonly process?: string;
  /** As written. */
  readonly time?: string;
  /** In English and uppercase: `FATAL`, `LOG`. */
  readonly severity?: string;
  /** Five characters (manual, appendix A). */
  readonly sqlstate?: string;
  readonly user?: string;
  readonly database?: string;
  /** The client's address, without its port. */
  readonly host?: string;
  readonly message: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly context?: string;
  readonly statement?: string;
  /** Each line of the record, without envelope and prefix where it has a severity, as the diagnosis quotes it. */
  readonly lines: readonly string[];
}

/** What DETAIL, HINT and the other labels of one record are called here. */
export const LABELS = {
  DETAIL: 'detail',
  HINT: 'hint',
  CONTEXT: 'context',
  STATEMENT: 'statement',
  QUERY: 'statement',
  LOCATION: undefined,
  BACKTRACE: undefined,
} as const;

export type Label = keyof typeof LABELS;
