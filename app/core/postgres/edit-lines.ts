/**
 * A change of one logical line of the main file. Lines count from 1; the number after the last line means the end of
 * the file.
 */
export type Edit =
  | { readonly kind: 'insert'; readonly line: number; readonly text: string }
  | { readonly kind: 'replace'; readonly line: number; readonly text: string }
  | { readonly kind: 'delete'; readonly line: number };

interface Line {
  readonly number: number;
  readonly raw: string;
}

/** The file after some edits. Every other line keeps its bytes; new lines use the line ending of the others. */
export function editLines(lines: readonly Line[], edits: readonly Edit[]): string {
  const end = lines.some(({ raw }) => raw.endsWith('\r\n')) ? '\r\n' : '\n';
  const about = new Map<number, Edit[]>();
  for (const edit of edits) about.set(edit.line, [...(about.get(edit.line) ?? []), edit]);
  const inserted = (line: number) =>
    (about.get(line) ?? []).flatMap((edit) => (edit.kind === 'insert' ? [`${edit.text}${end}`] : []));
  const kept = ({ number, raw }: Line): string => {
    const edit = about.get(number)?.find(({ kind }) => kind !== 'insert');
    if (!edit) return raw;
    return edit.kind === 'replace' ? `${edit.text}${/[\r\n]*$/.exec(raw)?.[0] ?? ''}` : '';
  };
  const last = lines.at(-1);
  const atEnd = [...about.keys()].filter((line) => line > (last?.number ?? 0)).flatMap(inserted);
  const text = lines.map((line) => inserted(line.number).join('') + kept(line)).join('');
  return text + (atEnd.length > 0 && text !== '' && !text.endsWith('\n') ? end : '') + atEnd.join('');
}
