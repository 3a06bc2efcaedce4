import { encodingNotes, type PlanIssue } from '../../../../core/index.ts';
import { core } from '../../../../worker/client.ts';
import type { CoreCalls } from '../../../../worker/core.worker.ts';
import { failureText } from '../../../shared/answers/failure.ts';
import { announce } from '../../../shared/browser/announce.ts';
import { openPlan } from '../../../shared/draft/store.ts';
import { sayCore, t } from '../../../shared/messages/translate.ts';
import { readFile } from '../../../shared/server-files/read-file.ts';

/** No plan is larger, in bytes: one with four hundred clients has a fifth of this. */
const LIMIT = 2 * 1024 * 1024;
const SHOWN = 5;

/** Opens the plan in a file as the draft. Returns the reasons if it can't. */
export async function readPlan(file: File): Promise<readonly string[]> {
  if (file.size > LIMIT) return [t('plan.tooLarge', { bytes: file.size, limit: LIMIT })];
  try {
    return await readPlanText(file.name, await readFile(file));
  } catch {
    return [t('plan.notJson', { name: file.name })];
  }
}

/** Opens the plan in the text of a file, or in pasted text. Returns the reasons if it can't. */
export async function readPlanText(name: string, text: string): Promise<readonly string[]> {
  if (text.length > LIMIT) return [t('plan.tooLarge', { bytes: text.length, limit: LIMIT })];
  const note = encodingNotes(text).find(({ kind }) => kind === 'utf16' || kind === 'invalid');
  if (note) return [t('plan.notUtf8', { name, line: 'line' in note ? note.line : 1 })];
  let json: unknown;
  try {
    // RFC 8259 lets a reader ignore a byte order mark.
    json = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return [t('plan.notJson', { name })];
  }
  let opened: Awaited<ReturnType<CoreCalls['parse']>>;
  try {
    opened = await core((calls) => calls.parse(json));
  } catch (error) {
    return [failureText(error)];
  }
  if (!opened.ok) return opened.issues.slice(0, SHOWN).map(withPlace);
  if (openPlan(opened.value, { copy: true })) announce(t('plan.opened', { name }), { undoable: true });
  return [];
}

const withPlace = (issue: PlanIssue): string => t('link.reasonAt', { path: issue.path, reason: sayCore(issue) });
