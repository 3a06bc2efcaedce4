import { type ReactNode, useEffect, useRef } from 'react';

interface Props {
  /** For the heading, which names the dialog. */
  readonly id: string;
  readonly title: string;
  /** What is between the heading and the buttons; it scrolls. */
  readonly children: ReactNode;
  /** The buttons; `close` closes the dialog. */
  readonly buttons: (close: () => void) => ReactNode;
  readonly onClose: () => void;
}

/** A modal dialog whose content scrolls between its heading and its buttons. */
export function ScrollingDialog({ id, title, children, buttons, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      className="fixed inset-0 m-auto flex max-h-[85dvh] w-full max-w-3xl flex-col rounded-lg border border-edge bg-surface p-0 text-ink shadow-pop backdrop:bg-ink/40"
      onClose={onClose}
    >
      <h2 id={id} className="px-5 pt-4 text-lg font-semibold break-words">
        {title}
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard */}
      <section tabIndex={0} aria-labelledby={id} className="min-h-0 flex-1 overflow-y-auto px-5 pb-4">
        {children}
      </section>
      <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
        {buttons(() => dialog.current?.close())}
      </div>
    </dialog>
  );
}
