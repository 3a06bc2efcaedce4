import { CircleAlert } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import type { Files } from '../../../worker/files.ts';
import type { PlacementView } from '../../../worker/tidy-placement.ts';
import { Changes, Counts, Line } from '../../shared/access-changes/Changes.tsx';
import { Done } from '../../shared/access-changes/Done.tsx';
import { useApplied } from '../../shared/access-changes/use-applied.ts';
import { t } from '../../shared/messages/translate.ts';
import { editLine } from '../../shared/server-files/shown-line.ts';
import { HBA } from '../../shared/server-files/store.ts';
import { useEngine } from '../../shared/server-files/use-engine.ts';
import { Working } from '../../shared/server-files/Working.tsx';

/** Finds the position where a new record takes effect, and shows what changes with it. */
export function PlaceRecord({ files }: { readonly files: Files }) {
  const [record, setRecord] = useState('');
  const [asked, setAsked] = useState('');
  const [line, setLine] = useState(1);
  const applied = useApplied();
  const id = useId();
  const input = useMemo(() => (asked === '' ? null : { files, record: asked }), [files, asked]);
  const placed = useEngine('place', input && [input], (calls, [{ files, record }]) => calls.place(files, record));
  const found = asked === record.trim() && !placed.working && !placed.outdated ? placed.data : undefined;
  const error = found?.error ?? '';
  return (
    <section aria-labelledby="place-heading" className="min-w-0">
      <h3 id="place-heading" className="font-semibold">
        {t('compare.place')}
      </h3>
      <p className="max-w-prose text-muted">{t('compare.place.about')}</p>
      <form
        className="mt-2 flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(record.trim());
        }}
      >
        <div className="min-w-0 flex-1 basis-72">
          <label htmlFor={id} className="block font-medium">
            {t('compare.place.record')}
          </label>
          <input
            id={id}
            className="input font-mono"
            placeholder="hostssl orders app 10.8.0.0/16 scram-sha-256"
            spellCheck={false}
            autoCapitalize="off"
            maxLength={2000}
            value={record}
            aria-invalid={error !== ''}
            aria-describedby={error === '' ? undefined : `${id}-error`}
            onChange={(event) => setRecord(event.target.value)}
          />
        </div>
        <button type="submit" className="button" disabled={record.trim() === ''}>
          {t('compare.place.look')}
        </button>
      </form>
      <Working work={placed} />
      {error !== '' && (
        <p id={`${id}-error`} role="alert" className="mt-1.5 flex gap-1.5 text-deny">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span className="min-w-0 break-words">{t('compare.place.error', { error })}</span>
        </p>
      )}
      {applied.done ? (
        <Done text={t('compare.place.done', { line })} line={line} onUndo={() => applied.undo(t('compare.undone'))} />
      ) : (
        found?.placement && (
          <Found
            placement={found.placement}
            onApply={({ line: at, text }) => {
              setLine(at);
              setAsked('');
              applied.apply(text, t('compare.place.done', { line: at }));
            }}
          />
        )
      )}
    </section>
  );
}

function Found({
  placement,
  onApply,
}: {
  readonly placement: PlacementView;
  readonly onApply: (placement: PlacementView) => void;
}) {
  const { line, above, counts, changes } = placement;
  return (
    <>
      <p role="status" className="mt-2 break-words">
        <span className="font-semibold">
          {above ? t('compare.place.at', { line }) : t('compare.place.end', { line })}
        </span>{' '}
        {above && (
          <>
            {t('compare.place.above')} <Line {...above} onLine={(at) => editLine({ name: HBA, line: at })} />
          </>
        )}
      </p>
      {changes.length === 0 ? (
        <p className="mt-1">{t('compare.place.nothing')}</p>
      ) : (
        <>
          <p className="mt-1 mb-1">{t('compare.place.changes')}</p>
          <Counts counts={counts} />
          <Changes told={placement} />
        </>
      )}
      <button type="button" className="button button-primary mt-2" onClick={() => onApply(placement)}>
        {t('compare.place.apply')}
      </button>
    </>
  );
}
