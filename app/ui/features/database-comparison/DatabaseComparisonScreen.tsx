import { comparison, type Document, PRODUCTS, rumours, type Sourced } from '../../../core/index.ts';
import { useWide } from '../../shared/browser/use-media.ts';
import { t } from '../../shared/messages/translate.ts';
import { SourceLink } from '../../shared/navigation/SourceLink.tsx';
import { headingOf } from '../../shared/navigation/view.ts';

/** PostgreSQL compared with other databases: a table on wide screens, and the same cells stacked on narrow ones. */
export default function BesideScreen() {
  const wide = useWide();
  return (
    <main className="mx-auto min-h-dvh max-w-[90rem] bg-surface px-4 py-6 md:px-8">
      <h1
        id={headingOf({ view: 'database-comparison', page: null })}
        tabIndex={-1}
        className="text-xl font-semibold outline-none"
      >
        {t('database-comparison.title')}
      </h1>
      <p className="mt-1 mb-6 max-w-prose text-muted">{t('database-comparison.about')}</p>
      {wide ? <Table /> : <Stack />}
      <section aria-labelledby="rumours-heading" className="mt-8">
        <h2 id="rumours-heading" className="text-lg font-semibold">
          {t('database-comparison.rumours')}
        </h2>
        <dl className="mt-2 grid gap-x-10 lg:grid-cols-2">
          {rumours.map(({ said, truth }) => (
            <div key={said} className="border-t border-line py-3">
              <dt className="font-semibold">{t('database-comparison.said', { said })}</dt>
              <dd className="mt-1">
                <Answer {...truth} />
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </main>
  );
}

function Table() {
  return (
    <table className="w-full table-fixed border-collapse">
      <caption className="sr-only">{t('database-comparison.title')}</caption>
      <thead>
        <tr>
          <th scope="col" className="w-[12%] border-b border-edge py-2 pr-4 text-left font-semibold text-muted">
            {t('database-comparison.question')}
          </th>
          {PRODUCTS.map((product) => (
            <th key={product} scope="col" className="border-b border-edge px-3 py-2 text-left text-base font-semibold">
              {product}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {comparison.map(({ id, title, cells }) => (
          <tr key={id}>
            <th scope="row" className="border-b border-line py-3 pr-4 text-left align-top font-semibold">
              {title}
            </th>
            {cells.map((cell) => (
              <td key={cell.product} className="border-b border-line px-3 py-3 align-top">
                <Answer {...cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Stack() {
  return comparison.map(({ id, title, cells }) => (
    <section key={id} aria-labelledby={`question-${id}`} className="mb-7">
      <h2 id={`question-${id}`} className="border-b border-edge pb-1 text-lg font-semibold">
        {title}
      </h2>
      {cells.map((cell) => (
        <div key={cell.product} className="border-b border-line py-3">
          <h3 className="font-semibold text-accent">{cell.product}</h3>
          <Answer {...cell} />
        </div>
      ))}
    </section>
  ));
}

function Answer({ text, source }: Sourced<Document>) {
  return (
    <>
      <p>{text}</p>
      <p className="mt-1">
        <SourceLink source={source} />
      </p>
    </>
  );
}
