import { useState } from 'react';
import { useWide } from '../shared/browser/use-media.ts';
import { lazyPart } from '../shared/loading/lazy-part.tsx';
import { useView } from '../shared/navigation/view.ts';
import { Form } from './Form.tsx';
import { StepNav } from './StepNav.tsx';

const SidePane = lazyPart(() => import('../features/plan/files/SidePane.tsx'), {
  loading: <div className="hidden lg:block" />,
  className: 'min-w-0 px-5 py-4',
});
const Sheet = lazyPart(() => import('../features/plan/files/Sheet.tsx'), {
  loading: null,
  className: 'fixed inset-x-0 bottom-0 z-10 max-h-[40dvh] overflow-y-auto bg-surface p-2 shadow-pop',
});
const ExpressForm = lazyPart(() => import('../features/plan/express/ExpressForm.tsx'), {
  loading: <div />,
  className: 'min-w-0 px-5 py-4',
});

/** The plan: on one screen or in steps, and the generated files. */
export default function Plan() {
  const express = useView(({ view }) => view === 'express');
  const wide = useWide();
  const [folded, setFolded] = useState(false);
  const steps = express
    ? ''
    : folded
      ? 'xl:grid-cols-[14.5rem_minmax(0,1fr)_3.25rem]'
      : 'xl:grid-cols-[14.5rem_minmax(24rem,32rem)_minmax(0,1fr)]';
  const columns = `${folded ? 'lg:grid-cols-[minmax(0,1fr)_3.25rem]' : 'lg:grid-cols-[minmax(23rem,5fr)_minmax(0,6fr)]'} ${steps}`;
  return (
    <div className={`mx-auto grid max-w-[110rem] grid-cols-[minmax(0,1fr)] ${columns}`}>
      {express ? (
        <ExpressForm />
      ) : (
        <>
          <StepNav />
          <Form />
        </>
      )}
      {wide ? <SidePane folded={folded} onFold={setFolded} /> : <Sheet />}
    </div>
  );
}
