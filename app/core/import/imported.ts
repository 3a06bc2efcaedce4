import type { AccessChange, PossibleChange } from '../access/reach/compare.ts';
import type { Message } from '../messages/message.ts';
import type { Plan } from '../plan/schema.ts';
import type { Platform } from '../postgres/platform.ts';
import type { SideFiles } from '../postgres/side-files.ts';

/** The files of a server that runs. */
export interface ImportInput {
  readonly hba: string;
  readonly conf: string;
  /** pg_ident.conf, which says who may be the superuser on the server itself. */
  readonly ident?: string;
  readonly major: number;
  /** Files that the others include. */
  readonly files?: SideFiles;
  /** How PostgreSQL was installed; else paths in the files tell, or the records for everybody at the socket. */
  readonly platform?: Platform;
  /** The roles that may log in: whom `all` stands for. Absent: one made-up name stands for them. */
  readonly roles?: readonly string[];
}

/** A logical line of a file, without its end. */
export interface FileLine {
  /** `pg_hba.conf`, `postgresql.conf`, `pg_ident.conf` or the included file that holds it. */
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** A line that became answers. */
export interface CarriedLine extends FileLine {
  /** Where in the plan: `clients.2`, `server.port`. */
  readonly paths: readonly string[];
  /** What is not the same afterwards. */
  readonly notes: readonly Message[];
}

/** A line of which nothing is in the plan. */
export interface LeftLine extends FileLine {
  readonly reason: Message;
}

/** An answer that no file gives, and that the administrator has to look at. */
export interface Assumption {
  readonly path: string;
  readonly reason: Message;
}

/** What became of a server's files. Every record, refused line and setting is in exactly one of `carried` and `left`. */
export interface Imported {
  /** Passes `parsePlan`. */
  readonly plan: Plan;
  readonly carried: readonly CarriedLine[];
  readonly left: readonly LeftLine[];
  readonly assumed: readonly Assumption[];
  /** The records of the plan's pg_hba.conf without its comments: the lines that `after` of the differences counts. */
  readonly records: string;
  /** Exactly what pg_hba.conf of the plan opens, closes or asks for otherwise than the imported one, each with a witness. */
  readonly differences: readonly (AccessChange | PossibleChange)[];
}
