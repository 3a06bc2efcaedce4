import type { ReactNode } from 'react';
import { SCREENS, type ScreenName } from '../../core/index.ts';
import { t } from '../messages/translate.ts';
import { ViewLink } from '../wizard/ViewLink.tsx';
import { headingOf } from '../wizard/view.ts';
import { FileBar } from './FileBar.tsx';
import { ScreenLink } from './ScreenLink.tsx';

const texts = {
  audit: { title: 'audit.title', about: 'audit.about' },
  connection: { title: 'connection.title', about: 'connection.about' },
  map: { title: 'map.title', about: 'map.about' },
  compare: { title: 'compare.title', about: 'compare.about' },
  refused: { title: 'refused.title', about: 'refused.about' },
  import: { title: 'import.title', about: 'import.about' },
} as const satisfies Record<ScreenName, unknown>;

interface Props {
  readonly view: ScreenName;
  /** Which files it can look at; the bar above it offers the choice. */
  readonly sources?: 'files' | 'both';
  readonly children: ReactNode;
}

/** What the screens that look at files have in common: the way from one to the next, the files, and the link to what is shown. */
export function OwnFrame({ view, sources = 'both', children }: Props) {
  return (
    <main className="mx-auto min-h-dvh max-w-[96rem] bg-surface px-4 pt-3 pb-10 md:px-8">
      <nav aria-label={t('own.screens')} className="-mx-1 flex gap-1 overflow-x-auto border-b border-line pb-2">
        {SCREENS.map((one) => (
          <ViewLink
            key={one}
            to={{ view: one, page: null }}
            current={one === view}
            className={`flex min-h-9 items-center rounded-md px-2.5 whitespace-nowrap ${one === view ? 'bg-tint font-semibold text-accent' : 'text-muted hover:bg-raised hover:text-ink'}`}
          >
            {t(`views.${one}`)}
          </ViewLink>
        ))}
      </nav>
      <div className="mt-4 flex flex-wrap items-start gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-80">
          <h1 id={headingOf({ view, page: null })} tabIndex={-1} className="text-xl font-semibold outline-none">
            {t(texts[view].title)}
          </h1>
          <p className="mt-1 max-w-prose text-muted">{t(texts[view].about)}</p>
        </div>
        <ScreenLink view={view} />
      </div>
      <FileBar sources={sources} onAudit={view === 'audit'} />
      {children}
    </main>
  );
}
