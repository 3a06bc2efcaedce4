import type { EditorState, Extension } from '@codemirror/state';
import { EditorView, highlightSpecialChars } from '@codemirror/view';
import { holdsEscapedBytes, shownBytes } from '../../../core/index.ts';
import { announce } from '../browser/announce.ts';
import { t } from '../messages/translate.ts';

/** Control and invisible characters. A carriage return is not one: in a file with CRLF every line ends with one. */
const unseen = /(?![\t\n\r])[\p{Cc}\p{Cf}\u2028\u2029]/gu;
const escapedBytes = /[\udc80-\udcff]/gu;

/** Shows bytes that are not UTF-8 as `\xE9`, and warns if copying loses them. */
export const bytesShown: Extension = [
  highlightSpecialChars({ specialChars: unseen, addSpecialChars: escapedBytes, render }),
  EditorView.domEventHandlers({ copy: sayWhatIsLost, cut: sayWhatIsLost }),
];

/** Bytes are written out; other characters have the editor's own symbol, and its name for them on hover. */
function render(code: number, description: string | null, sign: string): HTMLElement {
  const text = String.fromCodePoint(code);
  const shown = shownBytes(text);
  const marker = document.createElement('span');
  marker.className = 'cm-specialChar';
  marker.textContent = shown === text ? sign : shown;
  if (shown === text && description !== null) marker.title = description;
  return marker;
}

function sayWhatIsLost(_event: ClipboardEvent, { state }: EditorView): void {
  if (holdsEscapedBytes(copied(state))) announce(t('bytes.copied'));
}

/** If nothing is selected the editor copies the line. */
const copied = (state: EditorState): string =>
  state.selection.ranges
    .map(({ empty, from, to }) => (empty ? state.doc.lineAt(from).text : state.sliceDoc(from, to)))
    .join('');

/**
 * Files that are dropped on an editor are read as bytes, as when they are opened; CodeMirror would read them as text.
 */
export const takesFiles = (take: (files: readonly File[]) => void): Extension =>
  EditorView.domEventHandlers({
    drop(event) {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return false;
      event.preventDefault();
      take(files);
      return true;
    },
  });
