import type { Message } from '../messages/message.ts';
import type { Sh } from '../quote/sh.ts';

/** A command that a machine needs, with its packages if their names differ. */
export type Program = string | { readonly command: string; readonly debian: string; readonly rhel: string };

/** The program that reads a file at its target. Each function is called with that path. */
export interface Reader {
  /** The commands that it calls. */
  readonly programs?: readonly Program[];
  /** Rejects an invalid file; runs with the new files in place, visible only to the check. */
  readonly check?: (path: string) => Sh[];
  /** Applies the file, or its absence: runs after it was installed, and again after a rollback. */
  readonly use?: (path: string) => Sh[];
  /** Runs after a rollback instead of `use`. A service that was not running before has nothing to read again. */
  readonly back?: (path: string) => Sh[];
  /** What must be stopped before the file is removed. */
  readonly leave?: (path: string) => Sh[];
  /** The services that `use` may enable or start. */
  readonly units?: (path: string) => string[];
  /** The same for manual installation: once the file is in place, before it is removed, and afterwards. */
  readonly byHand?: {
    readonly use?: (path: string) => Sh[];
    readonly leave?: (path: string) => Sh[];
    readonly removed?: (path: string) => Sh[];
  };
  /** The title of a step, if `apply.sh` can't do `byHand.use` and the guide requests it after the confirmation. */
  readonly afterApply?: Message;
}
