import { type Edit, editLines } from '../edit-lines.ts';
import type { Hba } from './hba.ts';

export type { Edit } from '../edit-lines.ts';

/** A pg_hba.conf after some edits. */
export const editHba = ({ lines }: Pick<Hba, 'lines'>, edits: readonly Edit[]): string => editLines(lines, edits);
