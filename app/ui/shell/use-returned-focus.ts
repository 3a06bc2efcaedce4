import { type RefObject, useLayoutEffect } from 'react';
import { focusWhenThere } from '../shared/browser/focus.ts';
import { headingOf, useView } from '../shared/navigation/view.ts';

/**
 * A part of the page that disappears while it has the focus, such as a banner whose button was pressed, returns the
 * focus to the element that had it before, or else to the heading of the screen.
 */
export function useReturnedFocus(part: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const own = part.current;
    let before: HTMLElement | null = null;
    const onFocus = ({ relatedTarget }: FocusEvent) => {
      if (relatedTarget instanceof HTMLElement && !own?.contains(relatedTarget)) before = relatedTarget;
    };
    own?.addEventListener('focusin', onFocus);
    return () => {
      own?.removeEventListener('focusin', onFocus);
      if (!own?.contains(document.activeElement)) return;
      focusWhenThere(() => {
        // Whatever was pressed may have set the focus itself.
        if (document.activeElement !== document.body && document.activeElement !== null)
          return document.activeElement as HTMLElement;
        return before?.isConnected ? before : document.getElementById(headingOf(useView.getState()));
      });
    };
  }, [part]);
}
