import { useState } from 'react';
import type { Files } from '../../worker/files.ts';
import { t } from '../messages/translate.ts';
import { editLine } from '../own/shown-line.ts';
import { HBA } from '../own/store.ts';
import { useEngine } from '../own/use-engine.ts';
import { Working } from '../own/Working.tsx';
import { Line } from './Changes.tsx';
import { Done } from './Done.tsx';
import { useApplied } from './use-applied.ts';

const MOST = 100;

/** Takes out of the user's file what decides about nobody, as far as it is proven that nothing changes. */
export function Tidy({ files }: { readonly files: Files }) {
  const [asked, setAsked] = useState<Files | null>(null);
  const applied = useApplied();
  const tidied = useEngine('tidy', asked && [asked], (calls) =>
    asked ? calls.tidy(asked) : Promise.reject(new Error()),
  );
  const found = asked === files ? tidied.data : undefined;
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
              {t('compare.tidy.found', { count: found.spared.length })}
            </p>
            {found.spared.length > 0 && (
              <>
                <ul className="mt-1 divide-y divide-line border-y border-line">
                  {found.spared.slice(0, MOST).map(({ line, text, by }) => (
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
                {found.spared.length > MOST && (
                  <p className="mt-1 text-muted">{t('compare.others', { rest: found.spared.length - MOST })}</p>
                )}
                <button
                  type="button"
                  className="button button-primary mt-2"
                  onClick={() => applied.apply(found.text, t('compare.tidy.done'))}
                >
                  {t('compare.tidy.apply', { count: found.spared.length })}
                </button>
              </>
            )}
          </>
        )
      )}
    </section>
  );
}
