import type { Driver, MigrationGoal } from '../../../core/index.ts';
import { t } from '../../shared/messages/translate.ts';
import { SourceLink } from '../../shared/navigation/SourceLink.tsx';

interface Props {
  readonly drivers: readonly Driver[];
  readonly goal: MigrationGoal;
}

/** What a migration needs from each driver. */
export function DriverTable({ drivers, goal }: Props) {
  return (
    <section className="mt-2 break-words" aria-label={t('migration.drivers')}>
      <table className="w-full text-left">
        <thead>
          <tr className="border-b border-line">
            <th className="py-1 pr-3">{t('migration.driver')}</th>
            <th className="py-1 pr-3">{t(goal === 'scram' ? 'migration.since' : 'migration.tls')}</th>
            {goal === 'scram' && <th className="py-1">{t('migration.source')}</th>}
          </tr>
        </thead>
        <tbody>
          {drivers.map(({ name, scram, tls, source }) => (
            <tr key={name} className="border-b border-line align-top">
              <td className="py-1 pr-3">{name}</td>
              <td className={`py-1 pr-3 ${goal === 'tls' ? 'font-mono text-xs break-all' : ''}`}>
                {goal === 'scram' ? scram : tls}
              </td>
              {goal === 'scram' && (
                <td className="py-1">
                  <SourceLink source={source} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
