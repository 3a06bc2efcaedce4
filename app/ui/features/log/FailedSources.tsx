import { useState } from 'react';
import type { FailedSource } from '../../../core/index.ts';
import { t } from '../../shared/messages/translate.ts';
import { Table } from './Table.tsx';

const STEP = 30;
/** A person mistypes a few times; more attempts in one minute, or more names, are a program that guesses. */
const GUESSES = { perMinute: 10, users: 5 } as const;

/** Who failed, how often and why; sources that guess passwords are marked. */
export function FailedSources({ sources }: { readonly sources: readonly FailedSource[] }) {
  const [shown, setShown] = useState(STEP);
  return (
    <section aria-labelledby="log-failed" className="mt-6">
      <h2 id="log-failed" className="text-lg font-semibold">
        {t('log.failed')}
      </h2>
      {sources.length === 0 ? (
        <p className="text-muted">{t('log.noFailed')}</p>
      ) : (
        <>
          <Table label={t('log.table.failed')} columns={['host', 'attempts', 'peak', 'users', 'reasons']}>
            {sources.slice(0, shown).map((source) => (
              <Row key={source.host} source={source} />
            ))}
          </Table>
          {sources.length > shown && (
            <button type="button" className="button mt-3" onClick={() => setShown(shown + STEP)}>
              {t('audit.more', { rest: sources.length - shown })}
            </button>
          )}
        </>
      )}
    </section>
  );
}

function Row({ source: { host, count, peak, users, moreUsers, reasons } }: { readonly source: FailedSource }) {
  const guesses = peak >= GUESSES.perMinute || users.length >= GUESSES.users;
  return (
    <tr className="border-b border-line align-baseline">
      <td className="py-1.5 pr-4">
        <span className="font-mono text-xs">{host}</span>
        {guesses && <span className="block font-semibold text-deny">{t('log.guesses')}</span>}
      </td>
      <td className="py-1.5 pr-4">{count}</td>
      <td className="py-1.5 pr-4">{peak}</td>
      <td className="py-1.5 pr-4 font-mono text-xs">
        {users.join(', ')}
        {moreUsers && '…'}
      </td>
      <td className="py-1.5 pr-4">
        {Object.entries(reasons).map(([reason, times]) => (
          <span key={reason} className="block">
            {reason}: {times}
          </span>
        ))}
      </td>
    </tr>
  );
}
