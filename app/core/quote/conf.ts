import { lineComment } from './comment.ts';
import { type Quoted, template } from './template.ts';

export type Conf = Quoted<'conf'>;

/** A line or a piece of `postgresql.conf`. */
export const conf = template<'conf'>();

export const confComment = lineComment<'conf'>('#');

/** The name of a setting, which is one word. */
export function confName(name: string): Conf {
  if (!/^[a-z_]+$/.test(name)) throw new Error(`${JSON.stringify(name)} is not the name of a setting`);
  return name as Conf;
}

/** A quoted value; `guc-file.l` reads a doubled quote as one and a backslash as the start of an escape. */
export const confValue = (value: string): Conf => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'` as Conf;
