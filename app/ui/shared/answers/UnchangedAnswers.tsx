import { TriangleAlert } from 'lucide-react';
import { confirmAnswers, useUnchanged } from '../draft/preset-answers.ts';
import { t } from '../messages/translate.ts';
import { IssueLink } from './IssueLink.tsx';

interface Props {
  /** The user returns to an answer. */
  readonly onLead?: (() => void) | undefined;
  readonly className?: string;
}

/**
 * What is still the answer of the example that the plan was opened from, each value once. The files can be downloaded,
 * because anyone may really have such a network or role.
 */
export function UnchangedAnswers({ onLead, className = '' }: Props) {
  const unchanged = useUnchanged();
  if (unchanged.length === 0) return null;
  const each = [...new Map(unchanged.toReversed().map((issue) => [issue.message, issue])).values()].toReversed();
  return (
    <details className={`rounded-md border border-edge p-2.5 ${className}`}>
      <summary className="cursor-pointer">
        <TriangleAlert aria-hidden className="mr-1.5 mb-0.5 inline size-4 text-caution" />
        {t('unchanged.title', { count: each.length })}
      </summary>
      <ul className="mt-2 space-y-1.5">
        {each.map((issue) => (
          <IssueLink key={issue.message} issue={issue} onLead={onLead} />
        ))}
      </ul>
      <button type="button" className="button mt-3" onClick={confirmAnswers}>
        {t('unchanged.confirm', { count: each.length })}
      </button>
    </details>
  );
}
