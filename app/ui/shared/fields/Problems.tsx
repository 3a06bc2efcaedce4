import { CircleAlert, CircleDashed, TriangleAlert } from 'lucide-react';
import type { PlanIssue } from '../../../core/index.ts';
import { type IssueKind, kindOf } from '../answers/issues.ts';
import { focusWhenThere } from '../browser/focus.ts';
import { change } from '../draft/store.ts';
import { sayCore, t } from '../messages/translate.ts';

interface Props {
  readonly id: string;
  readonly issues: readonly PlanIssue[];
  /** Applies the suggested value; without it the value is written to the issue's own path. */
  readonly onFix?: (issue: PlanIssue, fix: string) => void;
}

/** An answer that is still to be given is not an error. */
const looks: Readonly<Record<IssueKind, { readonly Icon: typeof CircleAlert; readonly color: string }>> = {
  invalid: { Icon: CircleAlert, color: 'text-deny' },
  unanswered: { Icon: CircleDashed, color: 'text-muted' },
  example: { Icon: TriangleAlert, color: 'text-caution' },
};

/** The problems of an answer, why, and the suggested value if there is one. */
export function Problems({ id, issues, onFix = (issue, fix) => change(issue.path, fix) }: Props) {
  if (issues.length === 0) return null;
  const fixAndStay = (issue: PlanIssue, fix: string) => {
    onFix(issue, fix);
    // The button disappears with its problem.
    focusWhenThere(() => document.getElementById(id.replace(/-problems$/, '')));
  };
  return (
    <ul id={id} className="mt-1.5 space-y-1.5 text-sm">
      {issues.map((issue) => {
        const { fix } = issue;
        const { Icon, color } = looks[kindOf(issue)];
        return (
          <li key={`${issue.path} ${issue.message}`} className={`flex gap-1.5 ${color}`}>
            <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
            <span className="min-w-0 break-words">
              {sayCore(issue)}{' '}
              {fix !== undefined && (
                <button type="button" className="button ml-1 min-h-7 px-2" onClick={() => fixAndStay(issue, fix)}>
                  {t('field.useFix', { fix })}
                </button>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
