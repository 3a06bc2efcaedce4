import { editorPlace, lazyPart } from '../../shared/loading/lazy-part.tsx';
import { t } from '../../shared/messages/translate.ts';
import { setOther, useServerFiles } from '../../shared/server-files/store.ts';
import { takeDropped } from '../../shared/server-files/take-file.ts';

const Editor = lazyPart(
  async () => ({ default: (await import('../../shared/editor/Editor.tsx')).Editor }),
  editorPlace,
);

const dropOther = takeDropped(setOther);

/** The second file on narrow screens, where it is pasted and edited. */
export function OtherFile({ shown }: { readonly shown: { readonly line: number } | null }) {
  const other = useServerFiles((state) => state.other);
  return (
    <section aria-label={t('compare.second')} className="mt-3">
      <p className="mb-1 text-xs font-semibold">{t('compare.second')}</p>
      <div className="h-40 resize-y overflow-hidden rounded-md border border-edge">
        <Editor
          name="second/pg_hba.conf"
          label={t('compare.secondText')}
          text={other}
          onText={setOther}
          onFiles={dropOther}
          shown={shown}
          className="h-full"
        />
      </div>
    </section>
  );
}
