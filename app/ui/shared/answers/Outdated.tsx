import { type ReactNode, useEffect, useRef } from 'react';
import { announce } from '../browser/announce.ts';
import { t } from '../messages/translate.ts';
import { useOutdated } from './result.ts';

/** A result, marked at its edge while it is outdated; its text then cannot be selected and copied either. */
export function Outdated({ children, className }: { readonly children: ReactNode; readonly className: string }) {
  const outdated = useOutdated();
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!outdated) return;
    // The event target is the focused element, wherever the selection is.
    const onCopy = (event: ClipboardEvent) => {
      if (!element.current || !getSelection()?.containsNode(element.current, true)) return;
      event.preventDefault();
      announce(t('result.notTaken'));
    };
    document.addEventListener('copy', onCopy);
    return () => document.removeEventListener('copy', onCopy);
  }, [outdated]);
  return (
    <div
      ref={element}
      {...(outdated ? { role: 'group', 'aria-label': t('result.outdatedLabel') } : {})}
      className={`${className} ${outdated ? 'outdated' : ''}`}
    >
      {children}
    </div>
  );
}
