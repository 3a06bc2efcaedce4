import { type Quoted, template } from './template.ts';

export type Conf = Quoted<'conf'>;

/** A line or a piece of `postgresql.conf`. */
export const conf = template<'conf'>();

/** A quoted value; `guc-file.l` reads a doubled quote as one and a backslash as the start of an escape. */
export const confValue = (value: string): Conf =>
  `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'` as Conf;
