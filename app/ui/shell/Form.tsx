import { ArrowLeft, ArrowRight } from 'lucide-react';
import type { MouseEvent } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { PatternStep } from '../features/plan/steps/pattern/PatternStep.tsx';
import { useDraft } from '../shared/draft/store.ts';
import { lazyPart } from '../shared/loading/lazy-part.tsx';
import { t } from '../shared/messages/translate.ts';
import { usePlace, visit } from '../shared/navigation/place.ts';
import { spotsBeside } from '../shared/navigation/spots.ts';
import { groupsOf, type Spot, type Step } from '../shared/navigation/steps.ts';
import { ProblemSummary } from './ProblemSummary.tsx';
import { screens } from './screens.ts';

const ServerStep = lazyPart(screens.server);
const NetworkStep = lazyPart(screens.network);
const ClientsStep = lazyPart(screens.clients);
const SecurityStep = lazyPart(screens.security);
const OperationStep = lazyPart(screens.operation);
const ReviewStep = lazyPart(screens.review);

/** The current group of questions, and the navigation to the next. */
export function Form() {
  const { step, group } = usePlace(useShallow(({ step, group }) => ({ step, group })));
  const pattern = useDraft((state) => state.draft.network.pattern);
  const groups = groupsOf(step, pattern);
  // Another pattern may lack the current screen.
  const shown = groups.includes(group) ? group : (groups[0] ?? group);
  const { before, after } = spotsBeside({ step, group: shown }, pattern);
  return (
    <main className="min-w-0 bg-surface px-4 pt-5 pb-24 min-h-dvh lg:border-r lg:border-line lg:px-6 lg:pb-10 xl:border-l">
      <GroupTabs step={step} shown={shown} />
      <h1 id="group-heading" tabIndex={-1} className="text-xl font-semibold outline-none">
        {t(`group.${shown}.title`)}
      </h1>
      <p className="mt-1 mb-5 text-muted">{t(`group.${shown}.about`)}</p>
      <div key={`${step} ${shown}`} className="space-y-6">
        {step === 'pattern' && <PatternStep group={shown} />}
        {step === 'server' && <ServerStep group={shown} />}
        {step === 'network' && <NetworkStep group={shown} />}
        {step === 'clients' && <ClientsStep />}
        {step === 'security' && <SecurityStep group={shown} />}
        {step === 'operation' && <OperationStep group={shown} />}
        {step === 'review' && <ReviewStep group={shown} />}
      </div>
      <ProblemSummary step={step} />
      <Pager before={before} after={after} />
    </main>
  );
}

/** The screens of the step, if there is no room for them in the column of steps. */
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

/**
 * A field stores its text when it loses the focus, and what is above the buttons can then become shorter: the button
 * would move away between the press and the release. So a press leaves the focus where it is.
 */
const keepFocus = (event: MouseEvent) => event.preventDefault();

/** Stores the text of the focused field, and shows the screen. */
function leaveFor(spot: Spot): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  visit(spot);
}

function Pager({ before, after }: { readonly before: Spot | undefined; readonly after: Spot | undefined }) {
  return (
    <div className="mt-8 flex flex-wrap items-center gap-2 border-t border-line pt-4">
      {before && (
        <button type="button" className="button" onMouseDown={keepFocus} onClick={() => leaveFor(before)}>
          <ArrowLeft aria-hidden className="size-4" />
          {t('pager.back')}
        </button>
      )}
      {after && (
        <button
          type="button"
          className="button button-primary ml-auto"
          onMouseDown={keepFocus}
          onClick={() => leaveFor(after)}
        >
          {t('pager.next', { group: t(`group.${after.group}`) })}
          <ArrowRight aria-hidden className="size-4" />
        </button>
      )}
    </div>
  );
}
