import { Lock, LockOpen, Move } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import type { AccessMap, MapOptions } from '../../../core/index.ts';
import { t } from '../../shared/messages/translate.ts';
import { faceOf, looks } from './faces.ts';
import { useCut } from './use-cut.ts';
import { cellWords, columnWords, rowWords } from './words.ts';

/** A cell of the picture, by the indexes of its row and column. */
export interface Field {
  readonly row: number;
  readonly column: number;
}

interface Props {
  readonly map: AccessMap;
  readonly rows: MapOptions['rows'];
  readonly chosen: Field;
  readonly onChoose: (field: Field) => void;
  readonly onLook: (field: Field | null) => void;
}

/** A grid of rows by source networks. The arrow keys move between cells. */
export function Picture({ map, rows, chosen, onChoose, onLook }: Props) {
  const table = useRef<HTMLTableElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const to = moved(event.key, chosen, map);
    if (!to) return;
    event.preventDefault();
    onChoose(to);
    table.current?.querySelector<HTMLElement>(`[data-field="${to.row} ${to.column}"]`)?.focus();
  };
  const { host, cut, onScroll } = useCut(map);
  return (
    <>
      <div className="relative">
        <div ref={host} onScroll={onScroll} className="max-h-[70dvh] overflow-auto rounded-md border border-line">
          <table
            ref={table}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its fields are gone through with the arrow keys
            role="grid"
            aria-label={t('map.picture')}
            className="border-separate border-spacing-0 text-xs"
            onKeyDown={onKeyDown}
            onMouseLeave={() => onLook(null)}
          >
            <thead>
              <tr>
                <td className="sticky top-0 left-0 z-20 border-r border-b border-line bg-surface p-2 text-muted">
                  {t(`map.corner.${rows}`)}
                </td>
                {map.columns.map((column, index) => (
                  <th
                    // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                    key={index}
                    scope="col"
                    className="sticky top-0 z-10 min-w-30 border-r border-b border-line bg-surface p-2 text-left align-bottom font-semibold break-words last:border-r-0"
                  >
                    {columnWords(column)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {map.rows.map((row, at) => (
                <tr key={`${row.kind} ${row.text}`}>
                  <th
                    scope="row"
                    className="sticky left-0 z-10 max-w-36 min-w-24 border-r border-b border-line bg-surface p-2 text-left font-semibold break-words md:max-w-56"
                  >
                    {rowWords(row, rows)}
                  </th>
                  {row.cells.map((cell, column) => {
                    const { face, waysIn } = faceOf(cell);
                    const { Icon, tone, ground, pattern } = looks[face];
                    const isChosen = at === chosen.row && column === chosen.column;
                    const words = cellWords(cell, row, map.columns[column] ?? { kind: 'socket' }, rows);
                    const [weakest, ...others] = waysIn;
                    const clear = waysIn.some(({ connections }) => connections.includes('none'));
                    const tls = waysIn.some(({ connections }) => connections.includes('tls'));
                    return (
                      // biome-ignore lint/suspicious/noArrayIndexKey: a field is its place
                      <td key={column} className="h-px border-r border-b border-line p-0 last:border-r-0">
                        <button
                          type="button"
                          data-field={`${at} ${column}`}
                          tabIndex={isChosen ? 0 : -1}
                          aria-label={words}
                          aria-pressed={isChosen}
                          className={`relative flex h-full min-h-13 w-full flex-col items-start gap-0.5 py-1.5 pr-2 pl-4.5 text-left outline-offset-[-3px] ${ground} ${isChosen ? 'outline-2 outline-accent' : ''}`}
                          onClick={() => onChoose({ row: at, column })}
                          onFocus={() => onChoose({ row: at, column })}
                          onMouseEnter={() => onLook({ row: at, column })}
                        >
                          <span
                            aria-hidden
                            className="absolute inset-y-0 left-0 w-2.5"
                            style={{ background: pattern }}
                          />
                          <span className={`inline-flex items-center gap-1 font-semibold whitespace-nowrap ${tone}`}>
                            <Icon aria-hidden className="size-3.5 shrink-0" />
                            {face === 'unknown' ? t('map.maybe') : (weakest?.method ?? t('map.nobody'))}
                          </span>
                          {waysIn.length > 0 && (
                            <span className="inline-flex items-center gap-1 whitespace-nowrap text-ink">
                              {tls && <Lock aria-hidden className="size-3" />}
                              {clear && <LockOpen aria-hidden className="size-3 text-caution" />}
                              {clear ? t(tls ? 'map.tlsOrClear' : 'map.clear') : tls ? 'TLS' : ''}
                              {others.length > 0 && <span>{t('map.otherWays', { count: others.length })}</span>}
                            </span>
                          )}
                        </button>
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {cut.columns > 0 && (
          <span
            aria-hidden
            className="pointer-events-none absolute inset-y-px right-px w-8 rounded-r-md bg-linear-to-l from-edge/50 to-transparent"
          />
        )}
        {cut.rows > 0 && (
          <span
            aria-hidden
            className="pointer-events-none absolute inset-x-px bottom-px h-8 rounded-b-md bg-linear-to-t from-edge/50 to-transparent"
          />
        )}
      </div>
      {(cut.columns > 0 || cut.rows > 0) && (
        <p className="mt-1 flex items-center gap-1.5 text-xs text-muted">
          <Move aria-hidden className="size-3.5 shrink-0" />
          {t(`map.cut.${rows}`, { ...cut })}
        </p>
      )}
    </>
  );
}

/** The cell that a key moves to. */
function moved(key: string, { row, column }: Field, { rows, columns }: AccessMap): Field | undefined {
  const within = (at: number, length: number) => Math.min(Math.max(at, 0), length - 1);
  switch (key) {
    case 'ArrowRight':
      return { row, column: within(column + 1, columns.length) };
    case 'ArrowLeft':
      return { row, column: within(column - 1, columns.length) };
    case 'ArrowDown':
      return { row: within(row + 1, rows.length), column };
    case 'ArrowUp':
      return { row: within(row - 1, rows.length), column };
    case 'Home':
      return { row, column: 0 };
    case 'End':
      return { row, column: columns.length - 1 };
    default:
      return undefined;
  }
}
