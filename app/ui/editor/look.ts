import { EditorView } from '@codemirror/view';

/** The editor in the colours of the page. Custom properties reach into its shadow tree; classes of the page do not. */
export const look = EditorView.theme({
  '&': { color: 'var(--color-ink)', backgroundColor: 'var(--color-canvas)', fontSize: '0.8125rem', height: '100%' },
  '&.cm-focused': { outline: '2px solid var(--color-accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--color-ink)', padding: '6px 0' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--color-ink)' },
  '.cm-gutters': {
    backgroundColor: 'var(--color-canvas)',
    color: 'var(--color-muted)',
    borderRight: '1px solid var(--color-line)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--color-tint) 60%, transparent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground, ::selection': {
    backgroundColor: 'color-mix(in srgb, var(--color-accent) 30%, transparent)',
  },
  '.cm-dead': { opacity: '0.62', textDecoration: 'line-through', textDecorationColor: 'var(--color-muted)' },
  '.cm-shown': { backgroundColor: 'var(--color-tint)' },
  '.cm-opened': { backgroundColor: 'var(--color-changed)' },
  '.cm-panels, .cm-tooltip': {
    backgroundColor: 'var(--color-surface)',
    color: 'var(--color-ink)',
    border: '1px solid var(--color-line)',
  },
  '.cm-panel input, .cm-panel button': {
    fontSize: '0.875rem',
    color: 'var(--color-ink)',
    backgroundColor: 'var(--color-surface)',
    backgroundImage: 'none',
    border: '1px solid var(--color-edge)',
    borderRadius: '5px',
  },
  '.cm-tooltip-lint': { maxWidth: 'min(36rem, 80vw)', fontFamily: 'var(--font-sans)', fontSize: '0.875rem' },
  '.cm-diagnostic': { borderLeftWidth: '4px', padding: '6px 10px' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--color-deny)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--color-caution)' },
  '.cm-diagnostic-info': { borderLeftColor: 'var(--color-accent)' },
  '.cm-diagnosticAction': {
    backgroundColor: 'var(--color-fill)',
    color: 'var(--color-on-fill)',
    padding: '3px 8px',
    borderRadius: '5px',
    marginLeft: '0',
    marginTop: '4px',
    display: 'block',
  },
  '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--color-deny)' },
  '.cm-lintRange-warning': { backgroundImage: 'none', textDecoration: 'underline wavy var(--color-caution)' },
  '.cm-lintRange-info': { backgroundImage: 'none', textDecoration: 'underline dotted var(--color-accent)' },
  '.cm-searchMatch': { backgroundColor: 'var(--color-caution-tint)', outline: '1px solid var(--color-caution)' },
  '.cm-selectionMatch': { backgroundColor: 'var(--color-tint)' },
});
