import { HOSTS_FILE } from '../../../core/index.ts';
import { announce } from '../browser/announce.ts';
import { t } from '../messages/translate.ts';
import { readWithinLimit } from './read-file.ts';
import { CONF, HBA, setText, useServerFiles } from './store.ts';

/** The name for an added file. A copy such as `pg_hba.conf.bak` gets the name of the file that it is a copy of. */
export function nameOf(path: string, text: string): string {
  const last = path.split('/').at(-1) ?? path;
  if (/pg_?hba/i.test(last)) return HBA;
  if (/pg_?hosts/i.test(last)) return HOSTS_FILE;
  if (/^postgresql.*\.(conf|sample|bak|old|txt)$/i.test(last)) return CONF;
  if (/^[ \t]*(local|host|hostssl|hostnossl|hostgssenc|hostnogssenc)[ \t]/m.test(text))
    return useServerFiles.getState().files[0]?.text === '' ? HBA : last;
  return last;
}

/** Adds files that the user opened or dropped. Returns a message for each file that can't be read. */
export async function addFiles(files: readonly File[]): Promise<readonly string[]> {
  const refused: string[] = [];
  const added: string[] = [];
  for (const file of files) {
    const read = await readWithinLimit(file);
    if ('refused' in read) {
      refused.push(read.refused);
      continue;
    }
    const { text } = read;
    const name = nameOf(file.webkitRelativePath === '' ? file.name : file.webkitRelativePath, text);
    setText(name, text);
    added.push(name);
  }
  useServerFiles.setState({ source: 'files' });
  if (added.length > 0) announce(t('server-files.taken', { names: added.join(', ') }));
  return refused;
}
