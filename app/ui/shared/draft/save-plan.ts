import { saveText } from '../browser/save.ts';
import type { Draft } from './draft.ts';
import { useDraft } from './store.ts';

/** Downloads the answers as typed, valid or not, for "Open a plan". */
export const savePlan = (draft: Draft): void => saveText('postern-plan.json', `${JSON.stringify(draft, null, 2)}\n`);

export const saveDraft = (): void => savePlan(useDraft.getState().draft);
