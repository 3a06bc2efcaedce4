import { useMemo } from 'react';
import type { MigrationGoal } from '../../../core/index.ts';
import type { Files } from '../../../worker/files.ts';
import type { MigrationView } from '../../../worker/migration.ts';
import { t } from '../../shared/messages/translate.ts';
import { useEngine } from '../../shared/server-files/use-engine.ts';
import { Working } from '../../shared/server-files/Working.tsx';
import { DriverTable } from './DriverTable.tsx';
import { useDoneSteps } from './done-steps.ts';
import { MigrationStep } from './MigrationStep.tsx';
import { ScrollingDialog } from './ScrollingDialog.tsx';

interface Props {
  readonly goal: MigrationGoal;
  readonly files: Files;
  readonly onClose: () => void;
}

/** The steps of a migration, to tick and to copy. */
export default function MigrationDialog({ goal, files, onClose }: Props) {
  const asked = useMemo(() => ({ goal }), [goal]);
  const planned = useEngine('migration', [files, asked], (calls, [of, about]) => calls.migration(of, about.goal));
  // While another plan is computed, the engine keeps the answer to the previous one.
  const found = planned.working ? undefined : planned.data;
  return (
    <ScrollingDialog
      id="migration-heading"
      title={t(`migration.title.${goal}`)}
      onClose={onClose}
      buttons={(close) => (
        <button type="button" className="button" onClick={close}>
          {t('migration.close')}
        </button>
      )}
    >
      <Working work={planned} />
      {found && <Planned goal={goal} planned={found} />}
    </ScrollingDialog>
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
                {step.id === `${goal}-clients` && <DriverTable drivers={drivers} about={goal} />}
                {step.id === `${goal}-binding` && <DriverTable drivers={drivers} about="binding" />}
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
