import { stateOf } from '../../../shared/answers/result.ts';
import { type Answers, useAnswers } from '../../../shared/answers/store.ts';
import { t } from '../../../shared/messages/translate.ts';

/** "9 files · 2 findings", or why the current plan has none. */
export const useCounts = (): string => useAnswers(countsOf);

function countsOf(answers: Answers): string {
  const { made } = answers;
  const state = stateOf(answers);
  if (state === 'generating' || (!made && state === 'current')) return t('result.generating');
  if (!made || state === 'failed' || state === 'canceled') return t('result.notGenerated');
  return t('result.counts', { files: made.bundle.files.length, findings: made.bundle.findings.length });
}
