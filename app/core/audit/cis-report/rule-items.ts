import { mayDecide } from '../../hba-analysis/reachability.ts';
import type { PlacedRecord } from '../../postgres/hba/hba.ts';
import { isLoopback } from '../../postgres/hba/network.ts';
import type { Method } from '../../postgres/hba/record.ts';
import type { CisItem, Verdict } from './item.ts';

/** What the item says about rules with a method. */
type Verdicts = Readonly<Partial<Record<Method, Verdict>>>;

/** An item about the methods of the rules that some connection can match. */
const methodItem = (
  number: string,
  title: string,
  isMeant: (placed: PlacedRecord) => boolean,
  verdicts: Verdicts,
  required: string,
): CisItem => ({
  number,
  title,
  *check({ hba, reach }) {
    for (const [index, placed] of hba?.records.entries() ?? []) {
      const { line, file, record } = placed;
      if (!isMeant(placed) || !mayDecide(reach[index])) continue;
      const verdict = verdicts[record.method] ?? 'unknown';
      yield {
        verdict,
        message: `The method is ${record.method}.${verdict === 'satisfied' ? '' : ` Required: ${required}.`}`,
        place: { file: 'pg_hba.conf', line, ...(file === undefined ? {} : { included: file }) },
      };
    }
  },
});

export const ruleItems: readonly CisItem[] = [
  methodItem(
    '5.3',
    'Local logins use the operating system account',
    ({ record }) => record.type === 'local',
    { peer: 'satisfied', reject: 'satisfied', trust: 'violated' },
    'peer',
  ),
  methodItem(
    '5.4',
    'Logins from other hosts use a strong method',
    ({ record }) => record.type !== 'local' && !isLoopback(record),
    {
      'scram-sha-256': 'satisfied',
      reject: 'satisfied',
      trust: 'violated',
      password: 'violated',
      ident: 'violated',
      md5: 'violated',
    },
    'scram-sha-256; the benchmark doesn’t cover methods with an external service',
  ),
];
