import { lazy, Suspense, useEffect, useState } from 'react';
import { t } from '../messages/translate.ts';
import { Banners } from '../share/Banners.tsx';
import { Form } from './Form.tsx';
import { Header } from './Header.tsx';
import { Notices } from './Notices.tsx';
import { StepNav } from './StepNav.tsx';
import { undoOnKeys } from './undo-keys.ts';
import { useWide } from './use-media.ts';
import { OtherView } from './Views.tsx';
import { headingOf, useView } from './view.ts';

const SidePane = lazy(() => import('../files/SidePane.tsx'));
const Sheet = lazy(() => import('../files/Sheet.tsx'));

export function App() {
  useEffect(undoOnKeys, []);
  const showing = useView();
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
      <Banners />
      <OtherView plan={Plan} />
      <Notices />
    </>
  );
}

/** The wizard: steps, the questions of one, and what comes of them. */
function Plan() {
  const wide = useWide();
  const [folded, setFolded] = useState(false);
  const columns = folded
    ? 'lg:grid-cols-[minmax(0,1fr)_3.25rem] xl:grid-cols-[13.5rem_minmax(0,1fr)_3.25rem]'
    : 'lg:grid-cols-[minmax(23rem,5fr)_minmax(0,6fr)] xl:grid-cols-[13.5rem_minmax(24rem,32rem)_minmax(0,1fr)]';
  return (
    <div className={`mx-auto grid max-w-[110rem] grid-cols-[minmax(0,1fr)] ${columns}`}>
      <StepNav />
      <Form />
      <Suspense fallback={<div className="hidden lg:block" />}>
        {wide ? <SidePane folded={folded} onFold={setFolded} /> : <Sheet />}
      </Suspense>
    </div>
  );
}
