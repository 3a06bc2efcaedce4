import { TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { type EncodingNote, encodingNotes, inUtf8 } from '../../../core/index.ts';
import { type MessageId, t } from '../messages/translate.ts';
import { CONF, HBA } from './store.ts';

interface Props {
  /** `pg_hba.conf`, `postgresql.conf`, or an included file. */
  readonly name: string;
  /** What the notices call it. */
  readonly called?: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Shows a line of the file. */
  readonly onLine?: (line: number) => void;
}

/** Notices about bytes that an editor does not show: a byte order mark, UTF-16, invalid UTF-8, NUL, and how PostgreSQL reads them. */
export function EncodingNotices({ name, called = name, text, onText, onLine }: Props) {
  const notes = useMemo(() => encodingNotes(text), [text]);
  return notes.map((note) => (
    <div key={note.kind} className="mt-2 flex gap-2 rounded-md border border-caution bg-caution-tint p-2.5">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-caution" />
      <div className="min-w-0 flex-1">
        <p role="status" className="break-words">
          {t(sentence(note, name), { name: called, ...('line' in note ? { line: note.line } : {}), ...valuesOf(note) })}
        </p>
        <div className="mt-1.5 flex flex-wrap items-center gap-3">
          {(note.kind === 'mark' || note.kind === 'utf16') && (
            <button type="button" className="button" onClick={() => onText(inUtf8(text))}>
              {t(note.kind === 'mark' ? 'bytes.removeMark' : 'bytes.convert')}
            </button>
          )}
          {onLine && 'line' in note && (
            <button type="button" className="link" onClick={() => onLine(note.line)}>
              {t('bytes.showLine', { line: note.line })}
            </button>
          )}
        </div>
      </div>
    </div>
  ));
}

function sentence({ kind }: EncodingNote, name: string): MessageId {
  const file = name === HBA ? 'hba' : name === CONF ? 'conf' : 'other';
  return kind === 'nul' ? 'bytes.nul' : `bytes.${kind}.${file}`;
}

const valuesOf = (note: EncodingNote): Readonly<Record<string, string | number>> =>
  note.kind === 'invalid' ? { count: note.count, byte: note.byte } : {};
