import { Copy } from 'lucide-react';
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { BundleFile, Note } from '../../../../core/index.ts';
import { useWithheld } from '../../../shared/answers/result.ts';
import { sayCore, t } from '../../../shared/messages/translate.ts';
import type { FileChange } from './changes.ts';
import { copyPart } from './copy-part.ts';
import { HighlightedText } from './HighlightedText.tsx';

interface Props {
  readonly file: BundleFile;
  readonly change: FileChange | undefined;
  readonly onLead: (path: string) => void;
  /** Long lines go on below instead of to the right. */
  readonly wrap?: boolean;
}

/** The text of a file. Choosing a line shows the reason for it and leads to the answer behind it. */
export function FileText({ file, change, onLead, wrap = false }: Props) {
  const [chosen, setChosen] = useState<number | null>(null);
  const lines = useMemo(() => file.content.replace(/\n$/, '').split('\n'), [file.content]);
  const ends = useMemo(() => new Map(file.notes.map((note) => [note.from, note.to])), [file.notes]);
  const reasons = useMemo(() => {
    const byLine = new Map<number, string>();
    for (const { from, to, message } of file.notes)
      for (let line = from; line <= to; line++) byLine.set(line, sayCore(message));
    return byLine;
  }, [file.notes]);
  // The lines are read when the button is pressed, so that a new answer does not draw every line again.
  const latest = useRef({ lines, file });
  useEffect(() => {
    latest.current = { lines, file };
  }, [lines, file]);
  const copyBlock = useCallback((from: number, to: number) => {
    const { lines, file } = latest.current;
    copyPart(file, `${lines.slice(from - 1, to).join('\n')}\n`, t('files.blockCopied', { from, to }));
  }, []);
  const note = chosen === null ? undefined : file.notes.find(({ from, to }) => from <= chosen && chosen <= to);
  return (
    <div className="mb-3 overflow-hidden rounded-md border border-line">
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
        tabIndex={0}
        aria-label={t('files.text', { name: file.path })}
        className="max-h-96 overflow-auto bg-canvas py-1.5 font-mono text-xs"
      >
        <ol className={wrap ? 'w-full' : 'w-max min-w-full'}>
          {lines.map((line, index) => (
            <Line
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
              key={index}
              number={index + 1}
              text={line}
              language={file.language}
              noteEnd={ends.get(index + 1)}
              reason={reasons.get(index + 1)}
              chosen={note !== undefined && note.from <= index + 1 && index + 1 <= note.to}
              changed={change?.added.has(index + 1) ?? false}
              wrap={wrap}
              onChoose={setChosen}
              onCopy={isCommands(file) ? copyBlock : undefined}
            />
          ))}
        </ol>
      </section>
      {file.notes.length > 0 && <Reason file={file} note={note} onLead={onLead} onCopy={copyBlock} />}
    </div>
  );
}

/** Files of commands, which are pasted one block at a time. */
const isCommands = ({ language }: BundleFile): boolean => language === 'sh' || language === 'sql';

interface LineProps {
  readonly number: number;
  readonly text: string;
  readonly language: BundleFile['language'];
  /** The last line of the note that starts here. */
  readonly noteEnd: number | undefined;
  /** Shown while the pointer rests on the line. */
  readonly reason: string | undefined;
  readonly chosen: boolean;
  readonly changed: boolean;
  readonly wrap: boolean;
  readonly onChoose: (line: number) => void;
  /** Copies the block that starts here; undefined if lines are not commands. */
  readonly onCopy: ((from: number, to: number) => void) | undefined;
}

/** Its properties compare by value, so that an answer draws only the lines that it changed. */
const Line = memo(function Line({
  number,
  text,
  language,
  noteEnd,
  reason,
  chosen,
  changed,
  wrap,
  onChoose,
  onCopy,
}: LineProps) {
  const tint = chosen ? 'bg-tint' : changed ? 'bg-changed' : '';
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the button in the line does the same with the keyboard
    <li className={`flex ${tint}`} title={reason} onClick={() => onChoose(number)}>
      <span
        aria-hidden
        className={`sticky left-0 w-11 shrink-0 border-l-3 pr-2 text-right text-muted select-none ${tint || 'bg-canvas'} ${changed ? 'border-changed-edge' : 'border-transparent'}`}
      >
        {changed && '+'}
        {number}
      </span>
      {noteEnd !== undefined && (
        <button
          type="button"
          className="sr-only focus:not-sr-only"
          aria-label={t('files.reasonFor', { from: number, to: noteEnd })}
          onClick={() => onChoose(number)}
        >
          ?
        </button>
      )}
      <code className={`min-w-0 pr-4 ${wrap ? 'wrap-anywhere whitespace-pre-wrap' : 'whitespace-pre'}`}>
        {changed && <span className="sr-only">{t('files.lineChanged')} </span>}
        <HighlightedText text={text} language={language} />
        {text === '' && '\n'}
      </code>
      {noteEnd !== undefined && onCopy && (
        <button
          type="button"
          // For keyboard users, the block's reason offers the same action.
          tabIndex={-1}
          className="sticky right-1 ml-auto self-start rounded-sm bg-surface px-1 text-muted hover:text-accent"
          aria-label={t('files.copyBlock', { from: number, to: noteEnd })}
          title={t('files.copyCommands')}
          onClick={(event) => {
            event.stopPropagation();
            onCopy(number, noteEnd);
          }}
        >
          <Copy aria-hidden className="size-3.5" />
        </button>
      )}
    </li>
  );
});

interface ReasonProps {
  readonly file: BundleFile;
  readonly note: Note | undefined;
  readonly onLead: (path: string) => void;
  readonly onCopy: (from: number, to: number) => void;
}

function Reason({ file, note, onLead, onCopy }: ReasonProps) {
  const commands = isCommands(file);
  const withheld = useWithheld();
  return (
    <div role="status" className="min-h-12 border-t border-line bg-surface px-3 py-2">
      {note ? (
        <>
          <p>
            <span className="font-semibold">
              {t(note.from === note.to ? 'files.line' : 'files.lines', { from: note.from, to: note.to })}
            </span>{' '}
            {sayCore(note.message)}
          </p>
          <div className="mt-1 flex flex-wrap gap-1">
            <button
              type="button"
              className="button-quiet"
              aria-disabled={withheld}
              onClick={() => onCopy(note.from, note.to)}
            >
              <Copy aria-hidden className="size-4" />
              {t(commands ? 'files.copyCommands' : 'files.copyLines')}
            </button>
            <button type="button" className="button-quiet" onClick={() => onLead(note.path)}>
              {t('files.toAnswer')}
            </button>
          </div>
        </>
      ) : (
        <p className="text-muted">{t(commands ? 'files.chooseCommand' : 'files.chooseLine')}</p>
      )}
    </div>
  );
}
