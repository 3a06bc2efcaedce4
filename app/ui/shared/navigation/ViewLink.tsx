import type { MouseEvent, ReactNode } from 'react';
import { addressOf, type Showing, show } from './view.ts';

interface Props {
  readonly to: Showing;
  readonly className?: string;
  readonly label?: string;
  readonly current?: boolean;
  /** Whether it leads to a part of the page that the current view belongs to. */
  readonly within?: boolean;
  readonly children: ReactNode;
}

/** A link to a view: it opens in place, and in a new tab if requested. */
export function ViewLink({ to, className = 'link', label, current = false, within = current, children }: Props) {
  const onClick = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    show(to);
  };
  return (
    <a
      href={addressOf(to)}
      className={className}
      aria-label={label}
      title={label}
      data-current={within || undefined}
      aria-current={current ? 'page' : undefined}
      onClick={onClick}
    >
      {children}
    </a>
  );
}
