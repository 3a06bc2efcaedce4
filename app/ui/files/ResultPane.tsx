import { TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { useAnswers } from '../answers/store.ts';
import { FindingList } from '../findings/FindingList.tsx';
import { t } from '../messages/translate.ts';
import { Picture } from '../picture/Picture.tsx';
import { leadTo } from '../wizard/place.ts';
import { bundleChange } from './changes.ts';
import { MachineFiles } from './MachineFiles.tsx';

/** What comes of the answers: the picture, what to know, the files. `onLeave`: the user goes back to an answer. */
export function ResultPane({ onLeave }: { readonly onLeave?: () => void }) {
  const made = useAnswers((state) => state.made);
  const before = useAnswers((state) => state.before);
  const issues = useAnswers((state) => state.issues);
  const change = useMemo(() => made && bundleChange(before, made.bundle), [before, made]);
  const [firstIssue] = issues;
  const lead = (path: string) => {
    onLeave?.();
    leadTo(path);
  };
  return (
    <div className="space-y-6">
      {firstIssue && (
        <div className="flex flex-wrap items-center gap-2 rounded-md bg-caution-tint p-2.5">
          <TriangleAlert aria-hidden className="size-4 shrink-0 text-caution" />
          <p className="min-w-0 flex-1 basis-52">
            {t(made ? 'result.lastValid' : 'result.notValid', { count: issues.length })}
          </p>
          <button type="button" className="button" onClick={() => lead(firstIssue.path)}>
            {t('result.firstProblem')}
          </button>
        </div>
      )}
      {!made && !firstIssue && <p className="text-muted">{t('result.making')}</p>}
      {made && change && (
        <>
          <Picture scene={made.scene} onLead={lead} />
          <Findings findings={made.bundle.findings} {...(onLeave ? { onLeave } : {})} />
          <MachineFiles bundle={made.bundle} change={change} onLead={lead} />
        </>
      )}
    </div>
  );
}

type FindingsProps = Parameters<typeof FindingList>[0];

function Findings({ findings, onLeave }: FindingsProps) {
  return (
    <section aria-labelledby="findings-heading">
      <h3 id="findings-heading" className="mb-1.5 font-semibold">
        {t('findings.title', { count: findings.length })}
      </h3>
      {findings.length > 0 && (
        <details open={findings.some(({ severity }) => severity !== 'note')}>
          <summary className="link inline-block">{t('findings.show')}</summary>
          <div className="mt-2">
            <FindingList findings={findings} {...(onLeave ? { onLeave } : {})} />
          </div>
        </details>
      )}
    </section>
  );
}
