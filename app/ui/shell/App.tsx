import { useIdle } from '../shared/browser/when-idle.ts';
import { lazyPart } from '../shared/loading/lazy-part.tsx';
import { t } from '../shared/messages/first-screen.ts';
import { headingOf, useView } from '../shared/navigation/view.ts';
import { Header } from './Header.tsx';
import { ShownView } from './Views.tsx';

const Banners = lazyPart(() => import('./Banners.tsx'), { loading: null, className: 'p-2' });
const Above = lazyPart(() => import('./Above.tsx'), { loading: null, className: 'p-2' });

export function App() {
  const showing = useView();
  // They are about what the start page does not need, and appear once it is there.
  const idle = useIdle();
  const settled = idle || showing.view !== 'start';
  return (
    <>
      <button
        type="button"
        className="button button-primary fixed top-2 left-2 z-20 -translate-y-20 focus:translate-y-0"
        onClick={() => document.getElementById(headingOf(showing))?.focus()}
      >
        {t(showing.view === 'plan' ? 'app.skip' : 'app.skipToText')}
      </button>
      <Header />
      {settled && <Banners />}
      <ShownView />
      {settled && <Above />}
    </>
  );
}
