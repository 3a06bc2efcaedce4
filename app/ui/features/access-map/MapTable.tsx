import { useState } from 'react';
import type { AccessMap, MapOptions } from '../../../core/index.ts';
import { t } from '../../shared/messages/translate.ts';
import { RecordLine, type Texts } from './RecordLine.tsx';
import { columnWords, howWords, methodWords, rowWords, whoWords } from './words.ts';

interface Props {
  readonly map: AccessMap;
  readonly rows: MapOptions['rows'];
  readonly texts: Texts;
  readonly editable: boolean;
}

const STEP = 200;

/** The content of the picture as a table of text. */
export function MapTable({ map, rows, texts, editable }: Props) {
  const [count, setCount] = useState(STEP);
  const lines = map.rows.flatMap((row) =>
    row.cells.flatMap((cell, column) =>
      cell.entries.map((entry) => ({ row, cell, entry, column: map.columns[column] ?? ({ kind: 'socket' } as const) })),
    ),
  );
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard */}
      <section tabIndex={0} aria-label={t('map.table')} className="overflow-x-auto rounded-md border border-line">
        <table className="w-full border-collapse text-left">
          <caption className="sr-only">{t('map.table')}</caption>
          <thead className="bg-raised">
            <tr>
              {(['row', 'from', 'how', 'who', 'what', 'record'] as const).map((head) => (
                <th key={head} scope="col" className="p-2 font-semibold whitespace-nowrap">
                  {t(head === 'row' ? `map.corner.${rows}` : head === 'who' ? `map.who.${rows}` : `map.head.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.slice(0, count).map(({ row, cell, column, entry }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name; their order is theirs
              <tr key={index} className="border-t border-line align-top">
                <th scope="row" className="p-2 font-semibold">
                  {rowWords(row, rows)}
                </th>
                <td className="p-2">{columnWords(column)}</td>
                <td className="p-2">{howWords(entry)}</td>
                <td className="p-2">{whoWords(entry, cell, rows)}</td>
                <td className="p-2">
                  {methodWords(entry)}
                  {!entry.witness && ` ${t('map.maybeShort')}`}
                </td>
                <td className="p-2">
                  {entry.record && <RecordLine place={entry.record} texts={texts} editable={editable} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {lines.length > count && (
        <button type="button" className="button mt-3" onClick={() => setCount(count + STEP)}>
          {t('audit.more', { rest: lines.length - count })}
        </button>
      )}
    </>
  );
}
