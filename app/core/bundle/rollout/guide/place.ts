import type { FileOutline, Machine } from '../../file.ts';
import type { Host } from '../apply/host.ts';

/** A machine of the guide. Several machines of a kind each have a folder inside that of their kind. */
export interface Place {
  readonly machine: Machine;
  /** The machine's folder in the bundle. */
  readonly folder: string;
  readonly title: string;
  readonly files: readonly FileOutline[];
  /** Set if the machine has an `apply.sh`. */
  readonly host?: Host;
}

/** Whether the `apply.sh` of the machine installs or runs the file. */
export const installs = (host: Host, file: FileOutline): boolean =>
  host.postgres.includes(file) || host.plain.includes(file) || host.override === file || file.covered === true;
