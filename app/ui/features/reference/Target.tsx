import { ArrowLeft } from 'lucide-react';
import { documents, type Sourced, type TargetPage } from '../../../core/index.ts';
import { useTitle } from '../../shared/browser/title.ts';
import { t } from '../../shared/messages/translate.ts';
import { SourceLink } from '../../shared/navigation/SourceLink.tsx';
import { ViewLink } from '../../shared/navigation/ViewLink.tsx';
import { headingOf } from '../../shared/navigation/view.ts';

/** The page of one target: what it does, what it does not, how to undo it, and pitfalls. */
export function Target({ page }: { readonly page: TargetPage }) {
  useTitle(page.title);
  return (
    <main className="mx-auto min-h-dvh max-w-5xl bg-surface px-4 py-6 md:px-8">
      <ViewLink to={{ view: 'targets', page: null }} className="button-quiet -ml-2">
        <ArrowLeft aria-hidden className="size-4" />
        {t('targets.all')}
      </ViewLink>
      <h1
        id={headingOf({ view: 'targets', page: page.id })}
        tabIndex={-1}
        className="mt-2 text-xl font-semibold break-words outline-none"
      >
        {page.title}
      </h1>
      <p className="mt-1 max-w-prose text-muted">{page.summary}</p>
      <div className="mt-6 grid gap-x-10 gap-y-6 md:grid-cols-2">
        <Part id="does" items={page.does} />
        <Part id="doesNot" items={page.doesNot} />
        <Part id="undo" items={page.undo} />
      </div>
      <section aria-labelledby="part-pitfalls" className="mt-6 max-w-prose">
        <h2 id="part-pitfalls" className="text-base font-semibold">
          {t('targets.pitfalls')}
        </h2>
        <ul className="mt-2 divide-y divide-line border-y border-line">
          {page.pitfalls.map(({ text, source }) => (
            <li key={text} className="py-2.5">
              <p className="break-words">{text}</p>
              <SourceLink source={source} />
            </li>
          ))}
        </ul>
      </section>
      <p className="mt-6 max-w-prose text-xs break-words text-muted">
        {t('targets.shownBy', { paths: ownFiles(page) })}
      </p>
    </main>
  );
}

/** The tests and the code that the statements about our own files are based on. */
function ownFiles({ does, doesNot, undo }: TargetPage): string {
  const paths = [...does, ...doesNot, ...undo].flatMap(({ source }) => ('path' in source ? [source.path] : []));
  return [...new Set(paths)].join(', ');
}

function Part({ id, items }: { readonly id: 'does' | 'doesNot' | 'undo'; readonly items: readonly Sourced[] }) {
  return (
    <section aria-labelledby={`part-${id}`}>
      <h2 id={`part-${id}`} className="text-base font-semibold">
        {t(`targets.${id}`)}
      </h2>
      <ul className="mt-2 list-disc space-y-1.5 pl-5 marker:text-muted">
        {items.map(({ text, source }) => (
          <li key={text} className="break-words">
            {text}
            {documents([source]).map((document) => (
              <span key={document.url} className="block">
                <SourceLink source={document} />
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
