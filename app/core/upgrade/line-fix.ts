import { recordText } from '../audit/record-text.ts';
import type { Fix } from '../audit/rule.ts';
import { writtenOptions } from '../audit/written-options.ts';
import type { Edit } from '../postgres/hba/edit.ts';
import { type Hba, lineAt, type PlacedRecord, parseHba } from '../postgres/hba/hba.ts';

interface Place {
  readonly line: number;
  readonly file?: string;
}

/** The fix of a rule that means the same to the target; none where only the administrator knows what to write. */
export function lineFix(hba: Hba, place: Place, to: number): Fix | undefined {
  const change = withoutReturns(hba, place) ?? withClientCert(hba, place, to);
  if (!change || !isAccepted(change.edit, to)) return undefined;
  const { edit, title } = change;
  return {
    title,
    file: 'pg_hba.conf',
    edits: [edit],
    reads: true,
    promise: { kind: 'adds', rules: edit.kind === 'delete' ? [] : [{ line: edit.line, text: edit.text }] },
    leaves: ['no-way-for-the-administrator'],
  };
}

interface Change {
  readonly title: string;
  readonly edit: Edit;
}

const isAccepted = (edit: Edit, major: number): boolean =>
  edit.kind !== 'delete' && parseHba(edit.text, { major }).refused.length === 0;

/** Since 19 a carriage return within a line is no blank. */
function withoutReturns(hba: Hba, { file, line }: Place): Change | undefined {
  const text = file === undefined ? lineAt(hba, line)?.raw.replace(/[\r\n]+$/, '') : undefined;
  if (!text?.includes('\r')) return undefined;
  return {
    title: 'Replace carriage returns with spaces',
    edit: { kind: 'replace', line, text: text.replaceAll('\r', ' ') },
  };
}

/** 11 knows `clientcert=1`, 12 and 13 also words, 14 and later words alone (`parse_hba_auth_opt` in `hba.c`). */
function withClientCert(hba: Hba, { file, line }: Place, to: number): Change | undefined {
  const placed = hba.records.find((one) => one.line === line && one.file === file);
  const written = placed && writtenOptions(hba, placed).get('clientcert');
  if (!placed || written === undefined) return undefined;
  const word = clientCertAs(written, placed, to);
  if (word === undefined || word === written) return undefined;
  const options = [...writtenOptions(hba, placed)].flatMap(([name, value]) =>
    name !== 'clientcert' ? [optionText(name, value)] : word === '' ? [] : [`clientcert=${word}`],
  );
  const edit = recordText(hba, placed, { options: options.join(' ') });
  return edit && { title: word === '' ? 'Remove clientcert' : `Change to clientcert=${word}`, edit };
}

const optionText = (name: string, value: string): string =>
  /^[\w.:/-]*$/.test(value) ? `${name}=${value}` : `"${name}=${value.replaceAll('"', '""')}"`;

/** The value with the same meaning; empty: no option; undefined: there is none. */
function clientCertAs(written: string, { record }: PlacedRecord, to: number): string | undefined {
  if (record.method === 'cert') return to === 11 ? '1' : 'verify-full';
  switch (written) {
    case '0':
    case 'no-verify':
      return '';
    case '1':
    case 'verify-ca':
      return to === 11 ? '1' : 'verify-ca';
    default:
      return undefined;
  }
}
