import { majors } from './binaries.ts';

/** `POSTERN_MORE=10 npm run test:tools` runs ten times as many random cases. */
const more = Number(process.env.POSTERN_MORE ?? 1);

/** Whether this run tries every combination: the long run by command (CONTRIBUTING.md, "Random tests"). */
export const everyCombination = more > 1;

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
  if (everyCombination || usual >= majors.length) return majors;
  const chosen = new Set(
    Array.from({ length: usual }, (_, nth) => (at + Math.floor((nth * majors.length) / usual)) % majors.length),
  );
  return majors.filter((_, index) => chosen.has(index));
};

/** The same for a test that is no list: it begins at another major in each run. */
export const someMajors = (usual: number): readonly number[] =>
  majorsOf(Math.floor(Math.random() * majors.length), usual);

/**
 * Whether case number `at` of a list is tried in round number `round` of `rounds`, such as one of several layouts: each
 * case in one round, and about as many in each. In the long run, every case in every round.
 */
export const inTurn = (at: number, round: number, rounds: number): boolean =>
  everyCombination || (at - round) % rounds === 0;

/**
 * Points at which something is broken off, of 1 to `last`: the middles of `usual` equal parts. The long run draws
 * `amount(usual)` points, one from each part, or tries all if there are no more.
 */
export function pointsOf(last: number, usual: number): number[] {
  const count = Math.min(amount(usual), last);
  return Array.from({ length: count }, (_, part) => {
    const [from, to] = [part, part + 1].map((edge) => Math.floor((edge * last) / count)) as [number, number];
    return 1 + from + Math.floor((everyCombination ? Math.random() : 0.5) * (to - from));
  });
}
