import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useAnswers } from '../answers/store.ts';
import { isUnder } from '../draft/at.ts';
import { type MessageId, t } from '../messages/translate.ts';

interface Props {
  readonly label?: MessageId;
  /** Paths of the answers inside, whose problems are counted outside. */
  readonly paths: readonly string[];
  readonly children: ReactNode;
}

/** Answers that few users need to change. */
export function More({ label = 'field.more', paths, children }: Props) {
  const problems = useAnswers(
    (state) => state.issues.filter((issue) => paths.some((path) => isUnder(issue.path, path))).length,
  );
  return (
    <details className="group border-t border-line pt-3">
      <summary className="-mx-1 inline-flex items-center gap-1 rounded-md px-1 py-1 font-medium text-accent">
        <ChevronRight aria-hidden className="size-4 transition-transform group-open:rotate-90" />
        {t(label)}
        {problems > 0 && <span className="ml-1 text-deny">{t('problems.count', { count: problems })}</span>}
      </summary>
      <div className="mt-3 space-y-6">{children}</div>
    </details>
  );
}
