import type { Pattern, Plan } from '../../../../core/index.ts';
import { core } from '../../../../worker/client.ts';
import { announce } from '../../../shared/browser/announce.ts';
import { embeddedFile } from '../../../shared/browser/embedded.ts';
import { markAsExamples } from '../../../shared/draft/preset-answers.ts';
import { openPlan, useDraft } from '../../../shared/draft/store.ts';
import { sayCore, t } from '../../../shared/messages/translate.ts';

/** One entry in the list of presets. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly pattern: Pattern;
}

/** Timeout of the request: a server that responds at all does so sooner. */
const PATIENCE_MS = 20_000;

async function fetchJson(path: string): Promise<unknown> {
  const embedded = embeddedFile(path);
  if (embedded !== undefined) return JSON.parse(embedded);
  const response = await fetch(new URL(path, document.baseURI), { signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!response.ok) throw new Error(t('presets.status', { status: response.status }));
  return response.json();
}

const isPreset = (value: unknown): value is Preset =>
  typeof value === 'object' &&
  value !== null &&
  ['id', 'title', 'summary', 'pattern'].every((key) => typeof (value as Record<string, unknown>)[key] === 'string');

export async function fetchPresets(): Promise<readonly Preset[]> {
  const list = await fetchJson('presets/index.json');
  if (!Array.isArray(list) || !list.every(isPreset)) throw new Error(t('presets.unreadable'));
  return list;
}

/** A preset's plan, validated like every other plan. */
async function fetchPreset(id: string): Promise<Plan> {
  const json = await fetchJson(`presets/${encodeURIComponent(id)}.json`);
  const opened = await core((calls) => calls.parse(json));
  if (opened.ok) return opened.value;
  const [first] = opened.issues;
  throw new Error(first ? `${first.path}: ${sayCore(first)}` : t('presets.unreadable'));
}

/** Opens a preset as a plan of its own, whose answers are examples until they are replaced. */
export async function openPreset({ id, title }: Preset): Promise<void> {
  const plan = await fetchPreset(id);
  if (!openPlan(plan, { copy: true })) return;
  markAsExamples(useDraft.getState().plan, plan);
  announce(t('presets.opened', { title }), { undoable: true });
}

export const presetProblem = ({ title }: Preset, error: unknown): string =>
  t('presets.openFailed', { title, reason: error instanceof Error ? error.message : String(error) });
