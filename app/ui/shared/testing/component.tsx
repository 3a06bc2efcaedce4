import { act, cleanup, configure, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { afterEach } from 'vitest';
import { generator, parsePlan } from '../../../core/index.ts';
import { ownPlan } from '../../../core/testing/own-plan.ts';
import { type Progress, useAnswers } from '../answers/store.ts';
import { takeAnswer } from '../answers/take-answer.ts';
import { useNotice } from '../browser/announce.ts';
import { at } from '../draft/at.ts';
import type { Draft } from '../draft/draft.ts';
import { replaceDraft, useDraft } from '../draft/store.ts';
import { usePlace } from '../navigation/place.ts';

// Without the whole page, which hides the message about the missing element.
configure({ getElementError: (message) => new Error(message ?? 'The element was not found.') });

// Testing Library does this by itself only if the test functions are global.
afterEach(cleanup);

/** Renders a component with this draft in the store, without an answer yet. Returns the user. */
export function show(component: ReactNode, draft: Draft = ownPlan('direct')): ReturnType<typeof userEvent.setup> {
  useDraft.setState({ kept: null, plan: '' });
  // Also ends the typing of the previous test, which the next change of the same answer would continue.
  replaceDraft(draft);
  useAnswers.setState(useAnswers.getInitialState());
  useNotice.setState({ notice: null });
  usePlace.setState({ open: {} });
  const user = userEvent.setup({ delay: null });
  cleanup();
  render(component);
  return user;
}

/** Answers the draft as the worker does, with the core itself. */
export function answerDraft(): void {
  const { draft, edit, plan: of } = useDraft.getState();
  const parsed = parsePlan(draft);
  act(() => {
    if (!parsed.ok) return takeAnswer(parsed, { edit, plan: of, ofNow: true });
    const { plan, examples, model, bundle, commands } = generator()(parsed.value);
    const { hosts, flows, clients } = model;
    const value = { plan, examples, bundle, commands, scene: { plan, hosts, flows, clients } };
    takeAnswer({ ok: true, value }, { edit, plan: of, ofNow: true });
  });
}

export const setProgress = (progress: Progress): void => act(() => useAnswers.setState({ progress }));

/** The draft's answer at a path. */
export const answerAt = (path: string): unknown => at(useDraft.getState().draft, path);

/** The last announcement. */
export const announced = (): string | undefined => useNotice.getState().notice?.text;

/** The text of the elements that describe the control, in order. */
export function descriptionOf(control: HTMLElement): string[] {
  const ids = control.getAttribute('aria-describedby')?.split(' ') ?? [];
  return ids.map((id) => document.getElementById(id)?.textContent?.trim() ?? `nothing has the id ${id}`);
}

export { screen };
