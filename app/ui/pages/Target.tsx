import { ArrowLeft } from 'lucide-react';
import type { TargetPage } from '../../core/index.ts';
import { t } from '../messages/translate.ts';
import { useTitle } from '../wizard/title.ts';
import { ViewLink } from '../wizard/ViewLink.tsx';
import { headingOf } from '../wizard/view.ts';
import { SourceLink } from './SourceLink.tsx';

/** The page of one target: what it does, what it does not, how to undo it, and what to beware of. */
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
    </main>
  );
}

function Part({ id, items }: { readonly id: 'does' | 'doesNot' | 'undo'; readonly items: readonly string[] }) {
  return (
    <section aria-labelledby={`part-${id}`}>
      <h2 id={`part-${id}`} className="text-base font-semibold">
        {t(`targets.${id}`)}
      </h2>
      <ul className="mt-2 list-disc space-y-1.5 pl-5 marker:text-muted">
        {items.map((item) => (
          <li key={item} className="break-words">
            {item}
          </li>
        ))}
      </ul>
    </section>
  );
}
