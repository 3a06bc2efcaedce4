/** `POSTERN_MORE=10 npm run test:tools` runs ten times as many random cases. */
const more = Number(process.env.POSTERN_MORE ?? 1);

/**
 * How many random cases a test runs: `usual` is enough to find nearly every defect in CI (CONTRIBUTING.md, "Random
 * tests").
 */
export const amount = (usual: number): number => Math.ceil(usual * more);
