import { CircleAlert } from 'lucide-react';
import { useId, useLayoutEffect, useRef, useState } from 'react';
import { MAJORS } from '../../../core/index.ts';
import { t } from '../../shared/messages/first-screen.ts';
import { openFiles, openPasted } from './open.ts';
import { majorIn, recognize } from './recognize.ts';

/** Where any text is pasted: it says what the text is, and opens it on the screen for that. */
export function PasteBox({ of }: { readonly of: 'files' | 'error' }) {
  const id = useId();
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  // The field is there before this script is, and may have a text by now.
  useLayoutEffect(() => setText(field.current?.value ?? ''), []);
  const [reasons, setReasons] = useState<readonly string[]>([]);
  const kind = recognize(text);
  const named = majorIn(text);
  const major = MAJORS.find((one) => one === named) ?? null;
  const open = async () => {
    if (kind) setReasons(await openPasted(kind, text, major));
    else setReasons([t(text.trim() === '' ? 'landing.nothing' : 'landing.unknown')]);
  };
  return (
    <form
      className="mt-3"
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <label htmlFor={id} className="sr-only">
        {t(`landing.${of}.paste`)}
      </label>
      <textarea
        ref={field}
        id={id}
        className="input block min-h-28 w-full resize-y font-mono md:text-xs"
        rows={5}
        value={text}
        placeholder={t(`landing.${of}.placeholder`)}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        aria-describedby={`${id}-kind`}
        onChange={(event) => {
          setText(event.target.value);
          setReasons([]);
        }}
        onPaste={(event) => {
          // Files that were copied in a file manager, instead of their text.
          const { files } = event.clipboardData;
          if (files.length === 0) return;
          event.preventDefault();
          void openFiles(files);
        }}
      />
      <p id={`${id}-kind`} role="status" className="mt-1 min-h-5 text-muted">
        {kind && t('landing.recognized', { kind: t(`landing.kind.${kind}`) })}
        {major !== null && ` ${t('landing.version', { major })}`}
      </p>
      {reasons.length > 0 && (
        <div role="alert" className="mt-1 flex gap-1.5">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-deny" />
          <div className="min-w-0 break-words">
            {reasons.map((reason) => (
              <p key={reason}>{reason}</p>
            ))}
          </div>
        </div>
      )}
      <button type="submit" className="button mt-2">
        {t(kind ? `landing.open.${kind}` : `landing.${of}.open`)}
      </button>
    </form>
  );
}
