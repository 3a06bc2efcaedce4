import { Monitor, Moon, Redo2, Share2, Sun, Undo2 } from 'lucide-react';
import { announce } from '../shared/browser/announce.ts';
import { redo, undo, useDraft, useHistory } from '../shared/draft/store.ts';
import { t } from '../shared/messages/translate.ts';
import { visit } from '../shared/navigation/place.ts';
import { ViewLink } from '../shared/navigation/ViewLink.tsx';
import { chooseTheme, THEMES, useTheme } from '../shared/theme/theme.ts';
import { ViewNav } from './Views.tsx';

export function Header() {
  const { canUndo, canRedo } = useHistory();
  const title = useDraft((state) => state.draft.title);
  return (
    <header className="flex flex-wrap items-center gap-1 border-b border-line bg-surface px-4 py-1.5">
      <ViewLink to={{ view: 'start', page: null }} className="flex items-center rounded-md" label={t('app.home')}>
        <Mark />
        <span className="ml-1.5 text-base font-semibold">{t('app.name')}</span>
      </ViewLink>
      <span className="ml-2 hidden max-w-[22rem] min-w-0 truncate border-l border-line pl-3 text-muted xl:inline">
        {title === '' ? t('app.tagline') : title}
      </span>
      <ViewNav />
      <div className="ml-auto flex items-center md:gap-1">
        <button
          type="button"
          className="button-icon"
          aria-label={t('app.undo')}
          title={t('app.undoKeys')}
          disabled={!canUndo}
          onClick={() => {
            undo();
            announce(t('app.undone'));
          }}
        >
          <Undo2 aria-hidden className="size-4.5" />
        </button>
        <button
          type="button"
          className="button-icon"
          aria-label={t('app.redo')}
          title={t('app.redoKeys')}
          disabled={!canRedo}
          onClick={() => {
            redo();
            announce(t('app.redone'));
          }}
        >
          <Redo2 aria-hidden className="size-4.5" />
        </button>
        <ThemeButton />
        <button
          type="button"
          className="button ml-1 whitespace-nowrap"
          onClick={() => visit({ step: 'review', group: 'take' })}
        >
          <Share2 aria-hidden className="size-4" />
          {t('app.take')}
        </button>
      </div>
    </header>
  );
}

const icons = { system: Monitor, light: Sun, dark: Moon } as const;
const labels = { system: 'theme.system', light: 'theme.light', dark: 'theme.dark' } as const;

/** Switches to the next theme, and shows which one is active. */
function ThemeButton() {
  const { theme } = useTheme();
  const Icon = icons[theme];
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
  const label = t('theme.button', { now: t(labels[theme]), next: t(labels[next]) });
  return (
    <button type="button" className="button-icon" aria-label={label} title={label} onClick={() => chooseTheme(next)}>
      <Icon aria-hidden className="size-4.5" />
    </button>
  );
}

/** A small gate in a wall: a postern. */
function Mark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" className="size-7 shrink-0">
      <rect width="32" height="32" rx="6" className="fill-fill" />
      <path
        d="M9 26V14a7 7 0 0 1 14 0v12M6 26h20"
        className="fill-none stroke-on-fill"
        strokeWidth="2.5"
        strokeLinecap="round"
      />
      <circle cx="16" cy="16.5" r="2.2" className="fill-on-fill" />
      <path d="M16 17v5" className="stroke-on-fill" strokeWidth="2.2" strokeLinecap="round" />
    </svg>
  );
}
