import { TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { confirmAnswers, useUnchanged } from '../draft/preset-answers.ts';
import { useDraft } from '../draft/store.ts';
import { t } from '../messages/translate.ts';
import { inOrder } from '../navigation/spots.ts';
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
export const UnchangedAnswers = memo(function UnchangedAnswers({ onLead, className = '' }: Props) {
  const unchanged = inOrder(
    useUnchanged(),
    useDraft(({ draft }) => draft.network.pattern),
  );
  if (unchanged.length === 0) return null;
  const each = [...new Map(unchanged.toReversed().map((issue) => [issue.message, issue])).values()].toReversed();
  return (
    <details className={`rounded-md border border-edge p-2.5 ${className}`}>
      <summary className="cursor-pointer">
        <TriangleAlert aria-hidden className="mr-1.5 mb-0.5 inline size-4 text-caution" />
        <span className="link">{t('unchanged.title', { count: each.length })}</span>
      </summary>
      <p className="mt-2 text-muted">{t('unchanged.about')}</p>
      <ul className="mt-2 space-y-1">
        {each.map((issue) => (
          <IssueLink key={issue.message} issue={issue} onLead={onLead} text={String(issue.values?.value ?? '')} />
        ))}
      </ul>
      <button type="button" className="button mt-3" onClick={confirmAnswers}>
        {t('unchanged.confirm', { count: each.length })}
      </button>
    </details>
  );
});
