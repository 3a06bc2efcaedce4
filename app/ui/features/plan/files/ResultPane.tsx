import { memo, useCallback, useMemo } from 'react';
import { isAtLeast } from '../../../../core/index.ts';
import { IssueLink } from '../../../shared/answers/IssueLink.tsx';
import { Outdated } from '../../../shared/answers/Outdated.tsx';
import { ResultNotice } from '../../../shared/answers/ResultNotice.tsx';
import { type Made, useAnswers } from '../../../shared/answers/store.ts';
import { UnchangedAnswers } from '../../../shared/answers/UnchangedAnswers.tsx';
import { useAfterPaint } from '../../../shared/browser/after-paint.ts';
import { t } from '../../../shared/messages/translate.ts';
import { leadTo } from '../../../shared/navigation/lead-to.ts';
import { FindingList } from '../findings/FindingList.tsx';
import { Picture } from '../picture/Picture.tsx';
import { filesChange } from './changes.ts';
import { ResultTabs } from './ResultTabs.tsx';

/** The generated result: the diagram, the findings, the files. `onLeave`: the user returns to an answer. */
export function ResultPane({ onLeave }: { readonly onLeave?: () => void }) {
  const made = useAnswers((state) => state.made);
  const before = useAnswers((state) => state.before);
  const starting = useAnswers(
    ({ made, progress, issues }) => !made && progress.kind === 'updating' && issues.length === 0,
  );
  const change = useMemo(
    () => made && filesChange(before ? shownOf(before) : undefined, shownOf(made)),
    [before, made],
  );
  const lead = useCallback(
    (path: string) => {
      onLeave?.();
      leadTo(path);
    },
    [onLeave],
  );
  // The diagram and the findings render after the files.
  const later = useAfterPaint(made) ?? made;
  return (
    <>
      {/* Offset below the heading of the sheet. */}
      <ResultNotice onLeave={onLeave} className={`sticky z-10 mb-6 ${onLeave ? 'top-14' : 'top-0'}`} />
      <UnchangedAnswers onLead={onLeave} className="mb-6" />
      {!made && <Missing onLeave={onLeave} />}
      {starting && <p className="text-muted">{t('result.generating')}</p>}
      {made && later && change && (
        <Outdated className="space-y-6" files>
          <details open>
            <summary className="link mb-1.5 inline-block">{t('picture.title')}</summary>
            <Picture scene={later.scene} onLead={lead} />
          </details>
          <ResultTabs made={made} before={before} change={change} onLead={lead} />
          <Findings findings={later.bundle.findings} {...(onLeave ? { onLeave } : {})} />
        </Outdated>
      )}
    </>
  );
}

/** More than these are found when the first ones are answered. */
const LISTED = 12;

/** What is to be answered before there are files. */
function Missing({ onLeave }: { readonly onLeave: (() => void) | undefined }) {
  const missing = useAnswers(({ issues }) => issues);
  return (
    <ul className="space-y-2 empty:hidden">
      {missing.slice(0, LISTED).map((issue) => (
        <IssueLink key={`${issue.path} ${issue.message}`} issue={issue} onLead={onLeave} />
      ))}
    </ul>
  );
}

const shownOf = ({ bundle, commands }: Made) => [...bundle.files, ...commands];

type FindingsProps = Parameters<typeof FindingList>[0];

const Findings = memo(function Findings({ findings, onLeave }: FindingsProps) {
  return (
    <section aria-labelledby="findings-heading">
      <h3 id="findings-heading" className="mb-1.5 font-semibold">
        {t('findings.title', { count: findings.length })}
      </h3>
      {findings.length > 0 && (
        <details open={findings.some(({ severity }) => isAtLeast(severity, 'medium'))}>
          <summary className="link inline-block">{t('findings.show')}</summary>
          <div className="mt-2">
            <FindingList findings={findings} {...(onLeave ? { onLeave } : {})} />
          </div>
        </details>
      )}
    </section>
  );
});
