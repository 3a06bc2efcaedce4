import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parsePlan } from '../plan/parse.ts';
import type { Plan } from '../plan/schema.ts';
import { deltaOf, patched } from '../reuse/delta.ts';
import { everyBranch } from '../testing/every-branch.ts';
import { ownPlan } from '../testing/own-plan.ts';
import { planArbitrary } from '../testing/plan-arbitrary.ts';
import { commandsToPaste } from './commands.ts';
import { generate, generator } from './generate.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** How one answer becomes another: which one, and in what way. */
interface Edit {
  readonly at: number;
  readonly way: number;
}

/** The number of answers in a value, lists included. */
const countOf = (value: Json): number =>
  typeof value === 'object' && value !== null
    ? 1 + Object.values(value).reduce<number>((sum, one) => sum + countOf(one), 0)
    : 1;

function edited(value: Json, { at, way }: Edit): Json {
  if (Array.isArray(value) && at === 0)
    return way % 2 === 0 ? value.slice(1) : [...value.slice(way % 3), ...value.slice(0, way % 3)];
  if (typeof value === 'object' && value !== null) {
    let left = at - 1;
    const entries = Object.entries(value).map(([key, one]) => {
      const here = left;
      left -= countOf(one);
      return [key, here >= 0 && here < countOf(one) ? edited(one, { at: here, way }) : one] as const;
    });
    return Array.isArray(value) ? entries.map(([, one]) => one) : Object.fromEntries(entries);
  }
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + (way % 3) - 1;
  if (typeof value === 'string') return way % 2 === 0 ? `${value}x` : value.slice(0, -1);
  return value;
}

const asJson = (plan: Plan): Json => JSON.parse(JSON.stringify(plan));

/** Plans that follow from each other by edits; those that are no plans are left out. */
function versions(first: Plan, edits: readonly Edit[]): Plan[] {
  const all = [first];
  for (const edit of edits) {
    const json = asJson(all.at(-1) ?? first);
    const parsed = parsePlan(edited(json, { ...edit, at: edit.at % countOf(json) }));
    if (parsed.ok) all.push(parsed.value);
  }
  return all;
}

function holds(all: readonly Plan[]): void {
  const next = generator();
  let before: unknown;
  for (const plan of all) {
    const version = next(plan);
    expect(version.bundle).toEqual(generate(plan));
    expect(version.commands).toEqual(commandsToPaste(plan));
    expect(version.plan).toEqual(plan);
    // As it is sent to the page: nothing in it refers to what was only looked at.
    const sent = patched(before, structuredClone(deltaOf(before, version)));
    expect(sent).toEqual(version);
    before = version;
  }
}

it('generates the same files as if each version of a plan were the first', () => {
  const edits = fc.array(fc.record({ at: fc.nat(), way: fc.nat(100) }), { minLength: 4, maxLength: 8 });
  fc.assert(
    fc.property(planArbitrary, edits, (first, following) => holds(versions(first, following))),
    { numRuns: 30 },
  );
});

it('generates the same files after a plan that has nothing in common', () => {
  holds(everyBranch());
});

it('takes over the files that an answer does not change', () => {
  const plan = ownPlan('vpn');
  const next = generator();
  const [before, now] = [next(plan), next({ ...plan, server: { ...plan.server, name: 'other.internal' } })];
  const same = now.bundle.files.filter((file) => before.bundle.files.includes(file)).map(({ path }) => path);
  expect(same).toContain('database-server/pg_hba.conf');
  expect(same).not.toContain('clients/verify.sh');
  expect(now.bundle.files.length - same.length).toBeLessThan(10);
});
