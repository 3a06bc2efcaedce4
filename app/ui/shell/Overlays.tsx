import { lazyPart } from '../shared/loading/lazy-part.tsx';
import { useOverlay } from './overlay.ts';
import { screens } from './screens.ts';

const options = { loading: null, className: 'fixed inset-x-0 top-0 z-30 bg-surface p-2 shadow-pop' } as const;
const Palette = lazyPart(screens.palette, options);
const Help = lazyPart(screens.help, options);

/** What is open above the page. */
export function Overlays() {
  const open = useOverlay((state) => state.open);
  return (
    <>
      {open === 'palette' && <Palette />}
      {open === 'help' && <Help />}
    </>
  );
}
