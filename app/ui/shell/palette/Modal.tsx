import { type ReactNode, useLayoutEffect, useRef } from 'react';

interface Props {
  readonly label: string;
  readonly onClose: () => void;
  readonly className: string;
  readonly children: ReactNode;
}

/** A dialog above the page for as long as it is rendered. Escape and a click outside close it; the focus returns. */
export function Modal({ label, onClose, className, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const own = dialog.current;
    own?.showModal();
    return () => own?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it with the keyboard
    <dialog
      ref={dialog}
      aria-label={label}
      className={`m-0 mx-auto max-w-none rounded-lg border border-edge bg-surface text-ink shadow-pop backdrop:bg-scrim ${className}`}
      // React runs effects twice in development: the event of the first close comes when it is open again.
      onClose={() => {
        if (!dialog.current?.open) onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      {children}
    </dialog>
  );
}
