import type { Pattern, Plan } from '../../../../core/index.ts';
import { core } from '../../../../worker/client.ts';
import { embeddedFile } from '../../../shared/browser/embedded.ts';
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
export async function fetchPreset(id: string): Promise<Plan> {
  const json = await fetchJson(`presets/${encodeURIComponent(id)}.json`);
  const opened = await core((calls) => calls.parse(json));
  if (opened.ok) return opened.value;
  const [first] = opened.issues;
  throw new Error(first ? `${first.path}: ${sayCore(first)}` : t('presets.unreadable'));
}
