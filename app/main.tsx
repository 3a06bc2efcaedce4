import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './ui/theme/theme.css';
import { showTheme } from './ui/theme/theme.ts';
import { App } from './ui/wizard/App.tsx';
import { LastResort } from './ui/wizard/LastResort.tsx';

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
void import('./ui/answers/start.ts').then(({ start }) => start());
