import { rewritten } from '../audit/setting-text.ts';
import { type Conf, effectiveSettings, printConf } from '../postgres/conf/conf.ts';
import { editConf } from '../postgres/conf/edit.ts';
import type { Edit } from '../postgres/edit-lines.ts';
import type { FileStep } from './step.ts';

/**
 * The edit that gives a setting a value: in its line if the main file sets it, otherwise in a new last line, which is
 * effective because the last line wins.
 */
export function settingStep(conf: Conf, name: string, value: string): FileStep {
  const setting = effectiveSettings(conf).get(name);
  const [fix] = setting ? rewritten(conf, setting, { value }, '') : [];
  const end = (conf.lines.at(-1)?.number ?? 0) + 1;
  const edits: readonly Edit[] = fix?.edits ?? [{ kind: 'insert', line: end, text: `${name} = ${value}` }];
  return { name: 'postgresql.conf', edits, before: printConf(conf), after: editConf(conf, edits) };
}
