import type { Token } from './token.ts';

/** Whether one name can match a token of two fields: proven, possible, or excluded. */
export type Overlap = 'yes' | 'maybe' | 'no';

const keywords: Readonly<Record<'databases' | 'users', ReadonlySet<string>>> = {
  databases: new Set(['all', 'sameuser', 'samerole', 'samegroup', 'replication']),
  users: new Set(['all']),
};

/**
 * Whether two database fields, or two user fields, have a name in common. Compares the tokens only, without regular
 * expressions and memberships, so it is cheap enough for every pair of records.
 */
export function fieldsOverlap(field: 'databases' | 'users', a: readonly Token[], b: readonly Token[]): Overlap {
  let result: Overlap = 'no';
  for (const one of a) {
    for (const other of b) {
      const overlap = tokensOverlap(field, one, other);
      if (overlap === 'yes') return 'yes';
      if (overlap === 'maybe') result = 'maybe';
    }
  }
  return result;
}

function tokensOverlap(field: 'databases' | 'users', one: Token, other: Token): Overlap {
  const isKeyword = ({ text, quoted }: Token, keyword: string) => !quoted && text === keyword;
  // Physical replication matches only the keyword, and the keyword matches nothing else.
  if (field === 'databases') {
    const [here, there] = [isKeyword(one, 'replication'), isKeyword(other, 'replication')];
    if (here || there) return here && there ? 'yes' : 'no';
  }
  if (one.text === other.text && (one.quoted === other.quoted || isName(field, { ...one, quoted: false })))
    return 'yes';
  if (isKeyword(one, 'all') || isKeyword(other, 'all')) return 'yes';
  return isName(field, one) && isName(field, other) ? 'no' : 'maybe';
}

/** The token matches only its own text. A leading slash may be a regular expression, in quotes too. */
const isName = (field: 'databases' | 'users', { text, quoted }: Token): boolean =>
  !text.startsWith('/') && (quoted || !(keywords[field].has(text) || (field === 'users' && text.startsWith('+'))));
