import { QueryClientProvider, useMutation, useQuery } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { queryClient } from '../../../shared/answers/query-client.ts';
import { t } from '../../../shared/messages/translate.ts';
import { fetchPresets, openPreset, presetProblem } from './presets.ts';

/** Realistic situations to start from. */
export default function Gallery() {
  return (
    <QueryClientProvider client={queryClient}>
      <Presets />
    </QueryClientProvider>
  );
}

function Presets() {
  const presets = useQuery({ queryKey: ['presets'], queryFn: fetchPresets });
  const open = useMutation({ mutationFn: openPreset });
  if (presets.isPending) {
    return (
      <p role="status" className="text-muted">
        {t('presets.loading')}
      </p>
    );
  }
  if (presets.isError) {
    return (
      <Failed text={t('presets.failed', { reason: presets.error.message })} onRetry={() => void presets.refetch()} />
    );
  }
  if (presets.data.length === 0) return <p className="text-muted">{t('presets.empty')}</p>;
  return (
    <>
      {open.isError && (
        <Failed text={presetProblem(open.variables, open.error)} onRetry={() => open.mutate(open.variables)} />
      )}
      <ul className="divide-y divide-line border-y border-line">
        {presets.data.map((preset) => (
          <li key={preset.id} className="flex flex-wrap items-start gap-x-4 gap-y-2 py-3">
            <div className="min-w-0 flex-1 basis-60">
              <h2 className="font-semibold">{preset.title}</h2>
              <p className="text-muted">{preset.summary}</p>
            </div>
            <button
              type="button"
              className="button"
              disabled={open.isPending}
              aria-label={t('presets.useNamed', { title: preset.title })}
              onClick={() => open.mutate(preset)}
            >
              {t('presets.use')}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Failed({ text, onRetry }: { readonly text: string; readonly onRetry: () => void }) {
  return (
    <div role="alert" className="rounded-md border border-deny p-3">
      <p className="flex gap-1.5">
        <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-deny" />
        {text}
      </p>
      <button type="button" className="button mt-2" onClick={onRetry}>
        {t('load.retry')}
      </button>
    </div>
  );
}
