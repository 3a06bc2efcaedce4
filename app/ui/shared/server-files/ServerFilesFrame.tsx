import { type ReactNode, useRef } from 'react';
import { SCREENS, type ScreenName } from '../../../core/index.ts';
import { ResultNotice } from '../answers/ResultNotice.tsx';
import { useCurrentInView } from '../browser/keep-in-view.ts';
import { t } from '../messages/translate.ts';
import { ViewLink } from '../navigation/ViewLink.tsx';
import { headingOf } from '../navigation/view.ts';
import { FileBar } from './FileBar.tsx';
import { ScreenLink } from './ScreenLink.tsx';
import { useAsked } from './screen-state.ts';
import { useServerFiles } from './store.ts';

const texts = {
  audit: { title: 'audit.title', about: 'audit.about' },
  path: { title: 'connection.title', about: 'connection.about' },
  map: { title: 'map.title', about: 'map.about' },
  compare: { title: 'compare.title', about: 'compare.about' },
  refusal: { title: 'refused.title', about: 'refused.about' },
  log: { title: 'log.title', about: 'log.about' },
  import: { title: 'import.title', about: 'import.about' },
} as const satisfies Record<ScreenName, unknown>;

interface Props {
  readonly view: ScreenName;
  /** Which files the screen can use; the file bar offers the choice. */
  readonly sources?: 'files' | 'both';
  readonly children: ReactNode;
}

/** What the screens about server files have in common: the navigation between them, the file bar, and the link. */
export function ServerFilesFrame({ view, sources = 'both', children }: Props) {
  const row = useRef<HTMLElement>(null);
  useCurrentInView(row, view);
  const source = useServerFiles((state) => state.source);
  const against = useAsked((state) => state.compare.against);
  const ofPlan = view === 'compare' ? against === 'plan' : sources === 'both' && source === 'plan';
  return (
    <main className="mx-auto min-h-dvh max-w-[96rem] bg-surface px-4 pt-3 pb-10 md:px-8">
      <nav
        ref={row}
        aria-label={t('server-files.screens')}
        className="-mx-1 scroll-row flex gap-1 border-b border-line pb-2"
      >
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
      {ofPlan && <ResultNotice className="mt-4" />}
      {children}
    </main>
  );
}
