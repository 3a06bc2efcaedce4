import { Copy } from 'lucide-react';
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { BundleFile, Note } from '../../../../core/index.ts';
import { useWithheld } from '../../../shared/answers/result.ts';
import { useSettled } from '../../../shared/browser/settled.ts';
import { sayCore, t } from '../../../shared/messages/translate.ts';
import type { FileChange } from './changes.ts';
import { copyPart } from './copy-part.ts';
import { HighlightedText } from './HighlightedText.tsx';
import { linesOf } from './lines-of.ts';

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
  // The lines are read when the button is pressed, so that a new answer does not draw every line again.
  const latest = useRef(file);
  useEffect(() => {
    latest.current = file;
  }, [file]);
  const copyBlock = useCallback((from: number, to: number) => {
    const part = linesOf(latest.current).slice(from - 1, to);
    copyPart(latest.current, `${part.join('\n')}\n`, t('files.blockCopied', { from, to }));
  }, []);
  const note = chosen === null ? undefined : file.notes.find(({ from, to }) => from <= chosen && chosen <= to);
  const now = useMemo(() => ({ file, change, note, wrap }), [file, change, note, wrap]);
  // Lines outside the visible part wait for a pause in typing, so that the visible ones follow each keystroke.
  const later = useSettled(now);
  const { within, isInSight } = useInSight();
  const parts = Math.ceil(linesOf(file).length / PART);
  return (
    <div className="mb-3 overflow-hidden rounded-md border border-line">
      <section
        ref={within}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
        tabIndex={0}
        aria-label={t('files.text', { name: file.path })}
        className="max-h-96 overflow-auto bg-canvas py-1.5 font-mono text-xs"
      >
        <div className={wrap ? 'w-full' : 'w-max min-w-full'}>
          {Array.from({ length: parts }, (_, index) => (
            <Part
              // biome-ignore lint/suspicious/noArrayIndexKey: a part is its number
              key={index}
              {...partOf(isInSight(index) ? now : later, index)}
              onChoose={setChosen}
              onCopy={isCommands(file) ? copyBlock : undefined}
            />
          ))}
        </div>
      </section>
      {file.notes.length > 0 && <Reason file={file} note={note} onLead={onLead} onCopy={copyBlock} />}
    </div>
  );
}

/** Lines that are drawn together. */
const PART = 40;

interface Shown {
  readonly file: BundleFile;
  readonly change: FileChange | undefined;
  /** The note whose lines are chosen. */
  readonly note: Note | undefined;
  readonly wrap: boolean;
}

interface PartProps {
  /** Number of the first line. */
  readonly first: number;
  readonly lines: readonly string[];
  readonly language: BundleFile['language'];
  /** The notes on these lines. */
  readonly notes: readonly Note[];
  /** Indexes of the lines that the last answer changed. */
  readonly changed: readonly number[];
  /** Indexes of the lines that are chosen. */
  readonly chosen: readonly number[];
  readonly wrap: boolean;
  readonly onChoose: (line: number) => void;
  /** Copies the block that starts at a line; undefined if lines are not commands. */
  readonly onCopy: ((from: number, to: number) => void) | undefined;
}

function partOf({ file, change, note, wrap }: Shown, part: number): Omit<PartProps, 'onChoose' | 'onCopy'> {
  const first = part * PART + 1;
  const lines = linesOf(file).slice(first - 1, first - 1 + PART);
  const indexes = lines.map((_, index) => index);
  return {
    first,
    lines,
    language: file.language,
    notes: file.notes.filter(({ from, to }) => from < first + lines.length && to >= first),
    changed: change ? indexes.filter((index) => change.added.has(first + index)) : [],
    chosen: note ? indexes.filter((index) => note.from <= first + index && first + index <= note.to) : [],
    wrap,
  };
}

const sameEntries = (one: unknown, other: unknown): boolean =>
  Array.isArray(one) && Array.isArray(other)
    ? one.length === other.length && one.every((entry, index) => Object.is(entry, other[index]))
    : Object.is(one, other);

const sameProps = (before: PartProps, now: PartProps): boolean =>
  (Object.keys(now) as (keyof PartProps)[]).every((key) => sameEntries(before[key], now[key]));

/** Some lines. They are laid out only near the visible part, because a bundle has files of thousands of lines. */
const Part = memo(function Part({ first, lines, language, notes, changed, chosen, wrap, onChoose, onCopy }: PartProps) {
  const ends = new Map(notes.map((note) => [note.from, note.to]));
  const shown = lines.map((text, index) => {
    const number = first + index;
    const reason = notes.find(({ from, to }) => from <= number && number <= to)?.message;
    return { number, text, reason, chosen: chosen.includes(index), changed: changed.includes(index) };
  });
  return (
    <div
      data-part={(first - 1) / PART}
      className="flex [content-visibility:auto]"
      style={{ containIntrinsicBlockSize: `auto ${lines.length}lh` }}
    >
      {!wrap && (
        // Each sticky element is a layer that the browser composes in every frame, so the numbers are one element. It
        // covers the left padding of the lines and ignores the pointer, so that a selection can end there.
        <div aria-hidden className="pointer-events-none sticky left-0 -mr-11 shrink-0 bg-canvas">
          {shown.map(({ number, chosen, changed }) => (
            <LineNumber key={number} number={number} chosen={chosen} changed={changed} />
          ))}
        </div>
      )}
      <ol start={first} className="min-w-0 grow">
        {shown.map((line) => (
          <Line
            key={line.number}
            {...line}
            language={language}
            noteEnd={ends.get(line.number)}
            wrap={wrap}
            onChoose={onChoose}
            onCopy={onCopy}
          />
        ))}
      </ol>
    </div>
  );
}, sameProps);

