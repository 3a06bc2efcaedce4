/** The Debian roots that the suite has created (scripts/lib/debian-roots.mjs), or why there are none. */
const made: Readonly<Record<string, { readonly root?: string; readonly missing?: string }>> = JSON.parse(
  process.env.POSTERN_ROOTS ?? '{}',
);

export type Suite = 'bookworm' | 'trixie';

/** Why there is no root of that release here; undefined if there is one. */
export const missingRoot = (suite: Suite): string | undefined =>
  made[suite] ? made[suite].missing : 'start the tests with `npm run test:lab`';

/** The folder with the root. */
export function rootOf(suite: Suite): string {
  const root = made[suite]?.root;
  if (root === undefined) throw new Error(missingRoot(suite));
  return root;
}
