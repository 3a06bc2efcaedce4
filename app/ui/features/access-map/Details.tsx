import { CircleHelp } from 'lucide-react';
import type { MapCell, MapColumn, MapOptions, MapRow } from '../../../core/index.ts';
import { t } from '../../shared/messages/translate.ts';
import { connectionWords } from '../../shared/server-files/words.ts';
import { RecordLine, type Texts } from './RecordLine.tsx';
import { columnWords, howWords, methodWords, rowWords, whoWords } from './words.ts';

interface Props {
  readonly row: MapRow;
  readonly column: MapColumn;
  readonly cell: MapCell;
  readonly rows: MapOptions['rows'];
  readonly texts: Texts;
  /** Whether lines can be opened in the editor. */
  readonly editable: boolean;
}

/** The decisive records in one cell, in the order of the file. */
export function Details({ row, column, cell, rows, texts, editable }: Props) {
  return (
    <>
      <p className="font-semibold break-words">
        {t('map.says.place', { row: rowWords(row, rows), column: columnWords(column) })}
      </p>
      {cell.entries.length === 0 && <p className="mt-1 text-muted">{t('map.empty')}</p>}
      <ol className="mt-1 divide-y divide-line border-y border-line">
        {cell.entries.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries are in the order of the file
          <li key={index} className="py-2 break-words">
            {!entry.witness && (
              <p className="flex gap-1.5 text-caution">
                <CircleHelp aria-hidden className="mt-0.5 size-4 shrink-0" />
                {t('map.maybeWhy')}
              </p>
            )}
            <p>
              <span className="font-semibold">{methodWords(entry)}</span> {whoWords(entry, cell, rows)},{' '}
              {howWords(entry)}
            </p>
            {entry.record && (
              <p>
                <RecordLine place={entry.record} texts={texts} editable={editable} />
              </p>
            )}
            {entry.witness && (
              <p className="text-muted">{t('map.example', { connection: connectionWords(entry.witness) })}</p>
            )}
          </li>
        ))}
      </ol>
      {cell.more > 0 && <p className="mt-1 text-muted">{t('map.moreHere', { count: cell.more })}</p>}
    </>
  );
}
