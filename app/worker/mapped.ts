import { type AccessMap, accessMap, type Hba, type MapOptions } from '../core/index.ts';
import { recordLine } from './told.ts';

/** The access map, with the text of the lines that it speaks of. */
export interface DrawnMap {
  readonly map: AccessMap;
  /** Of the main file, by their number. */
  readonly texts: ReadonlyMap<number, string>;
  /** Lines for which the server refuses the file. */
  readonly refusals: number;
}

export function drawn(hba: Hba, options: MapOptions): DrawnMap {
  const map = accessMap(hba, options);
  const texts = new Map<number, string>();
  for (const { cells } of map.rows) {
    for (const { entries } of cells) {
      for (const { record } of entries) {
        if (!record || record.file !== undefined || texts.has(record.line)) continue;
        const text = recordLine(hba, record.line);
        if (text !== undefined) texts.set(record.line, text);
      }
    }
  }
  return { map, texts, refusals: hba.refused.length };
}
