import { CircleAlert, CircleDashed } from 'lucide-react';
import { IssueLink } from '../shared/answers/IssueLink.tsx';
import { issuesOf, kindOf } from '../shared/answers/issues.ts';
import { useAnswers } from '../shared/answers/store.ts';
import { useDraft } from '../shared/draft/store.ts';
import { t } from '../shared/messages/translate.ts';
import { spotOf } from '../shared/navigation/spots.ts';
import type { Step } from '../shared/navigation/steps.ts';

/** Maximum number of listed problems: four hundred clients can have thousands. */
const LISTED = 12;

/** Every problem of this step (of all steps on the last one), each linked to its field. */
export function ProblemSummary({ step }: { readonly step: Step }) {
  const issues = useAnswers(issuesOf);
  const pattern = useDraft((state) => state.draft.network.pattern);
  const own = issues.filter((issue) => step === 'review' || spotOf(issue.path, pattern).step === step);
  if (own.length === 0) return null;
  const wrong = own.some((issue) => kindOf(issue) === 'invalid');
  const [here, all] = wrong
    ? (['problems.here', 'problems.all'] as const)
    : (['problems.openHere', 'problems.openAll'] as const);
  return (
    <section
      aria-labelledby="problems-heading"
      className={`mt-8 rounded-md border p-3 ${wrong ? 'border-deny' : 'border-edge'}`}
    >
      <h2
        id="problems-heading"
        className={`flex items-center gap-1.5 font-semibold ${wrong ? 'text-deny' : 'text-muted'}`}
      >
        {wrong ? <CircleAlert aria-hidden className="size-4" /> : <CircleDashed aria-hidden className="size-4" />}
        {t(step === 'review' ? all : here, { count: own.length })}
      </h2>
      <ul className="mt-2 space-y-1.5">
        {own.slice(0, LISTED).map((issue) => (
          <IssueLink key={`${issue.path} ${issue.message}`} issue={issue} />
        ))}
      </ul>
      {own.length > LISTED && <p className="mt-2 text-muted">{t('problems.more', { count: own.length - LISTED })}</p>}
    </section>
  );
}
