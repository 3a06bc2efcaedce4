import { useMemo, useState } from 'react';
import { type AskedConnection, readAsked, USUAL_MAJOR } from '../../../../core/index.ts';
import { useAnswers } from '../../../shared/answers/store.ts';
import { t } from '../../../shared/messages/translate.ts';
import { useActiveFiles } from '../../../shared/server-files/active-files.ts';
import { ServerFilesFrame } from '../../../shared/server-files/ServerFilesFrame.tsx';
import { useAsked } from '../../../shared/server-files/screen-state.ts';
import { useServerFiles } from '../../../shared/server-files/store.ts';
import { useEngine } from '../../../shared/server-files/use-engine.ts';
import { Working } from '../../../shared/server-files/Working.tsx';
import { AskForm } from './AskForm.tsx';
import { Followed } from './Followed.tsx';
import { Pick } from './Pick.tsx';

/** A connection described by the user, and its path. */
export default function ConnectionScreen() {
  const files = useActiveFiles();
  const source = useServerFiles((state) => state.source);
  const made = useAnswers((state) => state.made);
  const asked = useAsked((state) => state.connection);
  const major = files?.major ?? USUAL_MAJOR;
  const read = useMemo(() => readAsked(asked, major), [asked, major]);
  // The answer to the last valid connection is kept while a field is empty or invalid.
  const [good, setGood] = useState<AskedConnection | null>(read.ok ? asked : null);
  if (read.ok && good !== asked) setGood(asked);

  const plan = source === 'plan' ? made?.plan : undefined;
  const given = files !== null && (source === 'plan' || files.hba !== '');
  const followed = useEngine(
    'connection',
    given && good ? ([files, good, ...(plan ? [plan] : [])] as const) : null,
    (calls, inputs) => calls.connection(...inputs),
  );
  return (
    <ServerFilesFrame view="path">
      <div className="mt-4 grid gap-x-8 gap-y-6 lg:grid-cols-[minmax(18rem,24rem)_minmax(0,1fr)]">
        <section aria-labelledby="asked-heading" className="min-w-0">
          <h2 id="asked-heading" className="text-lg font-semibold">
            {t('connection.asked')}
          </h2>
          {given && <Pick files={files} plan={made?.plan} />}
          <AskForm asked={asked} major={major} problems={read.ok ? [] : read.issues} />
        </section>
        <section aria-labelledby="path-heading" className="min-w-0">
          <h2 id="path-heading" className="text-lg font-semibold">
            {t('path.title')}
          </h2>
          <Working work={followed} />
          {!given ? (
            <p className="mt-2 text-muted">{t(source === 'plan' ? 'connection.noPlan' : 'connection.noFiles')}</p>
          ) : followed.data ? (
            <Followed path={followed.data} outdated={!read.ok} busy={followed.working || followed.outdated} />
          ) : (
            !read.ok && <p className="mt-2 text-muted">{t('connection.nothingAsked')}</p>
          )}
        </section>
      </div>
    </ServerFilesFrame>
  );
}
