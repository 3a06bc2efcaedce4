import { describe, expect, test } from 'vitest';
import { parseHba } from '../postgres/hba/hba.ts';
import { OverlapIndex } from './overlap-index.ts';

/** The lines of the records above the last one that overlap with it, in the order in which they are checked. */
function tried(lines: readonly string[]): number[] {
  const hba = parseHba(`${lines.join('\n')}\n`, { major: 18 });
  const found: number[] = [];
  new OverlapIndex(hba).above(hba.records.length - 1, ({ line }) => {
    found.push(line);
    return false;
  });
  return found;
}

const last = 'host a b 10.0.0.0/8 md5';

describe('the records above one that overlap with it', () => {
  test.each([
    ['the same names', 'host a b all md5', true],
    ['all roles', 'host a all all md5', true],
    ['all databases', 'host all b all md5', true],
    ['one of several roles', 'host a x,b all md5', true],
    ['another role', 'host a c all md5', false],
    ['another database', 'host c b all md5', false],
    ['a role called all', 'host a "all" all md5', false],
    ['the same role in quotes, which change no name', 'host a "b" all md5', true],
    ['another kind of connection', 'local a b md5', false],
    ['one of its kinds of connection', 'hostssl a b all md5', true],
  ])('%s: %s', (_, above, overlaps) => expect(tried([above, last])).toEqual(overlaps ? [1] : []));

  test('replication is not part of all databases', () => {
    expect(tried(['host replication b all md5', 'host all b all md5'])).toEqual([]);
    expect(tried(['host all b all md5', 'host replication b all md5'])).toEqual([]);
    expect(tried(['host replication b all md5', 'host replication b all md5'])).toEqual([1]);
  });

  test('are returned in the order of the file, whichever role they share', () => {
    const lines = [
      'host a c all md5',
      'host a b all md5',
      'host a all all md5',
      'host a b all md5',
      'host a c all md5',
    ];
    expect(tried([...lines, 'host a b,c all md5'])).toEqual([1, 2, 3, 4, 5]);
    expect(tried([...lines, 'host a all all md5'])).toEqual([1, 2, 3, 4, 5]);
    expect(tried([...lines, 'host a x,all all md5'])).toEqual([1, 2, 3, 4, 5]);
    expect(tried([...lines, 'host a x all md5'])).toEqual([3]);
  });

  test('are searched for in the 200 records above, and never below', () => {
    const filler = (count: number) => Array.from({ length: count }, () => 'host x y all md5');
    for (const users of ['b', 'all']) {
      const own = `host a ${users} all md5`;
      expect(tried(['host a b all md5', ...filler(199), own])).toEqual([1]);
      expect(tried(['host a b all md5', ...filler(200), own])).toEqual([]);
    }
    const hba = parseHba('host a b all md5\nhost a b all reject\nhost a b all md5\n', { major: 18 });
    const found: number[] = [];
    new OverlapIndex(hba).above(1, ({ line }) => found.push(line) < 0);
    expect(found).toEqual([1]);
  });

  test('the first that satisfies the condition is returned', () => {
    const hba = parseHba('host a b all md5\nhost a b all reject\nhost a b all reject\nhost a b all md5\n', {
      major: 18,
    });
    const index = new OverlapIndex(hba);
    expect(index.above(3, ({ record }) => record.method === 'reject')?.line).toBe(2);
    expect(index.above(3, ({ line }) => line === 3)?.line).toBe(3);
    expect(index.above(0, () => true)).toBeUndefined();
    expect(index.above(9, () => true)).toBeUndefined();
  });
});
