import { readFileSync, writeFileSync } from 'node:fs';
import { decodeBytes, type FileRule } from '../../../app/core/index.ts';
import { builtIn, type HbaFiles } from './hba-server.ts';

/**
 * Generated files with the rows that a server showed for them, of the majors that npm does not have. The unit test next
 * to the file compares fileRules with it in every run, also where there is no such server.
 */
const file = new URL('../../../app/core/postgres/hba/file-rules.recorded.json', import.meta.url);

/** One file and its rows, without the columns that are null. */
type Answer = readonly [text: string, files: Readonly<Record<string, string>>, rows: readonly Partial<FileRule>[]];

export const answerOf = ({ text, files }: HbaFiles, rows: readonly FileRule[]): Answer => [
  decodeBytes(text),
  Object.fromEntries(Object.entries(files).map(([name, content]) => [name, decodeBytes(content)])),
  rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))),
];

/** Replaces the answers of one major. */
export function recordAnswers(major: number, server: string, answers: readonly Answer[]): void {
  const others = (JSON.parse(readFileSync(file, 'utf8')) as { readonly major: number }[]).filter(
    (one) => one.major !== major,
  );
  const all = [...others, { major, server, methods: builtIn(major), answers }].sort((a, b) => a.major - b.major);
  writeFileSync(file, `[\n${all.map(lines).join(',\n')}\n]\n`);
}

/** One line for each file, so that a change shows which it is. */
function lines(recorded: object): string {
  const { answers = [], ...head } = recorded as { readonly answers?: readonly Answer[] };
  return `${JSON.stringify(head).slice(0, -1)},"answers":[\n${answers.map((one) => JSON.stringify(one)).join(',\n')}\n]}`;
}
