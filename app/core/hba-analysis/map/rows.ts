import { expressionOf } from '../../postgres/hba/expression.ts';
import type { NamePoint, Names, NameToken } from '../names.ts';

/** A set of databases or roles that a file distinguishes from others. */
export interface Row {
  /**
   * `name`: a name in the file. `group`: other members of a group in the file. `expression`: other names that a regular
   * expression matches. `replication`: physical replication. `other`: all other names.
   */
  readonly kind: 'name' | 'group' | 'expression' | 'replication' | 'other';
  /** The name, the group, or the source of the regular expression. */
  readonly text: string;
}

export type Side = 'databases' | 'users';

/** The rows of a file in the order of their first mention, then the rows without a name. */
export function rowsOf(lists: Iterable<readonly NameToken[]>, side: Side): Row[] {
  const named = new Map<string, Row>();
  for (const nameTokens of lists) {
    for (const { kind, text } of nameTokens) {
      if (kind === 'name' || kind === 'group') named.set(`${kind} ${text}`, { kind, text });
      else if (kind === 'regex') named.set(`${kind} ${text}`, { kind: 'expression', text });
    }
  }
  const replication: Row[] = side === 'databases' ? [{ kind: 'replication', text: '' }] : [];
  return [...named.values(), ...replication, { kind: 'other', text: '' }];
}

/** Compares the names of rows with name tokens. */
export class RowNames {
  readonly #names: Names;
  readonly #side: Side;
  readonly #literal: ReadonlySet<string>;
  readonly #groups: ReadonlySet<string>;
  readonly #expressions: readonly string[];

  constructor(names: Names, side: Side, rows: readonly Row[]) {
    const texts = (kind: Row['kind']) => rows.filter((row) => row.kind === kind).map(({ text }) => text);
    this.#names = names;
    this.#side = side;
    this.#literal = new Set(texts('name'));
    this.#groups = new Set(texts('group'));
    this.#expressions = texts('expression');
  }

  /** Tokens for the names that are in a row and that a token matches; undefined if there are none. `rowToken` is the row's token. */
  sharedTokens(row: Row, nameToken: NameToken, rowToken: NameToken | undefined): readonly NameToken[] | undefined {
    if ((row.kind === 'replication') !== (nameToken.kind === 'replication')) return undefined;
    switch (row.kind) {
      case 'name':
        return this.#withName(row.text, nameToken);
      case 'replication':
        return [nameToken];
      case 'other':
        return nameToken.kind === 'all' || nameToken.kind === 'sameuser' || nameToken.kind === 'samerole'
          ? [nameToken]
          : undefined;
      default:
        if (nameToken.kind === 'name' || !rowToken) return undefined;
        return nameToken.kind === 'all' || nameToken.key === rowToken.key ? [rowToken] : [nameToken, rowToken];
    }
  }

  #withName(text: string, nameToken: NameToken): readonly NameToken[] | undefined {
    const literal = this.#names.name(text);
    switch (nameToken.kind) {
      case 'all':
        return [literal];
      case 'name':
        return nameToken.text === text ? [literal] : undefined;
      case 'group':
        return nameToken.text === text ? [literal] : [nameToken, literal];
      case 'regex': {
        const matches = expressionOf(nameToken.text)?.test(text);
        return matches === false ? undefined : matches ? [literal] : [nameToken, literal];
      }
      default:
        return [nameToken, literal];
    }
  }

  /** Whether the name of a point belongs to a row. */
  contains({ kind, text }: Row, { database, user, roles, replication }: NamePoint): boolean {
    if (kind === 'replication') return replication;
    const name = this.#side === 'databases' ? database : user;
    if (kind === 'name') return name === text && !(this.#side === 'databases' && replication);
    if (this.#side === 'databases' && replication) return false;
    if (this.#literal.has(name)) return false;
    if (kind === 'group') return name === text || roles.includes(text);
    if (kind === 'expression') return expressionOf(text)?.test(name) ?? false;
    return (
      !this.#expressions.some((source) => expressionOf(source)?.test(name)) &&
      !(this.#side === 'users' && (this.#groups.has(name) || roles.some((role) => this.#groups.has(role))))
    );
  }
}
