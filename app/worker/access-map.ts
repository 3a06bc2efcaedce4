import { type AccessMap, accessMap, type Hba, type MapOptions } from '../core/index.ts';
import { recordLine } from './view-models.ts';

/** The access map, with the text of the lines that it refers to. */
export interface AccessMapView {
  readonly map: AccessMap;
  /** Lines of the main file, by number. */
  readonly texts: ReadonlyMap<number, string>;
  /** Number of lines for which the server rejects the file. */
  readonly refusals: number;
}

export function accessMapView(hba: Hba, options: MapOptions): AccessMapView {
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
