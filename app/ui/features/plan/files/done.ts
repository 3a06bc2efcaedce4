import { create } from 'zustand';
import type { BundleFile, Step } from '../../../../core/index.ts';
import { guarded } from '../../../shared/draft/saved.ts';
import { useDraft } from '../../../shared/draft/store.ts';
import type { StepGroup } from './step-changes.ts';

/** The version of each step that was done, by the step's id. */
type Done = Readonly<Record<string, string>>;

const KEY = 'postern.done';
/** Only the plans used last are remembered. */
const PLANS = 20;

function saved(): Readonly<Record<string, Done>> {
  const text = guarded(() => localStorage.getItem(KEY));
  let value: unknown;
  try {
    value = JSON.parse(text ?? '{}');
  } catch {
    return {};
  }
  return isMap(value) ? Object.fromEntries(Object.entries(value).filter(isDone)) : {};
}

const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

const isDone = (entry: [string, unknown]): entry is [string, Done] =>
  isMap(entry[1]) && Object.values(entry[1]).every((version) => typeof version === 'string');

/** The steps that the user has marked as done, by plan. Every tab of the browser shows the same. */
const useDone = create<{ readonly byPlan: Readonly<Record<string, Done>> }>(() => ({ byPlan: saved() }));

globalThis.addEventListener?.('storage', ({ key }) => {
  if (key === KEY || key === null) useDone.setState({ byPlan: saved() });
});

function write(plan: string, done: Done): void {
  // Another tab may have written since.
  const { [plan]: _, ...others } = saved();
  const entries = Object.entries(others).slice(1 - PLANS);
  const byPlan = Object.fromEntries(Object.keys(done).length === 0 ? entries : [...entries, [plan, done]]);
  useDone.setState({ byPlan });
  guarded(() => localStorage.setItem(KEY, JSON.stringify(byPlan)));
}

const NONE: Done = {};

/** The done steps of the current plan. */
export function useDoneSteps(): Done {
  const plan = useDraft((state) => state.plan);
  return useDone(({ byPlan }) => byPlan[plan] ?? NONE);
}

export function markDone(id: string, version: string | null): void {
  const { plan } = useDraft.getState();
  const { [id]: _, ...others } = useDone.getState().byPlan[plan] ?? NONE;
  write(plan, version === null ? others : { ...others, [id]: version });
}

/** Clears the ticks of the current plan. Returns what restores them. */
export function clearDone(): () => void {
  const { plan } = useDraft.getState();
  const before = useDone.getState().byPlan[plan] ?? NONE;
  write(plan, NONE);
  return () => write(plan, before);
}

export const stepId = ({ folder }: StepGroup, { title }: Step): string => `${folder}: ${title}`;

/**
 * A step is done for its commands and the files that they use. If those change later, it has to be done again. A copy
 * concerns all files; other steps the file that they name, or else all files of their machine.
 */
export function stepVersion({ machine, folder }: StepGroup, step: Step, files: readonly BundleFile[]): string {
  const used = files.filter(
    ({ path }) =>
      path === step.file || (step.file === undefined && (machine === 'your-machine' || path.startsWith(`${folder}/`))),
  );
  return digest([...(step.commands ?? []), ...used.map(({ content }) => content)]);
}

/** FNV-1a. It only has to notice changes. */
function digest(texts: readonly string[]): string {
  let hash = 0x811c9dc5;
  for (const text of texts) {
    for (let index = 0; index <= text.length; index++) {
      hash = Math.imul(hash ^ (index < text.length ? text.charCodeAt(index) : 0x1f), 0x01000193);
    }
  }
  return (hash >>> 0).toString(36);
}
