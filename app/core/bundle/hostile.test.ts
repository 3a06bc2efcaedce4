import { expect, test } from 'vitest';
import { type Plan, parsePlan } from '../index.ts';
import { deriveAccess } from '../model/derive.ts';
import { everyField, replaced, strings } from '../testing/every-field.ts';
import { generate } from './generate.ts';

/** Strings that attackers put into links: each would break out of some language if it were not quoted or rejected. */
const hostile = [
  "'",
  '"',
  '$(touch /tmp/postern)',
  '\x24{IFS}',
  'a\\',
  ';touch /tmp/postern',
  '# comment',
  '-flag',
  '<!-- x -->',
  '%h%u',
  "'); DROP ROLE x; --",
  '$postern$; DROP ROLE x; $postern$',
  '\n',
  'a\nhost all all all trust',
  'a\r\nb',
  'a\0b',
  'a\u2028b',
  'a\u202eb',
  '\ud800',
  'x'.repeat(70_000),
  ']\n[broken-out]',
  '+all',
  '/.*',
];

const records = (content: string) => content.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

/**
 * Counts the records of pg_hba.conf, and searches for the one statement that must not occur. Scripts are run, with a
 * canary, by e2e/server/tools/hostile-strings.test.ts.
 */
function check(plan: Plan): void {
  const { files } = generate(plan);
  for (const { path, content, language } of files) {
    if (path.endsWith('/pg_hba.conf')) {
      const { hbaEntries, replicaHbaEntries } = deriveAccess(plan);
      expect(records(content)).toHaveLength((path.startsWith('replicas/') ? replicaHbaEntries : hbaEntries).length);
    }
    if (language !== 'markdown' && language !== 'sh')
      expect(content).not.toMatch(/^\s*(host all all all trust|DROP ROLE|\[broken-out\])/m);
  }
}

/**
 * Plans that contain many hostile strings each, because generating files is slow. Every string of a field is in one of
 * them, rotated by field, so that names which must differ do.
 */
class Packed {
  readonly #plans: { plan: Plan; used: Set<string> }[] = [];
  readonly #base: Plan;

  constructor(base: Plan) {
    this.#base = base;
  }

  add(path: string, value: string, turn: number): void {
    const count = hostile.length;
    for (let step = 0; ; step += 1) {
      const at = step < count ? (turn + step) % count : step;
      this.#plans[at] ??= { plan: this.#base, used: new Set() };
      const one = this.#plans[at];
      const more = one.used.has(path) ? undefined : parsePlan(withString(one.plan, path, value));
      if (!more?.ok) continue;
      one.plan = more.value;
      one.used.add(path);
      return;
    }
  }

  get plans(): Plan[] {
    return this.#plans.filter((one) => one !== undefined).map(({ plan }) => plan);
  }
}

test('a hostile string in any field is rejected at its path, or every file keeps its structure', () => {
  let refused = 0;
  let taken = 0;
  for (const plan of everyField()) {
    const base = parsePlan(plan);
    if (!base.ok) throw new Error(JSON.stringify(base.issues));
    const packed = new Packed(base.value);
    for (const [field, { path, put }] of [...strings(plan)].entries()) {
      for (const [at, value] of hostile.entries()) {
        const parsed = parsePlan(put(value));
        if (parsed.ok) {
          taken++;
          packed.add(path, value, field + at);
        } else {
          refused++;
          expect(
            parsed.issues
              .map((issue) => issue.path)
              .some((at) => at === path || path.startsWith(`${at}.`) || at.startsWith(path)),
          ).toBe(true);
        }
      }
    }
    for (const each of packed.plans) check(each);
  }
  expect(refused).toBeGreaterThan(1000);
  expect(taken).toBeGreaterThan(500);
});

const withString = (plan: Plan, at: string, value: string): unknown => replaced(plan, at.split('.'), value);
