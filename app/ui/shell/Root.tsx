import { StrictMode } from 'react';
import { App } from './App.tsx';
import { LastResort } from './LastResort.tsx';

/** The whole page. */
export const Root = () => (
  <StrictMode>
    <LastResort>
      <App />
    </LastResort>
  </StrictMode>
);
