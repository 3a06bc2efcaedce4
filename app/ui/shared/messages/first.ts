/**
 * The messages of the first screen, by id or group of ids. The build splits the catalogue here, so that the first
 * screen loads no other sentence.
 */
export const FIRST = [
  'app.home',
  'app.loading',
  'app.name',
  'app.redo',
  'app.redoKeys',
  'app.redone',
  'app.skip',
  'app.skipToText',
  'app.tagline',
  'app.undo',
  'app.undoKeys',
  'app.undone',
  'broken.reload',
  'landing',
  'load',
  'palette.keys',
  'palette.keysMac',
  'palette.open',
  'plan.download',
  'plans.noSpace',
  'theme',
  'views',
] as const;
