import { type Path, type PsqlRow, shownBytes } from '../../../../core/index.ts';
import { sayCore, t } from '../../../shared/messages/translate.ts';
import { LineLink } from '../parts/LineLink.tsx';

/** What psql prints for each sslmode; modes with the same output share a row. */
export function PsqlTable({ path: { psql, assumes } }: { readonly path: Path }) {
  const rows: { readonly modes: string[]; readonly row: PsqlRow }[] = [];
  for (const row of psql) {
    const before = rows.at(-1);
    if (before && sameAnswer(before.row, row)) before.modes.push(row.sslmode);
    else rows.push({ modes: [row.sslmode], row });
  }
  const cell = 'block py-1 align-top md:table-cell md:border-b md:border-line md:py-2 md:pr-4';
  return (
    <>
      <table className="mt-2 block w-full border-collapse md:table">
        <caption className="block pb-1 text-left text-lg font-semibold md:table-caption">{t('psql.title')}</caption>
        <thead className="sr-only md:not-sr-only md:table-header-group">
          <tr>
            <th scope="col" className="border-b border-edge py-1.5 pr-4 text-left font-semibold text-muted">
              sslmode
            </th>
            <th scope="col" className="border-b border-edge py-1.5 text-left font-semibold text-muted">
              {t('psql.prints')}
            </th>
          </tr>
        </thead>
        <tbody className="block md:table-row-group">
          {rows.map(({ modes, row }) => (
            <tr key={row.sslmode} className="block border-b border-line py-1 md:table-row">
              <th scope="row" className={`${cell} text-left font-mono text-xs font-semibold md:w-40`}>
                {modes.map((mode) => (
                  <span key={mode} className="mr-2 inline-block">
                    {mode}
                  </span>
                ))}
              </th>
              <td className={`${cell} break-words`}>
                <Answer row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {assumes.length > 0 && (
        <>
          <p className="mt-2 text-muted">{t('psql.assumes')}</p>
          <ul className="list-disc pl-5 text-muted">
            {assumes.map((message) => (
              <li key={message.id} className="break-words">
                {sayCore(message)}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

const sameAnswer = (a: PsqlRow, b: PsqlRow): boolean =>
  a.ends === b.ends &&
  a.lines.join('\n') === b.lines.join('\n') &&
  a.by?.line === b.by?.line &&
  a.by?.file === b.by?.file;

function Answer({ row: { ends, lines, by, method = '' } }: { readonly row: PsqlRow }) {
  if (ends === 'authenticates')
    return (
      <>
        {t(method === 'trust' ? 'psql.trusted' : 'psql.asks', { method })}{' '}
        {by && <LineLink file={by.file} line={by.line} />}
      </>
    );
  return (
    <code className="block font-mono text-xs break-words whitespace-pre-wrap text-deny [tab-size:2]">
      {shownBytes(lines.join('\n'))}
    </code>
  );
}
