import { type Connection, type Kind, type Outcome, shownBytes } from '../../../core/index.ts';
import { t } from '../messages/translate.ts';

const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** A list as a sentence has it: a, b, and c. */
export const inWords = (words: Iterable<string>): string => list.format(words);

/** The name of a token of the database field in a sentence. */
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
      return token.startsWith('/') ? t('who.database.expression', { expression: token }) : shownBytes(token);
  }
}

/** The name of a token of the user field in a sentence. */
export function userWords(token: string): string {
  if (token === 'all') return t('who.user.all');
  if (token.startsWith('+')) return t('who.user.group', { group: token.slice(1) });
  return token.startsWith('/') ? t('who.user.expression', { expression: token }) : shownBytes(token);
}

export const kindWords = (kind: Kind): string => t(`who.kind.${kind}`);

/** A connection as a sentence: user, database, source and encryption. */
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

/** The outcome of a connection, without the record that decides. */
export function outcomeWords(outcome: Outcome): string {
  if (outcome.outcome === 'no-entry') return t('who.noEntry');
  if (outcome.method === 'reject') return t('who.rejected');
  if (outcome.method === 'trust') return t('who.trust');
  return t('who.asked', { method: [outcome.method, ...outcome.options].join(' ') });
}
