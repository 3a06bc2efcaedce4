import { useMemo } from 'react';
import { missingInLog, type SeenInLog } from '../../../core/index.ts';
import { t } from '../../shared/messages/translate.ts';
import { useActiveFiles } from '../../shared/server-files/active-files.ts';
import { ServerFilesFrame } from '../../shared/server-files/ServerFilesFrame.tsx';
import { useEngine } from '../../shared/server-files/use-engine.ts';
import { Working } from '../../shared/server-files/Working.tsx';
import { FailedSources } from './FailedSources.tsx';
import { LogPicker } from './LogPicker.tsx';
import { Rules } from './Rules.tsx';
import { SeenClients } from './SeenClients.tsx';
import { useLog } from './store.ts';

/** What a server log shows: which rules were used and by whom, and who failed. */
export default function LogScreen() {
  const seen = useLog((state) => state.seen);
  return (
    <ServerFilesFrame view="log">
      <LogPicker />
      <div role="status">{seen && <Summary seen={seen} />}</div>
      {seen && (
        <>
          <Missing seen={seen} />
          <UsedRules seen={seen} />
          <SeenClients connections={seen.connections} />
          <FailedSources sources={seen.failures} />
        </>
      )}
    </ServerFilesFrame>
  );
}

function Summary({ seen: { total, period, records, truncated } }: { readonly seen: SeenInLog }) {
  return (
    <>
      <p className="mt-4 text-base font-semibold">
        {t('log.summary', { count: total.connections, failed: total.failures, records })}
      </p>
      {period && <p className="text-muted">{t('log.period', period)}</p>}
      {truncated && <p className="text-caution">{t('log.truncated')}</p>}
    </>
  );
}

/** What the log can't tell, and the settings that would make it. */
function Missing({ seen }: { readonly seen: SeenInLog }) {
  const missing = missingInLog(seen);
  if (missing.length === 0) return null;
  return (
    <section aria-labelledby="log-missing" className="mt-4 max-w-prose">
      <h2 id="log-missing" className="text-lg font-semibold">
        {t('log.missing')}
      </h2>
      <ul className="list-disc pl-5">
        {missing.map((one) => (
          <li key={one}>{t(`log.missing.${one}`)}</li>
        ))}
      </ul>
    </section>
  );
}

function UsedRules({ seen }: { readonly seen: SeenInLog }) {
  const files = useActiveFiles();
  const inputs = useMemo(() => (files && files.hba !== '' ? ([files, seen] as const) : null), [files, seen]);
  const work = useEngine('used-rules', inputs, (calls, given) => calls.usedRules(...given));
  return (
    <section aria-labelledby="log-rules" className="mt-6">
      <h2 id="log-rules" className="text-lg font-semibold">
        {t('log.rules')}
      </h2>
      {inputs === null ? (
        <p className="text-muted">{t('log.noFile')}</p>
      ) : (
        <>
          <Working work={work} />
          {work.data && files && <Rules use={work.data} files={files} />}
        </>
      )}
    </section>
  );
}
