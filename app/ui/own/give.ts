import { t } from '../messages/translate.ts';
import { announce } from '../wizard/announce.ts';
import { CONF, HBA, setText, useOwn } from './store.ts';

/** As much as `parseHba` reads, and more than any server's files. */
export const LIMIT = 16 * 1024 * 1024;

/** What a file is called among the user's: a copy of one of the two is that one, whatever was added to its name. */
export function nameOf(path: string, text: string): string {
  const last = path.split('/').at(-1) ?? path;
  if (/pg_?hba/i.test(last)) return HBA;
  if (/^postgresql.*\.(conf|sample|bak|old|txt)$/i.test(last)) return CONF;
  if (/^[ \t]*(local|host|hostssl|hostnossl|hostgssenc|hostnogssenc)[ \t]/m.test(text))
    return useOwn.getState().files[0]?.text === '' ? HBA : last;
  return last;
}

/** Takes files that were opened or dropped. What cannot be read is said, and changes nothing. */
export async function giveFiles(files: readonly File[]): Promise<readonly string[]> {
  const refused: string[] = [];
  const taken: string[] = [];
  for (const file of files) {
    if (file.size > LIMIT) {
      refused.push(t('own.tooLarge', { name: file.name, size: Math.ceil(file.size / 1_048_576) }));
      continue;
    }
    const text = await file.text();
    const name = nameOf(file.webkitRelativePath === '' ? file.name : file.webkitRelativePath, text);
    setText(name, text);
    taken.push(name);
  }
  useOwn.setState({ source: 'files' });
  if (taken.length > 0) announce(t('own.taken', { names: taken.join(', ') }));
  return refused;
}
