import { type Edit, editLines } from '../edit-lines.ts';
import type { Conf } from './conf.ts';

/** A postgresql.conf after some edits. */
export const editConf = ({ lines }: Pick<Conf, 'lines'>, edits: readonly Edit[]): string => editLines(lines, edits);
