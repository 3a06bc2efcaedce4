import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { isWithin } from '../answers/issues.ts';
import { type MessageId, t } from '../messages/translate.ts';
import { IssueCount, useIssueCounts } from './IssueCount.tsx';

interface Props {
  readonly label?: MessageId;
  /** Paths of the answers inside, whose problems are counted outside. */
  readonly paths: readonly string[];
  readonly children: ReactNode;
}

/** Answers that few users need to change. */
export function More({ label = 'field.more', paths, children }: Props) {
  const counts = useIssueCounts(isWithin(paths));
  return (
    <details className="group border-t border-line pt-3">
      <summary className="-mx-1 inline-flex items-center gap-1 rounded-md px-1 py-1 font-medium text-accent">
        <ChevronRight aria-hidden className="size-4 transition-transform group-open:rotate-90" />
        {t(label)}
        <IssueCount of={counts} className="ml-1" />
      </summary>
      <div className="mt-3 space-y-6">{children}</div>
    </details>
  );
}
