import { lazy, Suspense } from 'react';
import { t } from '../messages/translate.ts';
import { useOwn } from '../own/store.ts';

const Editor = lazy(async () => ({ default: (await import('../editor/Editor.tsx')).Editor }));

/** The second file where there is no room for two: it is pasted and changed here. */
export function OtherFile({ shown }: { readonly shown: { readonly line: number } | null }) {
  const other = useOwn((state) => state.other);
  return (
    <section aria-label={t('compare.second')} className="mt-3">
      <p className="mb-1 text-xs font-semibold">{t('compare.second')}</p>
      <div className="h-40 resize-y overflow-hidden rounded-md border border-edge">
        <Suspense fallback={<p className="p-3 text-muted">{t('app.loading')}</p>}>
          <Editor
            name="second/pg_hba.conf"
            label={t('compare.secondText')}
            text={other}
            onText={(text) => useOwn.setState({ other: text })}
            shown={shown}
            className="h-full"
          />
        </Suspense>
      </div>
    </section>
  );
}
