/** The screens that look at files, by the word that names them in an address. */
export const SCREENS = ['audit', 'connection', 'map', 'compare', 'refused', 'import'] as const;
export type ScreenName = (typeof SCREENS)[number];
