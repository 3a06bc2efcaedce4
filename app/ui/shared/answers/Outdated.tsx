import { type ReactNode, useEffect, useRef } from 'react';
import { announce } from '../browser/announce.ts';
import { t } from '../messages/translate.ts';
import { useCalm } from './calm.ts';
import { isOutdated, useOutdated, useResultState, useWithheld, withheldText } from './result.ts';

interface Props {
  readonly children: ReactNode;
  readonly className: string;
  /** Whether the text is that of files. */
  readonly files?: boolean;
}

/**
 * A result, marked at its edge while it is outdated. Its text cannot be selected and copied either, nor that of files
 * with example values.
 */
export function Outdated({ children, className, files = false }: Props) {
  const outdated = useOutdated();
  const looksOutdated = isOutdated(useCalm(useResultState()));
  const withheld = useWithheld() && (files || outdated);
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!withheld) return;
    // The event target is the focused element, wherever the selection is.
    // Selected text can be dragged to another window as well.
    const onCopy = (event: ClipboardEvent | DragEvent) => {
      if (!element.current || !getSelection()?.containsNode(element.current, true)) return;
      event.preventDefault();
      announce(withheldText());
    };
    document.addEventListener('copy', onCopy);
    document.addEventListener('dragstart', onCopy);
    return () => {
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('dragstart', onCopy);
    };
  }, [withheld]);
  return (
    <div
      ref={element}
      {...(looksOutdated ? { role: 'group', 'aria-label': t('result.outdatedLabel') } : {})}
      className={`${className} ${looksOutdated ? 'outdated' : ''}`}
    >
      {children}
    </div>
  );
}
