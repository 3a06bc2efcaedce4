import { tokenize } from '../postgres/hba/tokenize.ts';
import type { ImportInput } from './imported.ts';
import { literalName } from './names.ts';

/** A line of pg_ident.conf, or of a file that it includes, without regular expressions and groups. */
export interface MappedUser {
  readonly map: string;
  readonly identity: string;
  readonly role: string;
}

/** The map that a line belongs to, and its user if both names are literal (`hba.c`, check_ident_usermap). */
export interface IdentLine {
  readonly file: string;
  readonly line: number;
  readonly map: string;
  readonly user: MappedUser | undefined;
}

export const identLines = ({
  ident = '',
  major,
  files = {},
}: Pick<ImportInput, 'ident' | 'major' | 'files'>): IdentLine[] =>
  [...tokenize(ident, major, files)].map(({ file, number, fields }) => {
    const [map = '', identity = '', text = ''] = fields.map(([token]) => token?.text ?? '');
    const special = fields[2]?.[0]?.quoted !== true && (text === 'all' || text.startsWith('+'));
    const role = special || identity === '' || identity.startsWith('/') ? undefined : literalName(text, major);
    return { file, line: number, map, user: role ? { map, identity, role } : undefined };
  });

/**
 * Who may log in as each of these roles with a map; undefined if that is not the same for all roles, or if it depends on
 * more than names.
 */
export function identitiesOf(
  lines: readonly IdentLine[],
  map: string,
  roles: readonly string[],
): readonly string[] | undefined {
  const found = new Map<string, Set<string>>();
  for (const { user } of lines.filter((line) => line.map === map)) {
    if (!user) return undefined;
    if (!roles.includes(user.role)) continue;
    found.set(user.identity, (found.get(user.identity) ?? new Set()).add(user.role));
  }
  return found.size > 0 && [...found.values()].every(({ size }) => size === new Set(roles).size)
    ? [...found.keys()]
    : undefined;
}