/** Which parts are in sight within a region that scrolls; all of them until that is known. */
function useInSight() {
  const within = useRef<HTMLElement>(null);
  const [inSight, setInSight] = useState<ReadonlySet<number> | null>(null);
  useEffect(() => {
    const { current: root } = within;
    if (!root) return;
    const observer = new IntersectionObserver(
      (entries) =>
        setInSight((before) => {
          const now = new Set(before);
          for (const { target, isIntersecting } of entries) {
            const part = Number((target as HTMLElement).dataset.part);
            if (isIntersecting) now.add(part);
            else now.delete(part);
          }
          return now;
        }),
      { root, rootMargin: '100px' },
    );
    const observe = () => {
      for (const part of root.querySelectorAll('[data-part]')) observer.observe(part);
    };
    observe();
    const added = new MutationObserver(observe);
    added.observe(root.firstElementChild ?? root, { childList: true });
    return () => {
      observer.disconnect();
      added.disconnect();
    };
  }, []);
  return { within, isInSight: (part: number) => inSight?.has(part) ?? true };
}

/** Files of commands, which are pasted one block at a time. */
const isCommands = ({ language }: BundleFile): boolean => language === 'sh' || language === 'sql';

interface LineNumberProps {
  readonly number: number;
  readonly chosen: boolean;
  readonly changed: boolean;
}

const tintOf = ({ chosen, changed }: Pick<LineNumberProps, 'chosen' | 'changed'>): string =>
  chosen ? 'bg-tint' : changed ? 'bg-changed' : '';

/** Only for sighted users: the list has the numbers for all others. */
const LineNumber = memo(function LineNumber({ number, chosen, changed }: LineNumberProps) {
  return (
    <div
      aria-hidden
      className={`h-lh w-11 shrink-0 border-l-3 pr-2 text-right text-muted select-none ${tintOf({ chosen, changed })} ${changed ? 'border-changed-edge' : 'border-transparent'}`}
    >
      {changed && '+'}
      {number}
    </div>
  );
});

interface LineProps extends LineNumberProps {
  readonly text: string;
  /** Shown while the pointer rests on the line. */
  readonly reason: Note['message'] | undefined;
  readonly onChoose: (line: number) => void;
  readonly language: BundleFile['language'];
  /** The last line of the note that starts here. */
  readonly noteEnd: number | undefined;
  readonly wrap: boolean;
  /** Copies the block that starts here; undefined if lines are not commands. */
  readonly onCopy: ((from: number, to: number) => void) | undefined;
}

/** Its properties compare by value, so that an answer draws only the lines that it changed. */
const Line = memo(function Line({ text, language, noteEnd, reason, wrap, onChoose, onCopy, ...line }: LineProps) {
  const { number, changed } = line;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the button in the line does the same with the keyboard
    <li
      className={`relative flex ${wrap ? '' : 'h-lh pl-11'} ${tintOf(line)}`}
      title={reason && sayCore(reason)}
      onClick={() => onChoose(number)}
    >
      {wrap && <LineNumber {...line} />}
      {noteEnd !== undefined && (
        <button
          type="button"
          // On the line number, so that the line stays where it is.
          className="sr-only select-none focus:not-sr-only focus:absolute focus:left-1 focus:z-10 focus:rounded-sm focus:bg-surface focus:px-1"
          aria-label={t(number === noteEnd ? 'files.reasonForLine' : 'files.reasonFor', { from: number, to: noteEnd })}
          onClick={() => onChoose(number)}
        >
          ?
        </button>
      )}
      <code className={`min-w-0 pr-4 ${wrap ? 'wrap-anywhere whitespace-pre-wrap' : 'whitespace-pre'}`}>
        {changed && <span className="sr-only select-none">{t('files.lineChanged')} </span>}
        {text === '' ? <br /> : <HighlightedText text={text} language={language} />}
      </code>
      {noteEnd !== undefined && onCopy && <CopyBlock from={number} to={noteEnd} onCopy={onCopy} />}
    </li>
  );
});

interface CopyBlockProps {
  readonly from: number;
  readonly to: number;
  readonly onCopy: (from: number, to: number) => void;
}

/** A separate component, so that a change of the line's text doesn't render the button again. */
const CopyBlock = memo(function CopyBlock({ from, to, onCopy }: CopyBlockProps) {
  return (
    <button
      type="button"
      // For keyboard users, the block's reason offers the same action.
      tabIndex={-1}
      className="sticky right-1 ml-auto self-start select-none rounded-sm bg-surface px-1 text-muted hover:text-accent"
      aria-label={t('files.copyBlock', { from, to })}
      title={t('files.copyCommands')}
      onClick={(event) => {
        event.stopPropagation();
        onCopy(from, to);
      }}
    >
      <Copy aria-hidden className="size-3.5" />
    </button>
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
  const element = useRef<HTMLDivElement>(null);
  const { from } = note ?? {};
  useEffect(() => {
    if (from !== undefined) element.current?.scrollIntoView?.({ block: 'nearest' });
  }, [from]);
  return (
    <div ref={element} role="status" className="min-h-12 border-t border-line bg-surface px-3 py-2">
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
