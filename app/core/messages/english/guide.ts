export const guideMessages = {
  'file.header': 'Made by Postern {version}. {title}',
  'guide.title': 'What to do on which machine, in order, and how to undo it.',
} as const;
