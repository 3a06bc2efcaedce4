import { announce } from '../browser/announce.ts';
import { t } from '../messages/translate.ts';
import { readWithinLimit } from './read-file.ts';

/** Reads the first of the opened or dropped files. Returns why it can't be read; an empty text if it can. */
export async function takeFile([file]: readonly File[], set: (text: string) => void): Promise<string> {
  if (!file) return '';
  const read = await readWithinLimit(file);
  if ('refused' in read) return read.refused;
  set(read.text);
  announce(t('server-files.taken', { names: file.name }));
  return '';
}

/** The same for a place that cannot show the reason: the page announces it. */
export const takeDropped = (set: (text: string) => void) => async (files: readonly File[]) => {
  const refused = await takeFile(files, set);
  if (refused !== '') announce(refused);
};
