import { type Quoted, template } from './template.ts';

export type Conninfo = Quoted<'conninfo'>;

/** A libpq connection string in its `keyword=value` form (manual 32.1.1.1). */
export const conninfo = template<'conninfo'>();

/** One value: in single quotes, where a backslash escapes a quote and itself. */
export const conninfoValue = (value: string): Conninfo =>
  (/^[A-Za-z0-9_.:/-]+$/.test(value) ? value : `'${value.replace(/['\\]/g, '\\$&')}'`) as Conninfo;
