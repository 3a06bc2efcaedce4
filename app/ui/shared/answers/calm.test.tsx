// @vitest-environment happy-dom
import { act, render } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { useCalm } from './calm.ts';
import type { ResultState } from './result.ts';
import { type Made, useAnswers } from './store.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  useAnswers.setState({ made: {} as Made });
  return () => vi.useRealTimers();
});

const Shown = ({ state }: { readonly state: ResultState }) => <p>{useCalm(state)}</p>;
const shown = (...states: readonly [ResultState, ...ResultState[]]) => {
  const [first, ...rest] = states;
  const { container, rerender } = render(<Shown state={first} />);
  for (const state of rest) rerender(<Shown state={state} />);
  return { text: () => container.textContent, rerender };
};

it('shows a plan as before until it has been invalid for a while', () => {
  for (const before of ['current', 'examples'] as const) {
    const { text, rerender } = shown(before, 'invalid');
    expect(text()).toBe(before);
    act(() => void vi.advanceTimersByTime(700));
    expect(text()).toBe(before);
    act(() => void vi.advanceTimersByTime(200));
    expect(text()).toBe('invalid');
    rerender(<Shown state={before} />);
    expect(text()).toBe(before);
    rerender(<Shown state="invalid" />);
    expect(text()).toBe(before);
  }
});

it('shows it immediately if there is no result, at the start, and after another notice', () => {
  expect(shown('invalid').text()).toBe('invalid');
  expect(shown('current', 'failed', 'invalid').text()).toBe('invalid');
  useAnswers.setState({ made: null });
  expect(shown('current', 'invalid').text()).toBe('invalid');
});
