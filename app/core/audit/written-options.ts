import { type Hba, lineAt, type PlacedRecord } from '../postgres/hba/hba.ts';
import { tokenize } from '../postgres/hba/tokenize.ts';

const none: ReadonlyMap<string, string> = new Map();

/**
 * The options of a record as the main file writes them, by name; of a repeated name the last one counts (`hba.c`,
 * `parse_hba_auth_opt`). Empty for records of included files.
 */
export function writtenOptions(hba: Hba, { file, line }: PlacedRecord): ReadonlyMap<string, string> {
  const raw = file === undefined ? (lineAt(hba, line)?.raw ?? '') : '';
  // Most rules have no options, and reading a line takes longer than looking for the character.
  if (!raw.includes('=')) return none;
  const fields = tokenize(raw, hba.major)[0]?.fields ?? [];
  // Options come after the method, which is the fourth field of `local`. Neither a mask nor a method holds a `=`.
  const options = fields.slice(4).flat();
  return new Map(
    options.flatMap(({ text }) => {
      const equals = text.indexOf('=');
      return equals < 0 ? [] : [[text.slice(0, equals), text.slice(equals + 1)] as const];
    }),
  );
}
