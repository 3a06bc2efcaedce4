import { Outdated } from '../../../../shared/answers/Outdated.tsx';
import { ResultNotice } from '../../../../shared/answers/ResultNotice.tsx';
import { type Made, useAnswers } from '../../../../shared/answers/store.ts';
import { UnchangedAnswers } from '../../../../shared/answers/UnchangedAnswers.tsx';
import { sayCore, t } from '../../../../shared/messages/translate.ts';
import { leadTo } from '../../../../shared/navigation/lead-to.ts';
import { FindingList } from '../../findings/FindingList.tsx';
import { clientSentence } from './sentence.ts';

/** From this many clients on, the rest are only counted. */
const TOLD = 20;

/** A summary of the plan, in sentences, and its findings. */
export function Check() {
  const made = useAnswers((state) => state.made);
  return (
    <>
      <ResultNotice />
      <UnchangedAnswers />
      {made && (
        <Outdated className="space-y-6">
          <Checked made={made} />
        </Outdated>
      )}
    </>
  );
}

function Checked({ made: { scene, bundle } }: { readonly made: Made }) {
  const { plan, clients, flows, hosts } = scene;
  const nameOf = (id: string) =>
    (id === 'server' ? plan.server.name : null) ?? hosts.find((host) => host.id === id)?.name ?? id;
  return (
    <>
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
      <section aria-labelledby="open-heading">
        <h2 id="open-heading" className="text-lg font-semibold">
          {t('review.open')}
        </h2>
        <ul className="mt-2 divide-y divide-line border-y border-line">
          {flows.slice(0, TOLD).map((flow) => (
            <li key={flow.id} className="flex items-start gap-3 py-2">
              <div className="min-w-0 flex-1 break-words">
                <span className="font-mono text-sm">
                  {t('review.port', { protocol: flow.protocol.toUpperCase(), port: flow.port, host: nameOf(flow.to) })}
                </span>
                <span className="block text-muted">{sayCore(flow.reason.message)}</span>
              </div>
              <button
                type="button"
                className="button-quiet"
                aria-label={t('review.changePort', {
                  port: flow.port,
                  host: nameOf(flow.to),
                  reason: sayCore(flow.reason.message),
                })}
                onClick={() => leadTo(flow.reason.path)}
              >
                {t('review.change')}
              </button>
            </li>
          ))}
        </ul>
        {flows.length > TOLD && (
          <p className="mt-2 text-muted">{t('review.moreFlows', { count: flows.length - TOLD })}</p>
        )}
        <p className="mt-2">{t(`review.firewall.${scene.plan.firewall.kind === 'none' ? 'none' : 'some'}`)}</p>
      </section>
      <section aria-labelledby="know-heading">
        <h2 id="know-heading" className="mb-2 text-lg font-semibold">
          {t('findings.title', { count: bundle.findings.length })}
        </h2>
        <FindingList findings={bundle.findings} />
      </section>
    </>
  );
}
