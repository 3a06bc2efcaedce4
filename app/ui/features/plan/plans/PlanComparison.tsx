import { useQuery } from '@tanstack/react-query';
import { createTwoFilesPatch } from 'diff';
import { X } from 'lucide-react';
import { answer } from '../../../../worker/client.ts';
import type { Answer, Generated } from '../../../../worker/core.worker.ts';
import { Changes, Counts } from '../../../shared/access-changes/Changes.tsx';
import { failureText } from '../../../shared/answers/failure.ts';
import { queryClient } from '../../../shared/answers/query-client.ts';
import type { Draft } from '../../../shared/draft/draft.ts';
import { t } from '../../../shared/messages/translate.ts';
import { planFiles } from '../../../shared/server-files/active-files.ts';
import { useEngine } from '../../../shared/server-files/use-engine.ts';
import { type FileChange, filesChange } from '../files/changes.ts';

interface Props {
  readonly name: string;
  readonly before: Draft;
  readonly after: Draft;
  readonly onClose: () => void;
}

/** Two plans, by the access that they give and by the text of their files. */
export function PlanComparison({ name, before, after, onClose }: Props) {
  const [first, second] = [useAnswer(before), useAnswer(after)];
  const failure = first.error ?? second.error;
  const ready = first.data?.ok && second.data?.ok ? ([first.data.value, second.data.value] as const) : null;
  const loading = first.isPending || second.isPending;
  return (
    <section aria-labelledby="plans-compared" className="mt-6 rounded-md border border-line p-4">
      <div className="flex items-start gap-2">
        <h2 id="plans-compared" className="min-w-0 flex-1 text-lg font-semibold break-words">
          {t('plans.compareTitle', { name })}
        </h2>
        <button type="button" className="button-icon" aria-label={t('plans.compareClose')} onClick={onClose}>
          <X aria-hidden className="size-4" />
        </button>
      </div>
      {loading && <p role="status">{t('result.generating')}</p>}
      {failure && <p role="alert">{failureText(failure)}</p>}
      {!loading && !failure && !ready && <p>{t('plans.compareNotReady')}</p>}
      {ready && (
        <>
          <Access before={ready[0]} after={ready[1]} />
          <Files name={name} before={ready[0]} after={ready[1]} />
        </>
      )}
    </section>
  );
}

const useAnswer = (draft: Draft) =>
  useQuery<Answer>(
    {
      queryKey: ['answer', draft],
      queryFn: ({ signal }) => answer(draft, signal),
      gcTime: 60_000,
      retry: false,
    },
    queryClient,
  );

interface Pair {
  readonly before: Generated;
  readonly after: Generated;
}

function Access({ before, after }: Pair) {
  const work = useEngine('plans', [before, after], (calls, [one, other]) =>
    calls.compare(planFiles(one), planFiles(other)),
  );
  const { data, failure } = work;
  const total = data ? Object.values(data.counts).reduce((sum, one) => sum + one, 0) : 0;
  return (
    <section aria-labelledby="plans-access" className="mt-3">
      <h3 id="plans-access" className="mb-1 font-semibold">
        {t('plans.access')}
      </h3>
      {!data && !failure && <p role="status">{t('app.loading')}</p>}
      {failure && <p role="alert">{failure}</p>}
      {data && total === 0 && <p>{t('plans.sameAccess')}</p>}
      {data && total > 0 && (
        <>
          <Counts counts={data.counts} />
          <Changes told={data} />
        </>
      )}
    </section>
  );
}

function Files({ name, before, after }: Pair & { readonly name: string }) {
  const { files, gone } = filesChange(before.bundle.files, after.bundle.files);
  const textOf = ({ bundle }: Generated, path: string) =>
    bundle.files.find((file) => file.path === path)?.content ?? '';
  return (
    <section aria-labelledby="plans-files" className="mt-4">
      <h3 id="plans-files" className="mb-1 font-semibold">
        {t('plans.files')}
      </h3>
      {files.size + gone.length === 0 && <p>{t('plans.sameFiles')}</p>}
      <ul className="divide-y divide-line border-y border-line empty:hidden">
        {[...files].map(([path, change]) => (
          <li key={path} className="py-2">
            {change.isNew ? (
              <p className="break-words">
                <span className="font-mono text-sm">{path}</span>{' '}
                <span className="text-muted">{t('plans.fileNew', { name })}</span>
              </p>
            ) : (
              <Difference path={path} change={change} before={textOf(before, path)} after={textOf(after, path)} />
            )}
          </li>
        ))}
        {gone.map((path) => (
          <li key={path} className="py-2 break-words">
            <span className="font-mono text-sm">{path}</span> <span className="text-muted">{t('plans.fileGone')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface DifferenceProps {
  readonly path: string;
  readonly change: FileChange;
  readonly before: string;
  readonly after: string;
}

function Difference({ path, change, before, after }: DifferenceProps) {
  const patch = createTwoFilesPatch(path, path, before, after).split('\n').slice(4).join('\n');
  return (
    <details>
      <summary className="cursor-pointer break-words">
        <span className="font-mono text-sm">{path}</span>{' '}
        <span className="text-muted">
          +{change.added.size} −{change.removed}
        </span>
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard */}
      <section tabIndex={0} aria-label={path} className="mt-2 overflow-x-auto rounded-md border border-line p-2">
        <pre className="font-mono text-xs">{patch}</pre>
      </section>
    </details>
  );
}
