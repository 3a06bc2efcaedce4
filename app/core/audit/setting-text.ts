import type { Conf, ConfSetting } from '../postgres/conf/conf.ts';
import { scanConfLine } from '../postgres/conf/scan.ts';
import type { Fix } from './rule.ts';

/** Other words for a setting's name or value. */
interface Change {
  readonly name?: string;
  /** As it is to be written, quotes included. */
  readonly value?: string;
}

/** The fix that writes a setting of the main file anew and keeps spacing and comment; none for included files. */
export function rewritten({ lines }: Conf, setting: ConfSetting, change: Change, title: string): [] | [Fix] {
  const { file, line } = setting;
  const raw = file === undefined ? lines[line - 1]?.raw.replace(/[\r\n]+$/, '') : undefined;
  if (raw === undefined) return [];
  const [name, ...rest] = scanConfLine(raw);
  const value = rest[0]?.kind === 'equals' ? rest[1] : rest[0];
  if (!name || !value) return [];
  const text =
    raw.slice(0, name.from) +
    (change.name ?? name.text) +
    raw.slice(name.from + name.text.length, value.from) +
    (change.value ?? value.text) +
    raw.slice(value.from + value.text.length);
  return [
    {
      title,
      file: 'postgresql.conf',
      edits: [{ kind: 'replace', line, text }],
      promise: {
        kind: 'settings',
        names: [setting.name, ...(change.name === undefined ? [] : [change.name])].map((one) => one.toLowerCase()),
      },
    },
  ];
}
