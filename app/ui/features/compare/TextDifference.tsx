import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { search, searchKeymap } from '@codemirror/search';
import { Annotation, EditorState, type Extension, Text } from '@codemirror/state';
import { EditorView, keymap, lineNumbers, placeholder } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { ShownAt } from '../../shared/access-changes/shown-at.ts';
import { bytesShown, takesFiles } from '../../shared/editor/bytes.ts';
import { smallestChange } from '../../shared/editor/Editor.tsx';
import { languageOf } from '../../shared/editor/language.ts';
import { look } from '../../shared/editor/look.ts';
import { t } from '../../shared/messages/translate.ts';
import { HBA } from '../../shared/server-files/store.ts';
import { mergeLook } from './merge-look.ts';

/** One of the two files. */
export interface Side {
  readonly label: string;
  readonly text: string;
  /** Absent: read-only. */
  readonly onText?: (text: string) => void;
  /** Called with files that are dropped on it. */
  readonly onFiles?: (files: readonly File[]) => void;
}

interface Props {
  readonly before: Side;
  readonly after: Side;
  readonly wide: boolean;
  /** There is nothing to compare yet, so the texts take less room. */
  readonly short?: boolean;
  /** A line to show and to put the cursor on; a new object scrolls to it again. */
  readonly shown: ShownAt | null;
}

const fromOutside = Annotation.define<true>();

/** The two texts, side by side or, on narrow screens, as one with removed and added lines. */
export function TextDifference({ before, after, wide, short = false, shown }: Props) {
  return wide ? (
    <Both key={`${before.label}\n${after.label}`} before={before} after={after} short={short} shown={shown} />
  ) : (
    <Unified before={before} after={after} shown={shown} />
  );
}

const rootOf = (host: HTMLElement): ShadowRoot => host.shadowRoot ?? host.attachShadow({ mode: 'open' });

const frame = 'resize-y overflow-hidden rounded-md border border-edge';

/** Rendered in a shadow tree, like the editor: the page's policy forbids inline style elements. */
function Both({ before, after, short, shown }: Omit<Props, 'wide'>) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<MergeView>(null);
  const told = useRef({ before, after });
  useEffect(() => {
    told.current = { before, after };
  }, [before, after]);

  useEffect(() => {
    if (!host.current) return;
    const root = rootOf(host.current);
    const side = (which: 'before' | 'after') => ({
      doc: told.current[which].text,
      extensions: [
        ...extensions(told.current[which].label, told.current[which].onText === undefined),
        takesFiles((files) => told.current[which].onFiles?.(files)),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !update.transactions.some((one) => one.annotation(fromOutside)))
            told.current[which].onText?.(update.state.doc.toString());
        }),
      ],
    });
    const merge = new MergeView({
      a: side('before'),
      b: side('after'),
      parent: root as unknown as HTMLElement,
      root,
      collapseUnchanged: { margin: 3, minSize: 8 },
      diffConfig: { scanLimit: 500, timeout: 200 },
    });
    merge.dom.style.height = '100%';
    view.current = merge;
    return () => {
      merge.destroy();
      view.current = null;
    };
  }, []);

  useEffect(() => {
    if (view.current) follow(view.current.a, before.text);
  }, [before.text]);
  useEffect(() => {
    if (view.current) follow(view.current.b, after.text);
  }, [after.text]);
  useEffect(() => {
    if (view.current && shown) goTo(shown.side === 'before' ? view.current.a : view.current.b, shown.line);
  }, [shown]);
  return (
    <>
      <div className="mb-1 grid grid-cols-2 gap-4 text-xs">
        {[before, after].map(({ label, onText }) => (
          <p key={label} className="min-w-0 font-semibold break-words">
            {label}
            {onText === undefined && <span className="font-normal text-muted"> {t('compare.readOnly')}</span>}
          </p>
        ))}
      </div>
      <div ref={host} className={`${frame} ${short ? 'h-40' : 'h-[26rem]'}`} />
    </>
  );
}

function Unified({ before, after, shown }: Omit<Props, 'wide'>) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const told = useRef(after);
  useEffect(() => {
    told.current = after;
  }, [after]);
  useEffect(() => {
    if (!host.current) return;
    const root = rootOf(host.current);
    const label = t('compare.unified', { before: before.label, after: after.label });
    const editor = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: after.text,
        extensions: [
          ...extensions(label, true),
          takesFiles((files) => told.current.onFiles?.(files)),
          unifiedMergeView({
            original: Text.of(before.text.split('\n')),
            mergeControls: false,
            collapseUnchanged: { margin: 3, minSize: 8 },
            diffConfig: { scanLimit: 500, timeout: 200 },
          }),
        ],
      }),
    });
    view.current = editor;
    return () => {
      editor.destroy();
      view.current = null;
    };
  }, [before.text, before.label, after.text, after.label]);
  useEffect(() => {
    if (view.current && shown?.side === 'after') goTo(view.current, shown.line);
  }, [shown]);
  return <div ref={host} className={`${frame} h-[26rem]`} />;
}

function extensions(label: string, readOnly: boolean): Extension[] {
  return [
    lineNumbers(),
    history(),
    search(),
    keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap]),
    languageOf(HBA),
    look,
    bytesShown,
    mergeLook,
    EditorState.lineSeparator.of('\n'),
    EditorState.readOnly.of(readOnly),
    placeholder(t('compare.paste')),
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0', spellcheck: 'false', autocapitalize: 'off' }),
  ];
}

function follow(editor: EditorView, text: string): void {
  const now = editor.state.doc.toString();
  if (now !== text) editor.dispatch({ changes: smallestChange(now, text), annotations: fromOutside.of(true) });
}

function goTo(editor: EditorView, line: number): void {
  const { from } = editor.state.doc.line(Math.min(Math.max(line, 1), editor.state.doc.lines));
  editor.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
  editor.focus();
}
