import { Copy } from 'lucide-react';
import { memo, useMemo, useState } from 'react';
import type { BundleFile, Note } from '../../core/index.ts';
import { sayCore, t } from '../messages/translate.ts';
import { copyText } from '../share/copy.ts';
import type { FileChange } from './changes.ts';
import { highlight, type Piece } from './highlight.ts';

interface Props {
  readonly file: BundleFile;
  readonly change: FileChange | undefined;
  readonly onLead: (path: string) => void;
}

/** The text of a file. Choosing a line shows the reason for it and leads to the answer behind it. */
export function FileText({ file, change, onLead }: Props) {
  const [chosen, setChosen] = useState<number | null>(null);
  const lines = useMemo(() => file.content.replace(/\n$/, '').split('\n'), [file.content]);
  const ends = useMemo(() => new Map(file.notes.map((note) => [note.from, note.to])), [file.notes]);
  const note = chosen === null ? undefined : file.notes.find(({ from, to }) => from <= chosen && chosen <= to);
  return (
    <div className="mb-3 overflow-hidden rounded-md border border-line">
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
        tabIndex={0}
        aria-label={t('files.text', { name: file.path })}
        className="max-h-96 overflow-auto bg-canvas py-1.5 font-mono text-xs"
      >
        <ol className="w-max min-w-full">
          {lines.map((line, index) => (
            <Line
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
              key={index}
              number={index + 1}
              text={line}
              language={file.language}
              noteEnd={ends.get(index + 1)}
              chosen={note !== undefined && note.from <= index + 1 && index + 1 <= note.to}
              changed={change?.added.has(index + 1) ?? false}
              onChoose={setChosen}
            />
          ))}
        </ol>
      </section>
      {file.notes.length > 0 && <Reason file={file} lines={lines} note={note} onLead={onLead} />}
    </div>
  );
}

const tones: Readonly<Record<Piece['kind'], string | undefined>> = {
  plain: undefined,
  comment: 'text-muted',
  string: 'text-code-string',
  key: 'text-code-key',
};

interface LineProps {
  readonly number: number;
  readonly text: string;
  readonly language: BundleFile['language'];
  /** The last line of the note that starts here. */
  readonly noteEnd: number | undefined;
  readonly chosen: boolean;
  readonly changed: boolean;
  readonly onChoose: (line: number) => void;
}

/** Its properties compare by value, so that an answer draws only the lines that it changed. */
const Line = memo(function Line({ number, text, language, noteEnd, chosen, changed, onChoose }: LineProps) {
  const tint = chosen ? 'bg-tint' : changed ? 'bg-changed' : '';
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the button in the line does the same with the keyboard
    <li className={`flex ${tint}`} onClick={() => onChoose(number)}>
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
      <code className="pr-4 whitespace-pre">
        {changed && <span className="sr-only">{t('files.lineChanged')} </span>}
        {highlight(text, language).map((piece, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a line have no other name
          <span key={index} className={tones[piece.kind]}>
            {piece.text}
          </span>
        ))}
        {text === '' && '\n'}
      </code>
    </li>
  );
});

interface ReasonProps {
  readonly file: BundleFile;
  readonly lines: readonly string[];
  readonly note: Note | undefined;
  readonly onLead: (path: string) => void;
}

function Reason({ file, lines, note, onLead }: ReasonProps) {
  const commands = file.language === 'sh' || file.language === 'sql';
  const block = note && lines.slice(note.from - 1, note.to).join('\n');
  return (
    <div role="status" className="min-h-12 border-t border-line bg-surface px-3 py-2">
      {note && block !== undefined ? (
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
              onClick={() => void copyText(`${block}\n`, t('files.blockCopied', { from: note.from, to: note.to }))}
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
