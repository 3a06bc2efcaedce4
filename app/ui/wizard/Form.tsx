import { ArrowLeft, ArrowRight } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useDraft } from '../draft/store.ts';
import { t } from '../messages/translate.ts';
import { PatternStep } from '../steps/pattern/PatternStep.tsx';
import { ProblemSummary } from './ProblemSummary.tsx';
import { usePlace, visit } from './place.ts';
import { screens } from './screens.ts';
import { groupsOf, type Spot, STEPS, type Step } from './steps.ts';

const ServerStep = lazy(screens.server);
const NetworkStep = lazy(screens.network);
const ClientsStep = lazy(screens.clients);
const SecurityStep = lazy(screens.security);
const OperationStep = lazy(screens.operation);
const ReviewStep = lazy(screens.review);

/** What the user is answering: one group of questions, and the way to the next. */
export function Form() {
  const { step, group } = usePlace(useShallow(({ step, group }) => ({ step, group })));
  const pattern = useDraft((state) => state.draft.network.pattern);
  const groups = groupsOf(step, pattern);
  // Another pattern may lack the screen on which one was.
  const shown = groups.includes(group) ? group : (groups[0] ?? group);
  const spots = STEPS.flatMap((one) => groupsOf(one, pattern).map((each): Spot => ({ step: one, group: each })));
  const here = spots.findIndex((spot) => spot.step === step && spot.group === shown);
  return (
    <main className="min-w-0 bg-surface px-4 pt-5 pb-24 min-h-dvh lg:border-r lg:border-line lg:px-6 lg:pb-10 xl:border-l">
      <GroupTabs step={step} shown={shown} />
      <h1 id="group-heading" tabIndex={-1} className="text-xl font-semibold outline-none">
        {t(`group.${shown}.title`)}
      </h1>
      <p className="mt-1 mb-5 text-muted">{t(`group.${shown}.about`)}</p>
      <Suspense fallback={<p className="text-muted">{t('app.loading')}</p>}>
        <div key={`${step} ${shown}`} className="space-y-6">
          {step === 'pattern' && <PatternStep group={shown} />}
          {step === 'server' && <ServerStep group={shown} />}
          {step === 'network' && <NetworkStep group={shown} />}
          {step === 'clients' && <ClientsStep />}
          {step === 'security' && <SecurityStep group={shown} />}
          {step === 'operation' && <OperationStep group={shown} />}
          {step === 'review' && <ReviewStep group={shown} />}
        </div>
      </Suspense>
      <ProblemSummary step={step} />
      <Pager before={spots[here - 1]} after={spots[here + 1]} />
    </main>
  );
}

/** The screens of the step, where the column of steps has no room for them. */
function GroupTabs({ step, shown }: { readonly step: Step; readonly shown: string }) {
  const pattern = useDraft((state) => state.draft.network.pattern);
  const groups = groupsOf(step, pattern);
  if (groups.length < 2) return null;
  return (
    <nav aria-label={t('groups.label')} className="mb-4 hidden flex-wrap gap-1 md:flex xl:hidden">
      {groups.map((group) => (
        <button
          key={group}
          type="button"
          aria-current={group === shown ? 'true' : undefined}
          className={`min-h-8 rounded-md border px-2.5 ${group === shown ? 'border-accent font-semibold text-accent' : 'border-line text-muted hover:bg-raised'}`}
          onClick={() => visit({ step, group })}
        >
          {t(`group.${group}`)}
        </button>
      ))}
    </nav>
  );
}

function Pager({ before, after }: { readonly before: Spot | undefined; readonly after: Spot | undefined }) {
  return (
    <div className="mt-8 flex flex-wrap items-center gap-2 border-t border-line pt-4">
      {before && (
        <button type="button" className="button" onClick={() => visit(before)}>
          <ArrowLeft aria-hidden className="size-4" />
          {t('pager.back')}
        </button>
      )}
      {after && (
        <button type="button" className="button button-primary ml-auto" onClick={() => visit(after)}>
          {t('pager.next', { group: t(`group.${after.group}`) })}
          <ArrowRight aria-hidden className="size-4" />
        </button>
      )}
    </div>
  );
}
