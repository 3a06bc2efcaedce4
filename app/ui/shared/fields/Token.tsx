import { CircleAlert, X } from 'lucide-react';
import { useState } from 'react';
import { t } from '../messages/translate.ts';
import { fieldId } from '../navigation/field-id.ts';

interface Props {
  readonly path: string;
  readonly entry: string;
  readonly invalid: boolean;
  /** One token of a list is in the tab order; the arrow keys reach the others. */
  readonly inTabOrder: boolean;
  readonly onChange: (text: string) => void;
  readonly onRemove: () => void;
  readonly onMove: (by: number) => void;
}

/** One entry of a token list: Enter edits it, Delete removes it, the arrow keys move to the next. */
export function Token({ path, entry, invalid, inTabOrder, onChange, onRemove, onMove }: Props) {
  const [edited, setEdited] = useState<string>();
  if (edited !== undefined) {
    const finish = () => {
      if (edited.trim() !== entry) onChange(edited.trim());
      setEdited(undefined);
    };
    return (
      <li>
        <input
          // biome-ignore lint/a11y/noAutofocus: the user asked to edit this very entry
          autoFocus
          type="text"
          aria-label={t('tokens.edit', { entry })}
          className="min-h-7 rounded-sm border border-accent bg-surface px-1.5 font-mono text-base md:text-xs"
          size={Math.max(8, edited.length + 1)}
          value={edited}
          spellCheck={false}
          onChange={(event) => setEdited(event.target.value)}
          onBlur={finish}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              event.preventDefault();
              finish();
            } else if (event.key === 'Escape') setEdited(undefined);
          }}
        />
      </li>
    );
  }
  return (
    <li
      className={`inline-flex max-w-full items-center rounded-sm border ${invalid ? 'border-deny bg-deny-tint text-deny' : 'border-line bg-raised'}`}
    >
      <button
        id={fieldId(path)}
        data-token
        type="button"
        tabIndex={inTabOrder ? 0 : -1}
        className="inline-flex min-h-7 min-w-0 items-center gap-1 px-1.5 font-mono text-xs"
        aria-label={t(invalid ? 'tokens.invalidEntry' : 'tokens.entry', { entry })}
        onClick={() => setEdited(entry)}
        onKeyDown={(event) => {
          if (event.key === 'Delete' || event.key === 'Backspace') {
            event.preventDefault();
            onRemove();
          } else if (event.key === 'ArrowLeft') onMove(-1);
          else if (event.key === 'ArrowRight') onMove(1);
        }}
      >
        {invalid && <CircleAlert aria-hidden className="size-3.5 shrink-0" />}
        <span className="truncate whitespace-pre">{entry}</span>
      </button>
      <button
        type="button"
        tabIndex={-1}
        className="inline-flex size-7 items-center justify-center text-muted hover:text-ink"
        aria-label={t('tokens.remove', { entry })}
        onClick={onRemove}
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </li>
  );
}
