import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { USUAL_MAJOR } from '../../../core/index.ts';
import { CONF, HBA, readServerFiles, type ServerFile, type ServerFiles } from './server-files.ts';
import { tabStorage } from './tab-storage.ts';

export { CONF, HBA, isMajor, type ServerFile, type ServerFiles } from './server-files.ts';

export const NOTHING: ServerFiles = {
  major: USUAL_MAJOR,
  files: [
    { name: HBA, text: '' },
    { name: CONF, text: '' },
  ],
  other: '',
  source: 'files',
  kept: null,
};

/** The version of the saved state. */
const VERSION = 1;

/** Saved for this tab only, until the tab is closed: these files reveal a lot about a server. */
export const useServerFiles = create<ServerFiles>()(
  persist((): ServerFiles => NOTHING, {
    name: 'postern.files',
    version: VERSION,
    storage: tabStorage<ServerFiles>({ version: VERSION, read: readServerFiles }),
  }),
);

export const isEmpty = ({ files }: ServerFiles): boolean => files.every(({ text }) => text === '');

export const textOf = ({ files }: Pick<ServerFiles, 'files'>, name: string): string =>
  files.find((file) => file.name === name)?.text ?? '';

/** Every file of the user that has text, including those that the files of a link hide. */
export function userFiles(): readonly ServerFile[] {
  const { kept, ...shown } = useServerFiles.getState();
  return [shown, ...(kept ? [kept] : [])]
    .flatMap(({ files, other }) => [...files, { name: HBA, text: other }])
    .filter(({ text }) => text !== '');
}

/** Sets the text of a file. A new name adds an included file. */
export function setText(name: string, text: string): void {
  useServerFiles.setState(({ files }) => ({
    files: files.some((file) => file.name === name)
      ? files.map((file) => (file.name === name ? { name, text } : file))
      : [...files, { name, text }],
  }));
}

/** Sets the text of the second pg_hba.conf. */
export function setOther(other: string): void {
  useServerFiles.setState({ other });
}

/** The text of files before another screen changed them, so that an editor that opens later can undo the change. */
const before = new Map<string, string>();
export const textBefore = (name: string): string | undefined => before.get(name);

/** Changes a file from outside its editor, which can then undo the change. */
export function editText(name: string, text: string): void {
  if (!before.has(name)) before.set(name, textOf(useServerFiles.getState(), name));
  setText(name, text);
}

/** Removes an included file, or clears pg_hba.conf or postgresql.conf. */
export function removeFile(name: string): void {
  if (name === HBA || name === CONF) setText(name, '');
  else useServerFiles.setState(({ files }) => ({ files: files.filter((file) => file.name !== name) }));
}

/** Replaces the files of a link by the user's files. */
export function restoreUserFiles(): void {
  useServerFiles.setState(({ kept }) => ({ ...kept, kept: null }));
}
export function keepLinkedFiles(): void {
  useServerFiles.setState({ kept: null });
}

export function chooseMajor(major: ServerFiles['major']): void {
  useServerFiles.setState({ major });
}
export function chooseSource(source: ServerFiles['source']): void {
  useServerFiles.setState({ source });
}
