import { useEffect, useMemo, useRef } from 'react';
import type { MigrationGoal } from '../../../core/index.ts';
import type { Files } from '../../../worker/files.ts';
import type { MigrationView } from '../../../worker/migration.ts';
import { t } from '../../shared/messages/translate.ts';
import { useEngine } from '../../shared/server-files/use-engine.ts';
import { Working } from '../../shared/server-files/Working.tsx';
import { DriverTable } from './DriverTable.tsx';
import { useDoneSteps } from './done-steps.ts';
import { MigrationStep } from './MigrationStep.tsx';

interface Props {
  readonly goal: MigrationGoal;
  readonly files: Files;
  readonly onClose: () => void;
}

/** The steps of a migration, to tick and to copy. */
export default function MigrationDialog({ goal, files, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const asked = useMemo(() => ({ goal }), [goal]);
  const planned = useEngine('migration', [files, asked], (calls, [of, about]) => calls.migration(of, about.goal));
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  // While another plan is computed, the engine keeps the answer to the previous one.
  const found = planned.working ? undefined : planned.data;
  return (
    <dialog
      ref={dialog}
      aria-labelledby="migration-heading"
      className="fixed inset-0 m-auto flex max-h-[85dvh] w-full max-w-3xl flex-col rounded-lg border border-edge bg-surface p-0 text-ink shadow-pop backdrop:bg-ink/40"
      onClose={onClose}
    >
      <h2 id="migration-heading" className="px-5 pt-4 text-lg font-semibold break-words">
        {t(`migration.title.${goal}`)}
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard */}
      <section tabIndex={0} aria-labelledby="migration-heading" className="min-h-0 flex-1 overflow-y-auto px-5 pb-4">
        <Working work={planned} />
        {found && <Planned goal={goal} planned={found} />}
      </section>
      <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
        <button type="button" className="button" onClick={() => dialog.current?.close()}>
          {t('migration.close')}
        </button>
      </div>
    </dialog>
  );
}

function Planned({
  goal,
  planned: { steps, left, drivers },
}: {
  readonly goal: MigrationGoal;
  readonly planned: MigrationView;
}) {
  const done = useDoneSteps((state) => state.done);
  return (
    <>
      {steps.length === 0 ? (
        <p className="mt-1">{t('migration.none')}</p>
      ) : (
        <>
          <p className="mt-1">{t('migration.about')}</p>
          <p role="status" className="text-muted">
            {t('migration.done', { done: steps.filter(({ id }) => done.has(id)).length, count: steps.length })}
          </p>
          <ol className="mt-2 divide-y divide-line border-y border-line">
            {steps.map((step) => (
              <MigrationStep key={step.id} step={step} done={done.has(step.id)}>
                {step.id === `${goal}-clients` && <DriverTable drivers={drivers} goal={goal} />}
              </MigrationStep>
            ))}
          </ol>
        </>
      )}
      {left.length > 0 && (
        <>
          <h3 className="mt-4 font-semibold">{t('migration.left')}</h3>
          <ul className="mt-1 list-disc pl-5">
            {left.map(({ line, file = 'pg_hba.conf', reason }) => (
              <li key={`${file} ${line}`}>
                <span className="font-mono text-xs">{t('audit.at', { name: file, line })}</span>: {reason}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
