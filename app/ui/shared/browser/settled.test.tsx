// @vitest-environment happy-dom
import { act, render } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { useSettled } from './settled.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  return () => vi.useRealTimers();
});

const Shown = ({ value }: { readonly value: string }) => <p>{`${value} ${useSettled(value)}`}</p>;

it('skips values that others follow quickly, and returns the last one', () => {
  const { container, rerender } = render(<Shown value="a" />);
  expect(container.textContent).toBe('a a');
  for (const value of ['b', 'c', 'd']) {
    rerender(<Shown value={value} />);
    act(() => void vi.advanceTimersByTime(250));
    expect(container.textContent).toBe(`${value} a`);
  }
  act(() => void vi.advanceTimersByTime(60));
  expect(container.textContent).toBe('d d');
  expect(vi.getTimerCount()).toBe(0);
});

it('keeps a value that is back before another one has settled', () => {
  const { container, rerender } = render(<Shown value="a" />);
  rerender(<Shown value="b" />);
  rerender(<Shown value="a" />);
  act(() => void vi.advanceTimersByTime(1000));
  expect(container.textContent).toBe('a a');
});
