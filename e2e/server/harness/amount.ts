import { majors } from './binaries.ts';

/** `POSTERN_MORE=10 npm run test:tools` runs ten times as many random cases. */
const more = Number(process.env.POSTERN_MORE ?? 1);

/** Whether this run tries every combination: the long run by command (CONTRIBUTING.md, "Random tests"). */
export const everything = more > 1;

/**
 * How many random cases a test runs: `usual` is enough to find nearly every defect in CI (CONTRIBUTING.md, "Random
 * tests").
 */
export const amount = (usual: number): number => Math.ceil(usual * more);

/**
 * The majors on which the case number `at` of a list is tried: `usual` of them, as far apart as possible, and the next
 * ones for the next case, so that a list tries every major equally often. With POSTERN_MORE, all.
 */
export const majorsOf = (at: number, usual = 2): readonly number[] => {
  if (everything || usual >= majors.length) return majors;
  const chosen = new Set(
    Array.from({ length: usual }, (_, nth) => (at + Math.floor((nth * majors.length) / usual)) % majors.length),
  );
  return majors.filter((_, index) => chosen.has(index));
};

/** The same for a test that is no list: it begins at another major in each run. */
export const someMajors = (usual: number): readonly number[] =>
  majorsOf(Math.floor(Math.random() * majors.length), usual);

/**
 * Points at which something is broken off, of 1 to `last`: `amount(usual)` of them, one drawn from each equal part, so
 * that each run tries others. All of them if there are no more.
 */
export function pointsOf(last: number, usual: number): number[] {
  const count = Math.min(amount(usual), last);
  return Array.from({ length: count }, (_, part) => {
    const [from, to] = [part, part + 1].map((edge) => Math.floor((edge * last) / count)) as [number, number];
    return 1 + from + Math.floor(Math.random() * (to - from));
  });
}
