import { CircleCheck, CircleHelp, CircleX } from 'lucide-react';
import { useState } from 'react';
import type { JudgedRow } from '../../../core/index.ts';
import { sayCore, t } from '../../shared/messages/translate.ts';
import { leadTo } from '../../shared/navigation/lead-to.ts';

const looks = {
  accepted: { Icon: CircleCheck, tone: 'text-allow' },
  condition: { Icon: CircleHelp, tone: 'text-caution' },
  refused: { Icon: CircleX, tone: 'text-deny' },
} as const satisfies Record<JudgedRow['outcome'], unknown>;

/** A plan may contain hundreds of clients; this many are shown at first. */
const FEW = 40;

/** How each client evaluates the certificate: one row each, rejections first. */
export function Verdicts({ rows, caption }: { readonly rows: readonly JudgedRow[]; readonly caption: string }) {
  const [all, setAll] = useState(false);
  if (rows.length === 0) return null;
  const order = ['refused', 'condition', 'accepted'];
  const sorted = rows.toSorted((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome));
  const shown = all ? sorted : sorted.slice(0, FEW);
  return (
    <>
      <table className="mt-4 block w-full border-collapse md:table">
        <caption className="block pb-1 text-left font-semibold md:table-caption">{caption}</caption>
        <thead className="sr-only md:not-sr-only md:table-header-group">
          <tr>
            {(['client', 'target', 'answer', 'why'] as const).map((column) => (
              <th
                key={column}
                scope="col"
                className="border-b border-edge py-1.5 pr-4 text-left font-semibold text-muted"
              >
                {t(`certificate.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="block md:table-row-group">
          {shown.map((row) => (
            <Verdict key={`${row.path} ${row.client} ${row.target}`} row={row} />
          ))}
        </tbody>
      </table>
      {shown.length < sorted.length && (
        <button type="button" className="button mt-2" onClick={() => setAll(true)}>
          {t('certificate.showAll', { rows: sorted.length })}
        </button>
      )}
    </>
  );
}

function Verdict({ row }: { readonly row: JudgedRow }) {
  const { Icon, tone } = looks[row.outcome];
  const cell = 'block align-top md:table-cell md:border-b md:border-line md:py-2.5 md:pr-4';
  return (
    <tr className="block border-b border-line py-2.5 md:table-row">
      <th scope="row" className={`${cell} text-left font-semibold break-words md:w-[16%]`}>
        <button type="button" className="link text-left" onClick={() => leadTo(row.path)}>
          {row.client}
        </button>
      </th>
      <td className={`${cell} break-words md:w-[22%]`}>
        <span className="font-mono text-xs">{row.target}</span>
        {row.sslMode !== null && <span className="block text-xs text-muted">sslmode={row.sslMode}</span>}
      </td>
      <td className={`${cell} md:w-[14%]`}>
        <span className={`inline-flex items-center gap-1.5 font-semibold ${tone}`}>
          <Icon aria-hidden className="size-4 shrink-0" />
          {t(`certificate.outcome.${row.outcome}`)}
        </span>
      </td>
      <td className={`${cell} min-w-0 break-words md:pr-0`}>
        <p>{sayCore(row.why)}</p>
        {row.words !== null && (
          <p className="mt-1">
            {t('certificate.words')} <code className="font-mono text-xs break-words">{row.words}</code>
          </p>
        )}
        {row.fix && <p className="mt-1">{sayCore(row.fix)}</p>}
        {row.differ.length > 0 && (
          <ul className="mt-1 list-disc pl-5 text-muted">
            {row.differ.map((driver) => (
              <li key={driver}>
                {t(`certificate.driver.${driver}`)}{' '}
                {t(row.outcome === 'refused' ? 'certificate.differ.accepts' : 'certificate.differ.refuses')}
              </li>
            ))}
          </ul>
        )}
      </td>
    </tr>
  );
}
