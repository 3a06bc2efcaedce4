import { editHba } from '../../postgres/hba/edit.ts';
import { type ParseHbaOptions, parseHba } from '../../postgres/hba/hba.ts';
import type { Place } from '../decide.ts';
import { compareAccess } from './compare.ts';
import { reachability } from './reachability.ts';

/** A record of the main file that decides about nobody, and those that leave it nobody. */
interface Spare {
  readonly line: number;
  readonly by: readonly Place[];
}

/** A file without what does nothing: it lets in the same connections in the same way. */
export interface Tidied {
  readonly text: string;
  readonly spared: readonly Spare[];
}

/** Takes the dead records out of the main file, as far as it can be proven that nothing changes. Comments stay. */
export function tidy(text: string, options: ParseHbaOptions): Tidied {
  const hba = parseHba(text, options);
  const dead = reachability(hba).flatMap((reach): Spare[] =>
    reach.status === 'dead' && reach.file === undefined ? [{ line: reach.line, by: reach.by }] : [],
  );
  const without = (spared: readonly Spare[]): string =>
    editHba(
      hba,
      spared.map(({ line }) => ({ kind: 'delete', line })),
    );
  const proven = (spared: readonly Spare[]) => compareAccess(hba, parseHba(without(spared), options)).length === 0;
  const spared = proven(dead) ? dead : [];
  if (spared.length < dead.length) for (const one of dead) if (proven([...spared, one])) spared.push(one);
  return { text: without(spared), spared };
}
