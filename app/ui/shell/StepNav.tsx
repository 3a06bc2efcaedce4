import { Check, ChevronDown, CircleAlert } from 'lucide-react';
import { useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { IssueCounts } from '../shared/answers/issues.ts';
import { useResultState } from '../shared/answers/result.ts';
import { useAnswers } from '../shared/answers/store.ts';
import { useUnchanged } from '../shared/draft/preset-answers.ts';
import { useDraft } from '../shared/draft/store.ts';
import { IssueCount, useIssueCounts } from '../shared/fields/IssueCount.tsx';
import { t } from '../shared/messages/translate.ts';
import { answeredSteps } from '../shared/navigation/answered-steps.ts';
import { usePlace, visit, visitStep } from '../shared/navigation/place.ts';
import { spotOf } from '../shared/navigation/spots.ts';
import { groupsOf, STEPS, type Step } from '../shared/navigation/steps.ts';
import { ViewLink } from '../shared/navigation/ViewLink.tsx';

/** The steps, each with its state. Any of them can be visited at any time. */
export function StepNav() {
  const { step, group } = usePlace(useShallow(({ step, group }) => ({ step, group })));
  const groups = groupsOf(
    step,
    useDraft((state) => state.draft.network.pattern),
  );
  const [open, setOpen] = useState(false);
  return (
    <nav
      aria-label={t('steps.label')}
      className="border-b border-line px-4 py-2 md:flex md:items-end md:gap-4 lg:col-span-2 lg:py-3 xl:sticky xl:top-0 xl:col-span-1 xl:block xl:h-dvh xl:self-start xl:border-b-0 xl:py-6 xl:pr-2"
    >
      <button
        type="button"
        aria-expanded={open}
        className="flex min-h-9 w-full items-center gap-2 text-left md:hidden"
        onClick={() => setOpen(!open)}
      >
        <span className="text-muted">
          {t('steps.position', { number: STEPS.indexOf(step) + 1, count: STEPS.length })}
        </span>
        <span className="font-semibold">{t(`step.${step}`)}</span>
        {groups.length > 1 && t(`group.${group}`) !== t(`step.${step}`) && (
          <span className="truncate text-muted">{t(`group.${group}`)}</span>
        )}
        <ChevronDown aria-hidden className={`ml-auto size-4 transition-transform ${open ? 'rotate-180' : ''}`} />
      </button>
      <ol className={`${open ? 'block' : 'hidden'} mt-1 gap-x-1 md:mt-0 md:flex md:flex-wrap xl:block xl:space-y-0.5`}>
        {STEPS.map((one, index) => (
          <StepItem key={one} step={one} number={index + 1} current={one === step} onVisit={() => setOpen(false)} />
        ))}
      </ol>
      <p
        className={`${open ? 'block' : 'hidden'} mt-1 px-2 whitespace-nowrap md:ml-auto md:flex md:min-h-9 md:items-center xl:mt-4`}
      >
        <ViewLink to={{ view: 'plans', page: null }}>{t('views.plans')}</ViewLink>
      </p>
    </nav>
  );
}

interface ItemProps {
  readonly step: Step;
  readonly number: number;
  readonly current: boolean;
  readonly onVisit: () => void;
}

function StepItem({ step, number, current, onVisit }: ItemProps) {
  const pattern = useDraft((state) => state.draft.network.pattern);
  const counts = useIssueCounts((issue) => spotOf(issue.path, pattern).step === step);
  return (
    <li>
      <button
        type="button"
        aria-current={current ? 'step' : undefined}
        className={`flex min-h-9 w-full items-center gap-2 rounded-md px-2 text-left transition-colors ${current ? 'bg-tint font-semibold text-accent' : 'hover:bg-raised'}`}
        onClick={() => {
          visitStep(step);
          onVisit();
        }}
      >
        <Mark step={step} number={number} of={counts} />
        <span className="whitespace-nowrap">{t(`step.${step}`)}</span>
        <IssueCount of={counts} className="ml-auto pl-2 text-xs font-normal whitespace-nowrap" />
      </button>
      {current && <Groups step={step} onVisit={onVisit} />}
    </li>
  );
}

/** The screens of the current step. */
function Groups({ step, onVisit }: { readonly step: Step; readonly onVisit: () => void }) {
  const group = usePlace((state) => state.group);
  const pattern = useDraft((state) => state.draft.network.pattern);
  const groups = groupsOf(step, pattern);
  if (groups.length < 2) return null;
  return (
    <ul className="my-0.5 ml-4.5 border-l border-line pl-3 md:hidden xl:block">
      {groups.map((one) => (
        <li key={one}>
          <button
            type="button"
            aria-current={one === group ? 'true' : undefined}
            className={`min-h-8 w-full rounded-md px-2 text-left hover:bg-raised ${one === group ? 'font-semibold text-accent' : 'text-muted'}`}
            onClick={() => {
              visit({ step, group: one });
              onVisit();
            }}
          >
            {t(`group.${one}`)}
          </button>
        </li>
      ))}
    </ul>
  );
}

interface MarkProps {
  readonly step: Step;
  readonly number: number;
  readonly of: IssueCounts;
}

/** A tick for a step that someone has answered or gone through, in which nothing is wrong, missing or an example. */
function Mark({ step, number, of: { invalid, open } }: MarkProps) {
  const answered = useAnswers(({ made, issues }) => made !== null || issues.length > 0);
  const state = useResultState();
  const plan = useDraft((state) => state.plan);
  const pattern = useDraft((state) => state.draft.network.pattern);
  const isAnswered = useDraft((state) => answeredSteps(state.draft).has(step));
  const left = usePlace(({ left }) => left.plan === plan && left.steps.includes(step));
  const isExample = useUnchanged().some(({ path }) => spotOf(path, pattern).step === step);
  const known = answered && (state === 'current' || state === 'examples' || state === 'invalid');
  const shape = 'flex size-5 shrink-0 items-center justify-center rounded-full border text-xs font-normal';
  if (invalid > 0) return <CircleAlert aria-hidden className="size-5 shrink-0 text-deny" />;
  if (known && open === 0 && !isExample && (left || isAnswered)) {
    return (
      <span className={`${shape} border-allow text-allow`}>
        <Check aria-hidden className="size-3" />
        <span className="sr-only">{t('steps.fine')}</span>
      </span>
    );
  }
  return <span className={`${shape} border-edge text-muted`}>{number}</span>;
}
