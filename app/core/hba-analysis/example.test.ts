import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseHba } from '../postgres/hba/hba.ts';
import { axisOf, KINDS } from './axis.ts';
import { type RecordReach, reachability } from './reachability.ts';

const document = readFileSync(new URL('../../../docs/hba-analysis.md', import.meta.url), 'utf8');
const [, text = ''] = /^```pg_hba\n(.*?)^```/ms.exec(document) ?? [];
const hba = parseHba(text, { major: 18 });
const records = hba.records.map(({ record }) => record);

/** The cells of docs/hba-analysis.md are the only ones in the form `[8, 12)`. */
const intervalText = ({ from, to }: { readonly from: number; readonly to: number }) => `[${from}, ${to})`;

test('the axis of the worked example has the cells of the document', () => {
  const axis = axisOf(records);
  expect(KINDS.map((kind) => intervalText(axis.ofKind(kind)))).toEqual(['[0, 7)', '[7, 14)', '[14, 21)', '[21, 22)']);
  for (const record of records.slice(0, 2))
    expect(document).toContain(`\`${axis.intervals(record).map(intervalText).join(' ')}\``);
});

/** The last column of a row of the document. */
function resultText(reach: RecordReach): string {
  if (reach.status === 'dead')
    return `unreachable: records ${reach.by.map(({ line }) => line).join(' and ')} together cover it`;
  if (reach.status !== 'live') return reach.status;
  const { transport, encryption, address } = reach.witness;
  const kind = encryption === 'tls' ? 'TLS' : 'unencrypted';
  return `reachable: ${transport === 'local' ? 'the socket' : `${kind} from ${address}`}`;
}

test('reachability of the worked example is that of the document', () => {
  const rows = document.split('\n').filter((line) => /^\| [1-6] \|/.test(line));
  expect(rows.map((row) => row.split(' | ').at(-1)?.replace(/ \|$/, ''))).toEqual(reachability(hba).map(resultText));
});
