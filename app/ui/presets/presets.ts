import type { Pattern, Plan } from '../../core/index.ts';
import { core } from '../../worker/client.ts';
import { sayCore, t } from '../messages/translate.ts';

/** One line of the list of presets. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly pattern: Pattern;
}

async function fetchJson(path: string): Promise<unknown> {
  const response = await fetch(new URL(path, document.baseURI));
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

/** A preset's plan, through the same door as every other plan. */
export async function fetchPreset(id: string): Promise<Plan> {
  const opened = await core.parse(await fetchJson(`presets/${encodeURIComponent(id)}.json`));
  if (opened.ok) return opened.value;
  const [first] = opened.issues;
  throw new Error(first ? `${first.path}: ${sayCore(first)}` : t('presets.unreadable'));
}
