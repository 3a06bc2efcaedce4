import { linesOf } from '../postgres/conf/conf.ts';
import { rawLines } from '../postgres/hba/lines.ts';
import { MAIN_FILE, withinLimits } from '../postgres/hba/tokenize.ts';
import { type SideFiles, sideFile } from '../postgres/side-files.ts';
import type { FileLine, ImportInput } from './imported.ts';

type Place = { readonly line: number; readonly file?: string };

/** Returns the line at a place, for files of one kind. */
export type LineAt = (place: Place) => FileLine;

export const hbaLineAt = ({ hba, major, files = {} }: ImportInput): LineAt =>
  lineAt(MAIN_FILE, hba, files, (text) => (withinLimits(text) ? rawLines(text, major) : []));

export const confLineAt = ({ conf, files = {} }: ImportInput): LineAt =>
  lineAt('postgresql.conf', conf, files, linesOf);

function lineAt(
  main: string,
  mainText: string,
  files: SideFiles,
  split: (text: string) => Iterable<{ readonly number: number; readonly raw: string }>,
): LineAt {
  const read = new Map<string, ReadonlyMap<number, string>>();
  const linesIn = (file: string) => {
    const known = read.get(file);
    if (known) return known;
    const found = new Map<number, string>();
    const text = file === main ? mainText : (sideFile(files, file) ?? '');
    for (const { number, raw } of split(text)) found.set(number, raw.replace(/[\r\n]+$/, ''));
    read.set(file, found);
    return found;
  };
  return ({ line, file = main }) => ({ file, line, text: linesIn(file).get(line) ?? '' });
}
