import type { ReactNode } from 'react';
import type { Driver, MigrationGoal } from '../../../core/index.ts';
import { t } from '../../shared/messages/translate.ts';
import { SourceLink } from '../../shared/navigation/SourceLink.tsx';

interface Props {
  readonly drivers: readonly Driver[];
  readonly about: MigrationGoal | 'binding';
}

interface Column {
  readonly heading: string;
  readonly cell: (driver: Driver) => ReactNode;
  readonly mono?: true;
}

/** What a step of a migration needs from each driver. */
export function DriverTable({ drivers, about }: Props) {
  const columns = columnsAbout(about);
  return (
    <section
      className="mt-2 break-words"
      aria-label={t(about === 'binding' ? 'migration.bindingDrivers' : 'migration.drivers')}
    >
      <table className="w-full text-left">
        <thead>
          <tr className="border-b border-line">
            {columns.map(({ heading }) => (
              <th key={heading} className="py-1 pr-3">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {drivers.map((driver) => (
            <tr key={driver.name} className="border-b border-line align-top">
              {columns.map(({ heading, cell, mono }) => (
                <td key={heading} className={`py-1 pr-3 ${mono ? 'font-mono text-xs break-all' : ''}`}>
                  {cell(driver)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function columnsAbout(about: Props['about']): readonly Column[] {
  const name: Column = { heading: t('migration.driver'), cell: (driver) => driver.name };
  switch (about) {
    case 'scram':
      return [
        name,
        { heading: t('migration.since'), cell: ({ scram }) => scram },
        { heading: t('migration.source'), cell: ({ source }) => <SourceLink source={source} /> },
      ];
    case 'tls':
      return [name, { heading: t('migration.tls'), cell: ({ tls }) => tls, mono: true }];
    case 'binding':
      return [
        name,
        {
          heading: t('migration.binding'),
          cell: ({ binding: { since, sources } }) => (
            <>
              {since}
              {sources.map((source) => (
                <div key={source.url}>
                  <SourceLink source={source} />
                </div>
              ))}
            </>
          ),
        },
        { heading: t('migration.parameter'), cell: ({ binding }) => binding.parameter, mono: true },
      ];
  }
}
