import { checkDatabase, checkRole } from '../plan/fields.ts';
import { spelledOut } from '../plan/unseen.ts';
import { isExpression, onlyMatch } from '../postgres/hba/expression.ts';
import type { Token } from '../postgres/hba/token.ts';

/** The names in the tokens of one field. */
export interface FieldNames {
  /** The keyword all. */
  readonly all: boolean;
  /** The keyword replication. */
  readonly replication: boolean;
  /** The keyword sameuser. */
  readonly sameUser: boolean;
  readonly names: readonly string[];
  /** Tokens that represent names unknown to the files. */
  readonly open: readonly string[];
  /** Names that no plan accepts, as messages show them. */
  readonly refused: readonly string[];
}

export function databaseNames(tokens: readonly Token[], major: number): FieldNames {
  return fieldNames(
    tokens,
    major,
    ['sameuser', 'samerole', 'samegroup', 'replication'],
    (name) => !checkDatabase(name),
  );
}

export function roleNames(tokens: readonly Token[], major: number): FieldNames {
  return fieldNames(tokens, major, [], (name) => !checkRole(name));
}

function fieldNames(
  tokens: readonly Token[],
  major: number,
  words: readonly string[],
  taken: (name: string) => boolean,
): FieldNames {
  const keyword = (word: string) => tokens.some(({ text, quoted }) => !quoted && text === word);
  const names = new Set<string>();
  const open: string[] = [];
  const refused: string[] = [];
  for (const { text, quoted } of tokens) {
    if (!quoted && (text === 'all' || words.includes(text))) {
      if (text === 'samerole' || text === 'samegroup') open.push(text);
      continue;
    }
    const name = words.length === 0 && !quoted && text.startsWith('+') ? undefined : literalName(text, major);
    if (name === undefined) open.push(text);
    else if (taken(name)) names.add(name);
    else refused.push(spelledOut(name));
  }
  return {
    all: keyword('all'),
    replication: words.includes('replication') && keyword('replication'),
    sameUser: words.includes('sameuser') && keyword('sameuser'),
    names: [...names],
    open,
    refused,
  };
}

/** The single name that a token without a keyword matches; undefined if it may match others. */
export const literalName = (text: string, major: number): string | undefined =>
  isExpression(text, major) ? onlyMatch(text.slice(1)) : text;
