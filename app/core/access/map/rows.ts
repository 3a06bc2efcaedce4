import { expressionOf } from '../../postgres/hba/expression.ts';
import type { Atom, NamePoint, Names } from '../reach/names.ts';

/** Databases or roles that a file tells from others. */
export interface Row {
  /**
   * A name of the file; other members of a group of the file; other names that an expression of it matches; physical
   * replication; every other name, which no record names, no expression matches and no group of the file has.
   */
  readonly kind: 'name' | 'group' | 'expression' | 'replication' | 'other';
  /** The name, the group or the source of the expression. */
  readonly text: string;
}

export type Side = 'databases' | 'users';

/** The rows of a file in the order in which it names them, and then everything else. */
export function rowsOf(lists: Iterable<readonly Atom[]>, side: Side): Row[] {
  const found = new Map<string, Row>();
  for (const atoms of lists) {
    for (const { kind, text } of atoms) {
      if (kind === 'name' || kind === 'group') found.set(`${kind} ${text}`, { kind, text });
      else if (kind === 'regex') found.set(`${kind} ${text}`, { kind: 'expression', text });
    }
  }
  const rows = [...found.values()];
  const replication: Row[] = side === 'databases' ? [{ kind: 'replication', text: '' }] : [];
  return [...rows, ...replication, { kind: 'other', text: '' }];
}

/** Says of each row what it shares with the tokens of records. */
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

  /** The tokens that stand for the names which are in a row and which a token matches; undefined where there are none. */
  shared(row: Row, atom: Atom, ownAtom: Atom | undefined): readonly Atom[] | undefined {
    if ((row.kind === 'replication') !== (atom.kind === 'replication')) return undefined;
    switch (row.kind) {
      case 'name':
        return this.#withName(row.text, atom);
      case 'replication':
        return [atom];
      case 'other':
        return atom.kind === 'all' || atom.kind === 'sameuser' || atom.kind === 'samerole' ? [atom] : undefined;
      default:
        if (atom.kind === 'name' || !ownAtom) return undefined;
        return atom.kind === 'all' || atom.key === ownAtom.key ? [ownAtom] : [atom, ownAtom];
    }
  }

  #withName(text: string, atom: Atom): readonly Atom[] | undefined {
    const own = this.#names.name(text);
    switch (atom.kind) {
      case 'all':
        return [own];
      case 'name':
        return atom.text === text ? [own] : undefined;
      case 'group':
        return atom.text === text ? [own] : [atom, own];
      case 'regex': {
        const matches = expressionOf(atom.text)?.test(text);
        return matches === false ? undefined : matches ? [own] : [atom, own];
      }
      default:
        return [atom, own];
    }
  }

  /** Whether a point that was tried for a row is one of its names. */
  holds({ kind, text }: Row, { database, user, roles, replication }: NamePoint): boolean {
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
