import { create } from 'zustand';
import { type Plan, type PlanIssue, presetAnswers, unchangedAnswers } from '../../../core/index.ts';
import { isUnder } from './at.ts';
import type { Draft } from './draft.ts';
import { guarded } from './saved.ts';
import { useDraft } from './store.ts';

const KEY = 'postern.preset-answers';

/** Plans whose presets are remembered: a list that grew forever would fill the storage. */
const REMEMBERED = 50;

/** The answers that came from a preset (`presetAnswers`), by the plan's identifier (`Saved.plan`), oldest first. */
type Answers = Readonly<Record<string, readonly string[]>>;

const usePresetAnswers = create<{ readonly answers: Answers }>(() => ({ answers: read() }));

/** Marks the answers of a plan that was opened from a preset as examples, until they are replaced or confirmed. */
export const markAsExamples = (id: string, preset: Plan): void => remember(id, presetAnswers(preset));

/** A copy of a plan has the same examples. */
export function copyExamples(from: string, to: string): void {
  const found = read()[from];
  if (found) remember(to, found);
}

/** The user says that the answers which are still the example's are their own. */
export function confirmAnswers(): void {
  const { [useDraft.getState().plan]: _, ...others } = read();
  write(others);
}

function remember(id: string, found: readonly string[]): void {
  const { [id]: _, ...others } = read();
  write(Object.fromEntries([...Object.entries(others).slice(1 - REMEMBERED), [id, found]]));
}

function write(answers: Answers): void {
  guarded(() => localStorage.setItem(KEY, JSON.stringify(answers)));
  usePresetAnswers.setState({ answers });
}

/** Text that is no such list is as good as none. */
function read(): Answers {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(Object.entries(value).filter(([, one]) => Array.isArray(one)));
  } catch {
    return {};
  }
}

const none: readonly PlanIssue[] = [];

interface Unchanged {
  readonly draft: Draft;
  readonly answers: readonly string[];
  readonly issues: readonly PlanIssue[];
}

let last: Unchanged | undefined;

/** The draft's answers that are still those of its preset, an issue for each. The array changes only if its issues change. */
export function useUnchanged(): readonly PlanIssue[] {
  const plan = useDraft((state) => state.plan);
  const answers = usePresetAnswers((state) => state.answers[plan]);
  return useDraft(({ draft }) => (answers ? unchangedOf(draft, answers) : none));
}

/** Cached, because every field of a screen calls it. */
function unchangedOf(draft: Draft, answers: readonly string[]): readonly PlanIssue[] {
  if (last?.draft !== draft || last.answers !== answers) {
    const issues = unchangedAnswers(draft, new Set(answers));
    const isSame = last?.answers === answers && sameIssues(last.issues, issues);
    last = { draft, answers, issues: last && isSame ? last.issues : issues };
  }
  return last.issues;
}

const sameIssues = (before: readonly PlanIssue[], now: readonly PlanIssue[]): boolean =>
  before.length === now.length &&
  now.every(({ path, message }, index) => path === before[index]?.path && message === before[index].message);

/** Those at a path and below it. */
export const useUnchangedUnder = (path: string): readonly PlanIssue[] =>
  useUnchanged().filter((issue) => isUnder(issue.path, path));

window.addEventListener('storage', ({ key }) => {
  if (key === null || key === KEY) usePresetAnswers.setState({ answers: read() });
});
