import { FAMILIES, pages, pagesOf } from '../../../core/index.ts';
import { embeddedFile } from '../../shared/browser/embedded.ts';
import { t } from '../../shared/messages/translate.ts';
import { ViewLink } from '../../shared/navigation/ViewLink.tsx';
import { headingOf, useView } from '../../shared/navigation/view.ts';
import { Target } from './Target.tsx';

/** Every target by family, or the page of one. */
export default function TargetsScreen() {
  const asked = useView((state) => state.page);
  const page = pages.find(({ id }) => id === asked);
  return page ? <Target page={page} /> : <TargetList missing={asked} />;
}

function TargetList({ missing }: { readonly missing: string | null }) {
  return (
    <main className="mx-auto min-h-dvh max-w-5xl bg-surface px-4 py-6 md:px-8">
      <h1
        id={headingOf({ view: 'targets', page: missing })}
        tabIndex={-1}
        className="text-xl font-semibold outline-none"
      >
        {t('targets.title')}
      </h1>
      <p className="mt-1 mb-6 max-w-prose text-muted">{t('targets.about')}</p>
      {missing !== null && <p className="mb-4 text-caution">{t('targets.missing', { page: missing })}</p>}
      {FAMILIES.filter((family) => pagesOf[family].length > 0).map((family) => (
        <section key={family} aria-labelledby={`family-${family}`} className="mb-7">
          <h2 id={`family-${family}`} className="text-base font-semibold">
            {t(`family.${family}`)}
          </h2>
          <ul className="mt-1 divide-y divide-line border-y border-line">
            {pagesOf[family].map((page) => (
              <li key={page.id} className="py-2.5 md:grid md:grid-cols-[15rem_minmax(0,1fr)] md:gap-4">
                <ViewLink to={{ view: 'targets', page: page.id }} className="link font-medium">
                  {page.title}
                </ViewLink>
                <p className="text-muted">{page.summary}</p>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <Licenses />
    </main>
  );
}

const LICENSES = 'THIRD-PARTY-LICENSES.txt';

function Licenses() {
  const embedded = embeddedFile(LICENSES);
  return embedded === undefined ? (
    <p className="text-muted">
      <a href={`./${LICENSES}`} className="link">
        {t('app.licenses')}
      </a>
    </p>
  ) : (
    <details className="text-muted">
      <summary className="cursor-pointer">{t('app.licenses')}</summary>
      <pre className="mt-2 text-xs break-words whitespace-pre-wrap">{embedded}</pre>
    </details>
  );
}
