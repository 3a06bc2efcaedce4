import { t } from '../messages/translate.ts';
import { editLine } from '../own/shown-line.ts';
import { HBA, useOwn } from '../own/store.ts';

/** A line of a file: it leads there in the editor where the file is the user's, and is words where the plan made it. */
export function LineLink({ file = HBA, line }: { readonly file?: string | undefined; readonly line: number }) {
  const source = useOwn((state) => state.source);
  const text = t('audit.at', { name: file, line });
  return source === 'plan' ? (
    <span className="font-mono text-xs break-all text-muted">{text}</span>
  ) : (
    <button
      type="button"
      className="link text-left font-mono text-xs break-all"
      onClick={() => editLine({ name: file, line })}
    >
      {text}
    </button>
  );
}
