import { useMemo, useState } from 'react';
import { type AskedConnection, readAsked } from '../../core/index.ts';
import { useAnswers } from '../answers/store.ts';
import { t } from '../messages/translate.ts';
import { useLookedAt } from '../own/looked-at.ts';
import { OwnFrame } from '../own/OwnFrame.tsx';
import { useAsked } from '../own/screen-state.ts';
import { useOwn } from '../own/store.ts';
import { useEngine } from '../own/use-engine.ts';
import { Working } from '../own/Working.tsx';
import { AskForm } from './AskForm.tsx';
import { Followed } from './Followed.tsx';
import { Pick } from './Pick.tsx';

/** A connection that one describes, and the way that it takes. */
export default function ConnectionScreen() {
  const files = useLookedAt();
  const source = useOwn((state) => state.source);
  const made = useAnswers((state) => state.made);
  const asked = useAsked((state) => state.connection);
  const major = files?.major ?? 18;
  const read = useMemo(() => readAsked(asked, major), [asked, major]);
  // The answer to the last connection that could be read stays while a field is empty or wrong.
  const [good, setGood] = useState<AskedConnection | null>(read.ok ? asked : null);
  if (read.ok && good !== asked) setGood(asked);

  const plan = source === 'plan' ? made?.plan : undefined;
  const given = files !== null && (source === 'plan' || files.hba !== '');
  const followed = useEngine('connection', given && good ? [files, good, ...(plan ? [plan] : [])] : null, (calls) =>
    files && good ? calls.connection(files, good, plan) : Promise.resolve(null),
  );
  return (
    <OwnFrame view="connection">
      <div className="mt-4 grid gap-x-8 gap-y-6 lg:grid-cols-[minmax(18rem,24rem)_minmax(0,1fr)]">
        <section aria-labelledby="asked-heading" className="min-w-0">
          <h2 id="asked-heading" className="text-lg font-semibold">
            {t('connection.asked')}
          </h2>
          {given && <Pick files={files} plan={plan} />}
          <AskForm asked={asked} major={major} problems={read.ok ? [] : read.problems} />
        </section>
        <section aria-labelledby="path-heading" className="min-w-0">
          <h2 id="path-heading" className="text-lg font-semibold">
            {t('path.title')}
          </h2>
          <Working work={followed} />
          {!given ? (
            <p className="mt-2 text-muted">{t(source === 'plan' ? 'connection.noPlan' : 'connection.noFiles')}</p>
          ) : followed.data ? (
            <Followed path={followed.data} outdated={!read.ok} busy={followed.working} />
          ) : (
            !read.ok && <p className="mt-2 text-muted">{t('connection.nothingAsked')}</p>
          )}
        </section>
      </div>
    </OwnFrame>
  );
}
