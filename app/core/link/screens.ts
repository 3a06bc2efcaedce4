/** The screens that look at files, by the word that names them in an address. */
export const SCREENS = ['audit', 'path', 'map', 'compare', 'refusal', 'log', 'import'] as const;
export type ScreenName = (typeof SCREENS)[number];

/** What links that were made under an earlier name of a screen, or of another view, ask for. */
export const EARLIER_NAMES: ReadonlyMap<string, string> = new Map([
  ['connection', 'path'],
  ['refused', 'refusal'],
  ['beside', 'database-comparison'],
]);

export const isScreenLink = (fragment: string): boolean => /^#?s/.test(fragment);
