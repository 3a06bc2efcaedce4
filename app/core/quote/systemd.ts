import type { Ini } from './ini.ts';

/**
 * Text of a setting such as `Description=` in a systemd unit: `%` starts a specifier and is doubled (systemd.unit(5),
 * SPECIFIERS); a backslash at the end would join the next line, and there is no escape for it.
 */
export function systemdText(value: string): Ini {
  if (/\p{Cc}|\\$/u.test(value) || value !== value.trim())
    throw new Error(`a systemd unit cannot hold ${JSON.stringify(value)}`);
  return value.replaceAll('%', '%%') as Ini;
}
