import { t } from '../../../shared/messages/translate.ts';
import { editLine } from '../../../shared/server-files/shown-line.ts';
import { HBA, useServerFiles } from '../../../shared/server-files/store.ts';

/** A line of a file: a link to the editor if the file is the user's, and plain text if the plan generated it. */
export function LineLink({ file = HBA, line }: { readonly file?: string | undefined; readonly line: number }) {
  const source = useServerFiles((state) => state.source);
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
