import { lineComment } from './comment.ts';
import { type Quoted, template } from './template.ts';

export type Ini = Quoted<'ini'>;

/** A line of a file that knows no quoting: `pg_service.conf`, WireGuard's configuration, a systemd unit. */
export const ini = template<'ini'>();

export const iniComment = lineComment<'ini'>('#');

/**
 * A value that stands to the end of its line. None of these readers offers an escape, so plan validation refuses what
 * would not arrive whole, and this is the last check.
 */
export function iniValue(value: string): Ini {
  if (/\p{Cc}/u.test(value) || value !== value.trim())
    throw new Error(`an INI line cannot hold ${JSON.stringify(value)}`);
  return value as Ini;
}
