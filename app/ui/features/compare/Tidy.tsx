import { useState } from 'react';
import { shownBytes } from '../../../core/index.ts';
import type { Files } from '../../../worker/files.ts';
import type { TidyView } from '../../../worker/tidy-placement.ts';
import { Line } from '../../shared/access-changes/Changes.tsx';
import { Done } from '../../shared/access-changes/Done.tsx';
import { useApplied } from '../../shared/access-changes/use-applied.ts';
import { t } from '../../shared/messages/translate.ts';
import { editLine } from '../../shared/server-files/shown-line.ts';
import { HBA } from '../../shared/server-files/store.ts';
import { useEngine } from '../../shared/server-files/use-engine.ts';
import { Working } from '../../shared/server-files/Working.tsx';

const MOST = 100;

/** Shortens the user's file, as far as it is proven that access does not change. */
export function Tidy({ files }: { readonly files: Files }) {
  const [asked, setAsked] = useState<Files | null>(null);
  const applied = useApplied();
  const tidied = useEngine('tidy', asked && [asked], (calls, [files]) => calls.tidy(files));
  const found = asked === files ? tidied.data : undefined;
  const changes = found ? found.removed.length + found.merged.length : 0;
  const empty = files.hba.trim() === '';
  return (
    <section aria-labelledby="tidy-heading" className="min-w-0">
      <h3 id="tidy-heading" className="font-semibold">
        {t('compare.tidy')}
      </h3>
      <p className="max-w-prose text-muted">{t('compare.tidy.about')}</p>
      <button type="button" className="button mt-2" disabled={empty} onClick={() => setAsked(files)}>
        {t('compare.tidy.look')}
      </button>
      <Working work={tidied} />
      {applied.done ? (
        <Done text={t('compare.tidy.done')} line={1} onUndo={() => applied.undo(t('compare.undone'))} />
      ) : (
        found && (
          <>
            <p role="status" className="mt-2 font-semibold">
              {t('compare.tidy.found', { count: found.removed.length, merged: found.merged.length })}
            </p>
            {found.more && <p className="text-muted">{t('compare.tidy.more')}</p>}
            {changes > 0 && (
              <>
                <ul className="mt-1 divide-y divide-line border-y border-line">
                  {found.removed.slice(0, MOST).map(({ line, text, by }) => (
                    <li key={line} className="py-1.5 break-words">
                      <Line line={line} text={text} onLine={(at) => editLine({ name: HBA, line: at })} />
                      <p className="text-muted">{t('compare.tidy.by', { count: by.length })}</p>
                      <ul className="list-disc pl-5">
                        {by.slice(0, 5).map((one) => (
                          <li key={`${one.file} ${one.line}`}>
                            <Line {...one} onLine={(at) => editLine({ name: HBA, line: at })} />
                          </li>
                        ))}
                      </ul>
                    </li>
                  ))}
                </ul>
                {found.removed.length > MOST && (
                  <p className="mt-1 text-muted">{t('compare.others', { rest: found.removed.length - MOST })}</p>
                )}
                {found.merged.length > 0 && <Merged merged={found.merged} />}
                <button
                  type="button"
                  className="button button-primary mt-2"
                  onClick={() => applied.apply(found.text, t('compare.tidy.done'))}
                >
                  {t('compare.tidy.apply')}
                </button>
              </>
            )}
          </>
        )
      )}
    </section>
  );
}

/** Records that one record can replace, and its position. */
function Merged({ merged }: { readonly merged: TidyView['merged'] }) {
  return (
    <ul className="mt-2 divide-y divide-line border-y border-line">
      {merged.slice(0, MOST).map(({ lines, at, text }) => (
        <li key={at} className="py-1.5 break-words">
          <ul>
            {lines.map(({ line, text: before }) => (
              <li key={line}>
                <Line line={line} text={before} onLine={(one) => editLine({ name: HBA, line: one })} />
              </li>
            ))}
          </ul>
          <p className="text-muted">{t('compare.tidy.become', { line: at })}</p>
          <code className="font-mono text-xs">{shownBytes(text)}</code>
        </li>
      ))}
      {merged.length > MOST && (
        <li className="py-1.5 text-muted">{t('compare.others', { rest: merged.length - MOST })}</li>
      )}
    </ul>
  );
}
