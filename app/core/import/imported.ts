import type { AccessChange, PossibleChange } from '../hba-analysis/compare.ts';
import type { Message } from '../messages/message.ts';
import type { Plan } from '../plan/schema.ts';
import type { Platform } from '../postgres/platform.ts';
import type { SideFiles } from '../postgres/side-files.ts';

/** The files of a running server. */
export interface ImportInput {
  readonly hba: string;
  readonly conf: string;
  /** pg_ident.conf, which says who may be the superuser on the server itself. */
  readonly ident?: string;
  readonly major: number;
  /** Files that the others include. */
  readonly files?: SideFiles;
  /**
   * How PostgreSQL was installed; default: inferred from paths in the files, or from records that let everyone use the
   * socket.
   */
  readonly platform?: Platform;
  /** The roles that may log in, which `all` matches. If absent, one made-up name represents them. */
  readonly roles?: readonly string[];
}

/** A logical line of a file, without its line ending. */
export interface FileLine {
  /** `pg_hba.conf`, `postgresql.conf`, `pg_ident.conf` or the included file that contains it. */
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** A line that became answers. */
export interface CarriedLine extends FileLine {
  /** Where in the plan: `clients.2`, `server.port`. */
  readonly paths: readonly string[];
  /** What differs afterwards. */
  readonly notes: readonly Message[];
}

/** A line that the plan does not represent at all. */
export interface LeftLine extends FileLine {
  readonly reason: Message;
}

/** An answer that no file gives, and that the administrator has to check. */
export interface Assumption {
  readonly path: string;
  readonly reason: Message;
}

/**
 * The result of importing a server's files. Every record, rejected line and setting is in exactly one of `carried` and
 * `left`.
 */
export interface Imported {
  /** Passes `parsePlan`. */
  readonly plan: Plan;
  readonly carried: readonly CarriedLine[];
  readonly left: readonly LeftLine[];
  readonly assumed: readonly Assumption[];
  /** The records of the plan's pg_hba.conf without its comments: `after` in the differences refers to these lines. */
  readonly records: string;
  /**
   * Exactly what the plan's pg_hba.conf allows, rejects or requires differently from the imported one, each with a
   * witness.
   */
  readonly differences: readonly (AccessChange | PossibleChange)[];
}
