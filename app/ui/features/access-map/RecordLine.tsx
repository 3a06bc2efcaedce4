import type { Place } from '../../../core/index.ts';
import { t } from '../../shared/messages/translate.ts';
import { editLine } from '../../shared/server-files/shown-line.ts';
import { HBA } from '../../shared/server-files/store.ts';

/** The text of lines of pg_hba.conf, by their number. */
export type Texts = ReadonlyMap<number, string>;

interface Props {
  readonly place: Place;
  readonly texts: Texts;
  readonly editable: boolean;
}

/** The place of a record and its text. It links to the editor if the file is the user's. */
export function RecordLine({ place: { line, file }, texts, editable }: Props) {
  const name = file === undefined ? t('compare.line', { line }) : t('audit.at', { name: file, line });
  const text = file === undefined ? texts.get(line) : undefined;
  return (
    <>
      {editable ? (
        <button type="button" className="link" onClick={() => editLine({ name: file ?? HBA, line })}>
          {name}
        </button>
      ) : (
        name
      )}
      {text !== undefined && <code className="ml-1.5 font-mono text-xs break-words text-muted">{text}</code>}
    </>
  );
}
