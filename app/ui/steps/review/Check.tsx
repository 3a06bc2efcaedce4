import { useAnswers } from '../../answers/store.ts';
import { FindingList } from '../../findings/FindingList.tsx';
import { t } from '../../messages/translate.ts';
import { leadTo } from '../../wizard/place.ts';
import { clientSentence } from './sentence.ts';

/** From this many clients on, the rest are counted. */
const TOLD = 20;

/** What will happen, in sentences, and what to know about it. */
export function Check() {
  const made = useAnswers((state) => state.made);
  const valid = useAnswers((state) => state.issues.length === 0);
  if (!made) return <p className="text-muted">{t('result.making')}</p>;
  const { clients } = made.scene;
  return (
    <>
      {!valid && <p className="rounded-md bg-caution-tint p-2">{t('review.lastValid')}</p>}
      <section aria-labelledby="who-heading">
        <h2 id="who-heading" className="text-lg font-semibold">
          {t('review.who')}
        </h2>
        <ul className="mt-2 divide-y divide-line border-y border-line">
          {clients.slice(0, TOLD).map((access) => (
            <li key={access.index} className="flex items-start gap-3 py-2">
              <p className="min-w-0 flex-1 break-words">{clientSentence(access)}</p>
              <button
                type="button"
                className="button-quiet"
                aria-label={t('review.changeClient', { name: access.client.name })}
                onClick={() => leadTo(`${access.path}.name`)}
              >
                {t('review.change')}
              </button>
            </li>
          ))}
        </ul>
        {clients.length > TOLD && (
          <p className="mt-2 text-muted">{t('review.moreClients', { count: clients.length - TOLD })}</p>
        )}
        <p className="mt-2">{t('review.nobodyElse')}</p>
      </section>
      <section aria-labelledby="know-heading">
        <h2 id="know-heading" className="mb-2 text-lg font-semibold">
          {t('review.know')}
        </h2>
        <FindingList findings={made.bundle.findings} />
      </section>
    </>
  );
}
