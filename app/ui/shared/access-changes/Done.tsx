import { CircleCheck, Undo2 } from 'lucide-react';
import { t } from '../messages/translate.ts';
import { editLine } from '../server-files/shown-line.ts';
import { HBA } from '../server-files/store.ts';

interface Props {
  readonly text: string;
  /** The line that changed. */
  readonly line: number;
  readonly onUndo: () => void;
}

/** Reports that the user's file was changed, and offers undo. */
export function Done({ text, line, onUndo }: Props) {
  return (
    <div role="status" className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2">
      <CircleCheck aria-hidden className="size-4 shrink-0 text-allow" />
      <span>{text}</span>
      <button type="button" className="button" onClick={onUndo}>
        <Undo2 aria-hidden className="size-4" />
        {t('compare.undo')}
      </button>
      <button type="button" className="link" onClick={() => editLine({ name: HBA, line })}>
        {t('compare.see')}
      </button>
    </div>
  );
}
