import { Info } from 'lucide-react';
import type { AccessMap, Family, MapOptions } from '../../../core/index.ts';
import { t } from '../../shared/messages/translate.ts';
import { inWords } from '../../shared/server-files/words.ts';
import { rowWords } from './words.ts';

const MOST = 6;

/** Rows that remote clients can reach over one address family but not over the other. */
export function Families({ map, rows }: { readonly map: AccessMap; readonly rows: MapOptions['rows'] }) {
  const sentences = ([4, 6] as const).flatMap((family) => {
    const other: Family = family === 4 ? 6 : 4;
    const found = map.rows.filter(({ families }) => families[family].reach === 'yes' && families[other].reach === 'no');
    if (found.length === 0) return [];
    const names = found.slice(0, MOST).map((row) => rowWords(row, rows));
    if (found.length > MOST) names.push(t('compare.others', { rest: found.length - MOST }));
    const source = found[0]?.families[family].source ?? '';
    return [t(`map.family.${rows}`, { family, other, names: inWords(names), source })];
  });
  if (sentences.length === 0) return <p className="mt-2 text-muted">{t('map.family.same')}</p>;
  return (
    <ul className="mt-2">
      {sentences.map((sentence) => (
        <li key={sentence} className="flex gap-1.5 text-caution">
          <Info aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span className="min-w-0 break-words">{sentence}</span>
        </li>
      ))}
    </ul>
  );
}
