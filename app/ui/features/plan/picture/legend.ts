/** What each style of line means. */
export const LEGEND = [
  ['encrypted', 'legend.encrypted'],
  ['clear', 'legend.clear'],
  ['refused', 'legend.refused'],
] as const;
