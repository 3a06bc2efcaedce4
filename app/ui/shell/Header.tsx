import { Monitor, Moon, Redo2, Search, Sun, Undo2 } from 'lucide-react';
import { useDraft, useHistory } from '../shared/draft/store.ts';
import { lazyPart } from '../shared/loading/lazy-part.tsx';
import { t } from '../shared/messages/first-screen.ts';
import { ViewLink } from '../shared/navigation/ViewLink.tsx';
import { isPlanView, useView } from '../shared/navigation/view.ts';
import { chooseTheme, THEMES, useTheme } from '../shared/theme/theme.ts';
import { useMac } from './mac.ts';
import { openOverlay } from './overlay.ts';
import { redoAndSay, undoAndSay } from './undo.ts';
import { ViewNav } from './Views.tsx';

const aside = 'ml-2 hidden border-l border-line pl-3 text-muted';

// Other screens have files of their own, which it would be mistaken for.
const DownloadButton = lazyPart(() => import('./DownloadButton.tsx'), { loading: null });

export function Header() {
  const isPlan = useView(isPlanView);
  const history = useHistory();
  // On other screens nobody would see what changes, and the editor there has its own undo.
  const [canUndo, canRedo] = [isPlan && history.canUndo, isPlan && history.canRedo];
  const title = useDraft((state) => state.draft.title);
  return (
    <header className="flex flex-wrap items-center gap-1 border-b md:flex-nowrap border-line bg-surface px-4 py-1.5">
      <ViewLink
        to={{ view: 'start', page: null }}
        className="flex shrink-0 items-center rounded-md"
        label={t('app.home')}
      >
        <Mark />
        <span className="ml-1.5 text-base font-semibold">{t('app.name')}</span>
      </ViewLink>
      {title === '' ? (
        // Whole, or not at all.
        <span className={`${aside} whitespace-nowrap min-[100rem]:inline`}>{t('app.tagline')}</span>
      ) : (
        <span className={`${aside} max-w-48 min-w-0 truncate xl:inline min-[100rem]:max-w-96`} title={title}>
          {title}
        </span>
      )}
      <ViewNav />
      <div className="ml-auto flex shrink-0 items-center md:gap-1">
        <PaletteButton />
        <button
          type="button"
          className="button-icon"
          aria-label={t('app.undo')}
          title={t('app.undoKeys')}
          aria-disabled={!canUndo}
          onClick={canUndo ? undoAndSay : undefined}
        >
          <Undo2 aria-hidden className="size-4.5" />
        </button>
        <button
          type="button"
          className="button-icon"
          aria-label={t('app.redo')}
          title={t('app.redoKeys')}
          aria-disabled={!canRedo}
          onClick={canRedo ? redoAndSay : undefined}
        >
          <Redo2 aria-hidden className="size-4.5" />
        </button>
        <ThemeButton />
        {isPlan && <DownloadButton />}
      </div>
    </header>
  );
}

/** Opens the command palette, and shows its shortcut. On a phone there is no room, and no such key. */
function PaletteButton() {
  const mac = useMac();
  const keys = t(mac ? 'palette.keysMac' : 'palette.keys');
  return (
    <button
      type="button"
      className="mr-1 hidden min-h-9 items-center gap-1.5 rounded-md border border-line px-2 text-muted transition-colors hover:border-edge hover:text-ink md:inline-flex"
      aria-label={t('palette.open')}
      aria-keyshortcuts={mac ? 'Meta+K' : 'Control+K'}
      aria-haspopup="dialog"
      title={`${t('palette.open')} (${keys})`}
      onClick={() => openOverlay('palette')}
    >
      <Search aria-hidden className="size-4" />
      <kbd aria-hidden className="hidden font-sans text-xs whitespace-nowrap xl:inline">
        {keys}
      </kbd>
    </button>
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
