import { useAnswers } from '../answers/store.ts';
import { t } from '../messages/translate.ts';

/** "9 files · 2 findings". */
export function useCounts(): string {
  const made = useAnswers((state) => state.made);
  if (!made) return t('result.making');
  return t('result.counts', { files: made.bundle.files.length, findings: made.bundle.findings.length });
}
