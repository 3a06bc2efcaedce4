import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { MAJORS } from '../release.ts';
import { changedDefaults, withUnit } from './defaults.ts';

interface Shown {
  readonly name: string;
  readonly type: string;
  readonly context?: string;
  readonly default?: string | null;
  readonly now?: string;
}

const shown = (major: number): readonly Shown[] =>
  JSON.parse(readFileSync(new URL(`../../../../public/catalogue/${major}.json`, import.meta.url), 'utf8'));

/** The servers of the tests differ in these because of their builds. */
const ofTheBuild = ['krb_server_keyfile', 'unix_socket_directories'];

test('between any two majors, the defaults that changed are those that their servers reported', () => {
  for (const from of MAJORS) {
    const before = new Map(shown(from).map((one) => [one.name, one]));
    for (const to of MAJORS) {
      const differ = shown(to).flatMap(({ name, type, context, default: after, now }) => {
        const old = before.get(name);
        if (!old || [type, old.type].includes('unshown') || now || old.now || context === 'internal') return [];
        return old.default === after || ofTheBuild.includes(name) ? [] : [[name, old.default, after]];
      });
      expect(changedDefaults(from, to).map((one) => [one.name, one.before, one.after])).toEqual(differ);
    }
  }
});

test.each([
  ['16384', '8kB', '128MB'],
  ['1024', '8kB', '8MB'],
  ['256', 'kB', '256kB'],
  ['2048', 'kB', '2MB'],
  ['600000', 'ms', '10min'],
  ['2', 'ms', '2ms'],
  ['-1', 'ms', '-1'],
  ['0', 'kB', '0'],
  ['0.9', undefined, '0.9'],
  ['on', undefined, 'on'],
])('%s in units of %s is %s', (text, unit, written) => expect(withUnit(text, unit)).toBe(written));
