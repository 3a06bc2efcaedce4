import {
  type AccessMap,
  accessMap,
  type Hba,
  isPrivate,
  type MapColumn,
  type MapOptions,
  parsePrefix,
} from '../core/index.ts';
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
  const map = outsideFirst(accessMap(hba, options));
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

/** The map with the sources that a stranger can have first: all other addresses, public networks, private ones, the server. */
export function outsideFirst(map: AccessMap): AccessMap {
  const order = map.columns
    .map((column, index) => ({ index, rank: rankOf(column) }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ index }) => index);
  const inOrder = <T>(values: readonly T[]): T[] => order.map((index) => values[index] as T);
  return {
    ...map,
    columns: inOrder(map.columns),
    rows: map.rows.map((row) => ({ ...row, cells: inOrder(row.cells) })),
  };
}

function rankOf(column: MapColumn): number {
  switch (column.kind) {
    case 'else':
      return 0;
    case 'network': {
      const network = parsePrefix(column.network ?? '');
      return network && isPrivate(network) ? 2 : 1;
    }
    case 'loopback':
      return 3;
    case 'socket':
      return 4;
  }
}
