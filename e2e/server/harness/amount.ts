import { majors } from './binaries.ts';

/** `POSTERN_MORE=10 npm run test:tools` runs ten times as many random cases. */
const more = Number(process.env.POSTERN_MORE ?? 1);

/**
 * How many random cases a test runs: `usual` is enough to find nearly every defect in CI (CONTRIBUTING.md, "Random
 * tests").
 */
export const amount = (usual: number): number => Math.ceil(usual * more);

/**
 * The majors on which the plan number `at` of a list is tried: the newest two, and two of the others in turn, so that
 * every plan and every major is tried. With POSTERN_MORE, all.
 */
export const majorsOf = (at: number): readonly number[] =>
  more > 1
    ? majors
    : majors.filter((_, index) => index >= majors.length - 2 || (index + 2 * at) % (majors.length - 2) < 2);

/** Whether this is the long run, which tries every combination. */
export const everyCombination = more > 1;

/**
 * Whether case number `at` of a list is tried in round number `round` of `rounds`, such as one of several layouts: each
 * case in one round, and about as many in each. In the long run, every case in every round.
 */
export const inTurn = (at: number, round: number, rounds: number): boolean =>
  everyCombination || (at - round) % rounds === 0;
