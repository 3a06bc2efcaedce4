import { type AccessStatement, shownBytes } from '../../../core/index.ts';
import { t } from '../../shared/messages/translate.ts';
import { databaseWords, inWords, userWords } from '../../shared/server-files/words.ts';

/** Number of sources, databases or roles that a sentence names. */
const NAMED = 3;

/** The first few of many values. */
function some(values: readonly string[], count: number): string {
  const named = values.slice(0, NAMED);
  return inWords(count > NAMED ? [...named, t('compare.others', { rest: count - NAMED })] : named);
}

/** Who can connect from where, and how they authenticate, as a sentence without its period. */
export function accessWords(statement: AccessStatement): string {
  const { databases, users, protection, certain } = statement;
  const how = [methodWords(statement), ...(protection === 'local' ? [] : [t(`access.protection.${protection}`)])];
  const sentence = t('access.says', {
    source: sourceWords(statement),
    databases: some(databases.map(databaseWords), databases.length),
    users: some(
      users.map((user) => (user === 'all' ? t('access.anyRole') : userWords(user))),
      users.length,
    ),
    how: how.join(', '),
  });
  return certain ? sentence : t('access.possibly', { sentence });
}

function sourceWords({ scope, sources, sourceCount }: AccessStatement): string {
  switch (scope) {
    case 'any': {
      const families = new Set(sources.map((source) => (source === 'all' ? 'all' : source.includes(':') ? 6 : 4)));
      if (families.has('all') || families.size > 1) return t('access.source.any');
      return t(families.has(6) ? 'access.source.any6' : 'access.source.any4');
    }
    case 'subnet':
    case 'socket':
      return t(`access.source.${scope}`);
    default:
      return t(`access.source.${scope}`, { sources: some(sources.map(shownBytes), sourceCount), count: sourceCount });
  }
}

function methodWords({ method }: AccessStatement): string {
  switch (method) {
    case 'trust':
    case 'ident':
    case 'cert':
    case 'peer':
      return t(`access.method.${method}`);
    case 'md5':
    case 'scram-sha-256':
      return t('access.method.password', { method });
    case 'password':
    case 'ldap':
    case 'radius':
    case 'pam':
    case 'bsd':
      return t('access.method.readable', { method });
    default:
      return t('access.method.other', { method });
  }
}
