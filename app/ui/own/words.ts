import type { Connection, Kind, Outcome } from '../../core/index.ts';
import { t } from '../messages/translate.ts';

const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** Things after one another, as a sentence has them. */
export const inWords = (words: Iterable<string>): string => list.format(words);

/** A word of the database field, as a sentence says it. */
export function databaseWords(token: string): string {
  switch (token) {
    case 'all':
      return t('who.database.all');
    case 'replication':
      return t('who.database.replication');
    case 'sameuser':
      return t('who.database.sameuser');
    case 'samerole':
    case 'samegroup':
      return t('who.database.samerole');
    default:
      return token.startsWith('/') ? t('who.database.expression', { expression: token }) : token;
  }
}

/** A word of the user field, as a sentence says it. */
export function userWords(token: string): string {
  if (token === 'all') return t('who.user.all');
  if (token.startsWith('+')) return t('who.user.group', { group: token.slice(1) });
  return token.startsWith('/') ? t('who.user.expression', { expression: token }) : token;
}

export const kindWords = (kind: Kind): string => t(`who.kind.${kind}`);

/** One connection in words: who, to what, from where, how. */
export function connectionWords({
  transport,
  encryption,
  address = '',
  hostname,
  database,
  user,
  roles,
  replication,
}: Connection): string {
  const member = roles.length > 0 ? t('who.member', { user, roles: inWords(roles) }) : user;
  const to = replication ? t('who.database.replication') : database;
  if (transport === 'local') return t('who.overSocket', { user: member, database: to });
  const from = hostname === undefined ? address : `${address} (${hostname})`;
  return t('who.overTcp', { user: member, database: to, from, how: kindWords(encryption) });
}

/** What becomes of a connection, without the record that decides. */
export function outcomeWords(outcome: Outcome): string {
  if (outcome.outcome === 'no-entry') return t('who.noEntry');
  if (outcome.method === 'reject') return t('who.rejected');
  if (outcome.method === 'trust') return t('who.trust');
  return t('who.asked', { method: [outcome.method, ...outcome.options].join(' ') });
}
