import { create } from 'zustand';
import { announce } from '../../shared/browser/announce.ts';
import { t } from '../../shared/messages/translate.ts';
import { editText, textOf, useServerFiles } from '../../shared/server-files/store.ts';

interface AppliedFix {
  readonly file: string;
  readonly title: string;
  readonly before: string;
  readonly after: string;
}

/** The fixes that were applied, in order. They stay when the user changes screens. */
const useFixes = create<{ readonly fixes: readonly AppliedFix[] }>(() => ({ fixes: [] }));

/** The fixes in the files as they are now: the list ends where something else changed a file. */
export function useAppliedFixes(): readonly AppliedFix[] {
  const fixes = useFixes((state) => state.fixes);
  const files = useServerFiles((state) => state.files);
  const last = fixes.at(-1);
  return last && textOf({ files }, last.file) === last.after ? fixes : [];
}

/** Writes the text with the fix to the file. */
export function applyFix(file: string, title: string, after: string): void {
  const before = textOf(useServerFiles.getState(), file);
  // A change of anything else since then ends the series.
  useFixes.setState(({ fixes }) => {
    const last = fixes.at(-1);
    const current = last && textOf(useServerFiles.getState(), last.file) === last.after;
    return { fixes: [...(current ? fixes : []), { file, title, before, after }] };
  });
  editText(file, after);
  announce(t('audit.fixed', { fix: title }));
}

/** Restores the text before the last fix. */
export function undoLastFix(): void {
  const { fixes } = useFixes.getState();
  const last = fixes.at(-1);
  if (!last) return;
  editText(last.file, last.before);
  useFixes.setState({ fixes: fixes.slice(0, -1) });
  announce(t('fix.undone', { fix: last.title }));
}
