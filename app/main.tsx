import { startTransition } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { useAnswers } from './ui/shared/answers/store.ts';
import { whenIdle } from './ui/shared/browser/when-idle.ts';
import { loadAgain } from './ui/shared/loading/load-again.ts';
import { t } from './ui/shared/messages/first-screen.ts';
import { useView } from './ui/shared/navigation/view.ts';
import './ui/shared/theme/theme.css';
import { showTheme } from './ui/shared/theme/theme.ts';
import { Root } from './ui/shell/Root.tsx';

showTheme();
document.getElementById('not-started')?.remove();

const isStart = (): boolean => useView.getState().view === 'start';

const root = document.getElementById('root');
// The build writes the start page into the page, and React continues with it. A transition gives way to the user.
if (root?.hasChildNodes() && isStart()) startTransition(() => void hydrateRoot(root, <Root />));
else if (root) {
  // The header stays until React replaces it.
  root.querySelector(':scope > main')?.remove();
  createRoot(root).render(<Root />);
}
delete document.documentElement.dataset.opening;

const load = () => import('./ui/shell/start.ts');
function begin(loaded: ReturnType<typeof load>): void {
  loaded.then(
    ({ start }) => start(),
    () =>
      useAnswers.setState({
        progress: { kind: 'failed', why: t('load.failed') },
        again: () => begin(loadAgain(load)),
      }),
  );
}

// The start page needs no answers, and other views need them at once.
if (isStart()) {
  const begun = new AbortController();
  const beginOnce = () => {
    if (begun.signal.aborted) return;
    begun.abort();
    begin(load());
  };
  whenIdle(beginOnce);
  useView.subscribe(beginOnce);
} else begin(load());
