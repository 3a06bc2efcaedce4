import {
  defaultKeymap,
  history,
  historyKeymap,
  isolateHistory,
  redo,
  redoDepth,
  undo,
  undoDepth,
} from '@codemirror/commands';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Annotation, EditorState, type Extension, RangeSetBuilder, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { bytesShown, takesFiles } from './bytes.ts';
import { languageOf } from './language.ts';
import { look } from './look.ts';

/** A mark on a line, with the change that fixes it. Lines count from 1. */
export interface LineMark {
  readonly line: number;
  readonly severity: 'error' | 'warning' | 'info';
  readonly text: string;
  readonly source: string;
  readonly action?: { readonly name: string; readonly run: () => void };
}

interface Props {
  /** File name; also pass it as the React `key`. */
  readonly name: string;
  readonly label: string;
  readonly text: string;
  /** The text before another screen changed it: the first state that undo can restore. */
  readonly before?: string | undefined;
  readonly onText: (text: string) => void;
  /** Called with files that are dropped on it. */
  readonly onFiles: (files: readonly File[]) => void;
  readonly marks?: readonly LineMark[];
  /** Unreachable lines. */
  readonly dead?: ReadonlySet<number>;
  /** A line to show and to put the cursor on; a new object scrolls to it again. */
  readonly shown?: { readonly line: number } | null;
  readonly className?: string;
  /** Called after each change, and at the start. */
  readonly onHistory?: (can: Can) => void;
}

/** Which of undo and redo are available for a file. */
export interface Can {
  readonly undo: boolean;
  readonly redo: boolean;
}

const fromOutside = Annotation.define<true>();
const setDead = StateEffect.define<ReadonlySet<number>>();
const deadLine = Decoration.line({ class: 'cm-dead' });

const deadLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(now, { changes, effects, state }) {
    let then = now.map(changes);
    for (const effect of effects) {
      if (!effect.is(setDead)) continue;
      const builder = new RangeSetBuilder<Decoration>();
      for (const line of [...effect.value].sort((a, b) => a - b)) {
        if (line > state.doc.lines) break;
        const { from } = state.doc.line(line);
        builder.add(from, from, deadLine);
      }
      then = builder.finish();
    }
    return then;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const views = new Map<string, EditorView>();

/** Undoes or redoes the last change of a shown file. */
export function travel(name: string, way: 'undo' | 'redo'): void {
  const editor = views.get(name);
  if (editor) (way === 'undo' ? undo : redo)(editor);
}

/** Editor states with cursor and history, so that undo still works after a visit to another file or screen. */
const states = new Map<string, EditorState>();

/**
 * A file to read and edit. It is rendered in a shadow tree: there its styles need no inline style element, which the
 * page's policy forbids.
 */
export function Editor(props: Props) {
  const { name, label, text, before, onText, onFiles, marks, dead, shown, className = '', onHistory } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const told = useRef<AccessDifference>({ onText, onFiles, onHistory });
  useEffect(() => {
    told.current = { onText, onFiles, onHistory };
  }, [onText, onFiles, onHistory]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is that of the first moment; later ones come in below
  useEffect(() => {
    if (!host.current) return;
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' });
    const kept = states.get(name);
    const state = kept ?? EditorState.create({ doc: before ?? text, extensions: extensions(name, label) });
    const editor = new EditorView({ state, root, parent: root });
    view.current = editor;
    views.set(name, editor);
    listeners.set(name, told);
    told.current.onHistory?.(canIn(editor.state));
    return () => {
      states.set(name, editor.state);
      views.delete(name);
      editor.destroy();
      view.current = null;
    };
  }, [name, label]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || sameText(editor, text)) return;
    editor.dispatch({
      changes: smallestChange(editor.state.doc.toString(), text),
      annotations: [fromOutside.of(true), isolateHistory.of('full')],
    });
  }, [text]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const { doc } = editor.state;
    editor.dispatch(
      setDiagnostics(
        editor.state,
        (marks ?? []).map(({ line, severity, text: message, source, action }): Diagnostic => {
          const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
          return {
            from,
            to,
            severity,
            message,
            source,
            ...(action ? { actions: [{ name: action.name, apply: () => action.run() }] } : {}),
          };
        }),
      ),
    );
  }, [marks]);

  useEffect(() => {
    view.current?.dispatch({ effects: setDead.of(dead ?? new Set()) });
  }, [dead]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || !shown) return;
    const { from } = editor.state.doc.line(Math.min(Math.max(shown.line, 1), editor.state.doc.lines));
    editor.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
    editor.focus();
  }, [shown]);

  return <div ref={host} className={className} />;
}

interface AccessDifference {
  readonly onText: (text: string) => void;
  readonly onFiles: (files: readonly File[]) => void;
  readonly onHistory: ((can: Can) => void) | undefined;
}

/** A state outlives the component that shows it, so it looks up the listener by name. */
const listeners = new Map<string, { readonly current: AccessDifference }>();

const canIn = (state: EditorState): Can => ({ undo: undoDepth(state) > 0, redo: redoDepth(state) > 0 });

const extensions = (name: string, label: string): Extension[] => [
  lineNumbers(),
  lintGutter(),
  history(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  highlightSelectionMatches(),
  keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap]),
  languageOf(name),
  look,
  bytesShown,
  takesFiles((files) => listeners.get(name)?.current.onFiles(files)),
  deadLines,
  // Line endings are kept as written: a file prints back byte for byte.
  EditorState.lineSeparator.of('\n'),
  EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0', spellcheck: 'false', autocapitalize: 'off' }),
  EditorView.updateListener.of((update) => {
    if (!update.docChanged) return;
    const listener = listeners.get(name)?.current;
    listener?.onHistory?.(canIn(update.state));
    if (!update.transactions.some((one) => one.annotation(fromOutside))) listener?.onText(update.state.doc.toString());
  }),
];

const sameText = (editor: EditorView, text: string): boolean =>
  editor.state.doc.length === text.length && editor.state.doc.toString() === text;

/** The range between the first and the last difference, so that cursor and marks elsewhere are kept. */
export function smallestChange(before: string, after: string): { from: number; to: number; insert: string } {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let end = 0;
  while (end < most - start && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end))
    end += 1;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}
