import { EditorView } from '@codemirror/view';

const gone = 'var(--color-deny-tint)';
const come = 'var(--color-changed)';

/**
 * Removed and added text, in the colors of the page: lines by their background, words by an underline or strikethrough.
 */
export const mergeLook = EditorView.theme({
  '&.cm-merge-a .cm-changedLine, & .cm-deletedChunk': { backgroundColor: gone },
  '&.cm-merge-b .cm-changedLine, & .cm-inlineChangedLine': { backgroundColor: come },
  '&.cm-merge-a .cm-changedText, & .cm-deletedChunk .cm-deletedText': {
    background: 'none',
    textDecoration: 'line-through',
    textDecorationColor: 'var(--color-deny)',
  },
  '&.cm-merge-b .cm-changedText': {
    background: 'none',
    textDecoration: 'underline 2px var(--color-changed-edge)',
    textUnderlineOffset: '3px',
  },
  '&.cm-merge-a .cm-changedLineGutter, & .cm-deletedLineGutter': { background: 'var(--color-deny)' },
  '&.cm-merge-b .cm-changedLineGutter, & .cm-inlineChangedLineGutter': { background: 'var(--color-changed-edge)' },
  '& .cm-placeholder': { color: 'var(--color-muted)' },
  '& .cm-collapsedLines': {
    color: 'var(--color-muted)',
    background: 'var(--color-raised)',
    fontFamily: 'var(--font-sans)',
  },
});
