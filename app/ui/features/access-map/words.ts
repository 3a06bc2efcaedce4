import {
  type MapCell,
  type MapColumn,
  type MapEntry,
  type MapOptions,
  type MapRow,
  shownBytes,
} from '../../../core/index.ts';
import { t } from '../../shared/messages/translate.ts';
import { databaseWords, inWords, kindWords, userWords } from '../../shared/server-files/words.ts';

export function columnWords(column: MapColumn): string {
  if (column.kind === 'socket') return t('map.socket');
  const { kind, network, without, masks, addresses } = column;
  const inside = masks.length > 0 ? ` ${t('map.masks', { masks: inWords(masks) })}` : '';
  const family = addresses[0]?.family ?? 4;
  if (network === null) return t('map.else', { family }) + inside;
  const name = without > 0 ? t('map.without', { network }) : network;
  return (kind === 'loopback' ? t('map.loopback', { network: name }) : name) + inside;
}

export function rowWords({ kind, text }: Pick<MapRow, 'kind' | 'text'>, rows: MapOptions['rows']): string {
  if (kind === 'other') return t(`map.other.${rows}`);
  if (kind === 'replication') return t('who.database.replication');
  if (kind === 'group') return t('map.others', { names: userWords(`+${text}`) });
  if (kind === 'expression')
    return t('map.others', { names: rows === 'databases' ? databaseWords(`/${text}`) : userWords(`/${text}`) });
  return text === '' ? '""' : shownBytes(text);
}

/** Who or what a cell's entry matches: users, or databases where the rows are roles. */
export function whoWords(entry: MapEntry, { entries }: MapCell, rows: MapOptions['rows']): string {
  const { who, member, hostname, connections } = entry;
  // `all` after an entry with a certain match means everyone else.
  const rest = entries
    .slice(0, entries.indexOf(entry))
    .some((above) => above.witness && above.connections.some((kind) => connections.includes(kind)));
  const words = rows === 'databases' ? userWords : databaseWords;
  const names = inWords(who.map((token) => (rest && token === 'all' ? t(`map.rest.${rows}`) : words(token))));
  return [
    names,
    ...(member === undefined ? [] : [t('map.ifMember', { role: member })]),
    ...(hostname === undefined ? [] : [t('map.ifHost', { host: hostname })]),
  ].join(', ');
}

export function methodWords({ record }: MapEntry): string {
  if (!record) return t('who.noEntry');
  if (record.method === 'reject') return t('map.rejected');
  return record.method === 'trust' ? t('map.trust') : [record.method, ...record.options].join(' ');
}

export const howWords = ({ connections }: Pick<MapEntry, 'connections'>): string => inWords(connections.map(kindWords));

const SAID = 5;

/** A cell as a sentence, for screen readers. */
export function cellWords(cell: MapCell, row: MapRow, column: MapColumn, rows: MapOptions['rows']): string {
  const { entries, more } = cell;
  const said = entries.slice(0, SAID).map((entry) => {
    const { record, witness } = entry;
    const values = { who: whoWords(entry, cell, rows), how: howWords(entry), what: methodWords(entry) };
    const sentence = record ? t('map.says.record', { ...values, line: record.line }) : t('map.says.none', values);
    return witness ? sentence : t('map.says.maybe', { sentence });
  });
  const rest = more + Math.max(0, entries.length - SAID);
  const place = t('map.says.place', { row: rowWords(row, rows), column: columnWords(column) });
  return [place, ...said, ...(rest > 0 ? [t('compare.others', { rest })] : [])].join('; ');
}
