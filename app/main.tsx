import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { useAnswers } from './ui/shared/answers/store.ts';
import { loadAgain } from './ui/shared/loading/load-again.ts';
import { t } from './ui/shared/messages/translate.ts';
import './ui/shared/theme/theme.css';
import { showTheme } from './ui/shared/theme/theme.ts';
import { App } from './ui/shell/App.tsx';
import { LastResort } from './ui/shell/LastResort.tsx';

showTheme();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <LastResort>
        <App />
      </LastResort>
    </StrictMode>,
  );
}

// The first screen needs no answers yet: what makes them loads beside it.
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
begin(load());
