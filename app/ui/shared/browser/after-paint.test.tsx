// @vitest-environment happy-dom
import { act, render } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { useAfterPaint } from './after-paint.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['requestAnimationFrame', 'cancelAnimationFrame', 'setTimeout', 'clearTimeout'] });
  return () => vi.useRealTimers();
});

const Shown = ({ value }: { readonly value: string }) => <p>{`${value} ${useAfterPaint(value)}`}</p>;

it('follows a value after the next frame', () => {
  const { container, rerender } = render(<Shown value="a" />);
  expect(container.textContent).toBe('a a');
  rerender(<Shown value="b" />);
  expect(container.textContent).toBe('b a');
  act(() => void vi.advanceTimersToNextTimer());
  expect(container.textContent, 'the frame itself').toBe('b a');
  act(() => void vi.advanceTimersToNextTimer());
  expect(container.textContent).toBe('b b');
});

it('follows the last of several values, however fast they change', () => {
  const { container, rerender } = render(<Shown value="a" />);
  for (const value of ['b', 'c', 'd']) rerender(<Shown value={value} />);
  act(() => void vi.runAllTimers());
  expect(container.textContent).toBe('d d');
});

it('follows a value in a tab that the browser does not paint', () => {
  vi.stubGlobal('requestAnimationFrame', () => 0);
  const { container, rerender } = render(<Shown value="a" />);
  rerender(<Shown value="b" />);
  act(() => void vi.advanceTimersByTime(1000));
  expect(container.textContent).toBe('b b');
  vi.unstubAllGlobals();
});
