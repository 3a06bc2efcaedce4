import type { MachineSteps, Step } from '../../../../core/index.ts';
import { textChange } from './changes.ts';

/** How `apply.sh` or the manual commands install the files. */
export type Method = 'apply' | 'manual';

/** Steps under one heading: those of a machine, or those that undo everything. */
export type StepGroup = Omit<MachineSteps, 'machine'> & Partial<Pick<MachineSteps, 'machine'>>;

export const stepsBy = (method: Method, { steps, manual }: StepGroup): readonly Step[] =>
  method === 'manual' ? (manual ?? steps) : steps;

/** The lines that a step's commands are shown and copied as. */
export const linesOf = ({ commands = [] }: Step): string[] => commands.flatMap((command) => command.split('\n'));

/** What the last answer changed in the commands of all machines. */
export interface StepsChange {
  /** By folder of the machine: for each of its steps, the indexes of the lines that are new or different. */
  readonly changed: ReadonlyMap<string, readonly ReadonlySet<number>[]>;
  readonly added: number;
  readonly removed: number;
}

export function stepsChange(
  before: readonly MachineSteps[] | undefined,
  after: readonly MachineSteps[],
  method: Method,
): StepsChange {
  const textOf = (machine: MachineSteps | undefined) =>
    machine ? stepsBy(method, machine).flatMap(linesOf).join('\n') : '';
  const changed = new Map<string, readonly ReadonlySet<number>[]>();
  let [added, removed] = [0, 0];
  for (const machine of before ? after : []) {
    const was = textOf(before?.find(({ folder }) => folder === machine.folder));
    const now = textOf(machine);
    if (was === now) continue;
    const change = textChange(was === '' ? undefined : was, now);
    let first = 1;
    changed.set(
      machine.folder,
      stepsBy(method, machine).map((step) => {
        const lines = linesOf(step);
        const own = lines.flatMap((_, index) => (change.added.has(first + index) ? [index] : []));
        first += lines.length;
        return new Set(own);
      }),
    );
    added += change.added.size;
    removed += change.removed;
  }
  const gone = (before ?? []).filter(({ folder }) => !after.some((machine) => machine.folder === folder));
  removed += gone.flatMap((machine) => stepsBy(method, machine).flatMap(linesOf)).length;
  return { changed, added, removed };
}
