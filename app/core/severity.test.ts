import { expect, test } from 'vitest';
import { isAtLeast, SEVERITIES, worstFirst } from './severity.ts';

test('the worst severity comes first', () => {
  const shuffled = (['info', 'medium', 'critical', 'low', 'high'] as const).map((severity) => ({ severity }));
  expect(shuffled.toSorted(worstFirst).map(({ severity }) => severity)).toEqual([...SEVERITIES]);
});

test('a severity is at least itself, and not a worse one', () => {
  expect(SEVERITIES.filter((severity) => isAtLeast(severity, 'medium'))).toEqual(['critical', 'high', 'medium']);
});
