import { checkDatabase, checkRole } from '../plan/fields.ts';
import type { Token } from '../postgres/hba/token.ts';

/** What the tokens of one field name. */
export interface FieldNames {
  /** The keyword all. */
  readonly all: boolean;
  /** The keyword replication. */
  readonly replication: boolean;
  /** The keyword sameuser. */
  readonly sameUser: boolean;
  readonly names: readonly string[];
  /** Tokens that stand for names which no file tells. */
  readonly open: readonly string[];
  /** Names that no plan takes. */
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
    const name = words.length === 0 && !quoted && text.startsWith('+') ? undefined : literal(text, major);
    if (name === undefined) open.push(text);
    else if (taken(name)) names.add(name);
    else refused.push(name);
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

/** The one name that a token matches; an expression matches one where it is anchored and holds no operator. */
function literal(text: string, major: number): string | undefined {
  if (major < 16 || !text.startsWith('/')) return text;
  const [, inner] = /^\/\^((?:[^\\.^$*+?()[\]{}|]|\\[^A-Za-z0-9])*)\$$/.exec(text) ?? [];
  return inner?.replace(/\\(.)/gsu, '$1');
}
