import { useState } from 'react';
import type { SeenConnection } from '../../../core/index.ts';
import { t } from '../../shared/messages/translate.ts';
import { kindWords } from '../../shared/server-files/words.ts';
import { Table } from './Table.tsx';

const STEP = 30;

/** Who connected, from where, how and how often. */
export function SeenClients({ connections }: { readonly connections: readonly SeenConnection[] }) {
  const [shown, setShown] = useState(STEP);
  if (connections.length === 0) return null;
  return (
    <section aria-labelledby="log-clients" className="mt-6">
      <h2 id="log-clients" className="text-lg font-semibold">
        {t('log.clients')}
      </h2>
      <Table label={t('log.table.clients')} columns={['user', 'database', 'host', 'encryption', 'method', 'count']}>
        {connections.slice(0, shown).map((one) => (
          <tr key={JSON.stringify(one)} className="border-b border-line">
            <td className="py-1.5 pr-4 font-mono text-xs">{one.user}</td>
            <td className="py-1.5 pr-4 font-mono text-xs">{one.replication ? 'replication' : one.database}</td>
            <td className="py-1.5 pr-4 font-mono text-xs">{one.host ?? '?'}</td>
            <td className="py-1.5 pr-4">{kindWords(one.host === '[local]' ? 'local' : one.encryption)}</td>
            <td className="py-1.5 pr-4 font-mono text-xs">{one.method ?? '?'}</td>
            <td className="py-1.5 pr-4">{one.count}</td>
          </tr>
        ))}
      </Table>
      {connections.length > shown && (
        <button type="button" className="button mt-3" onClick={() => setShown(shown + STEP)}>
          {t('audit.more', { rest: connections.length - shown })}
        </button>
      )}
    </section>
  );
}
