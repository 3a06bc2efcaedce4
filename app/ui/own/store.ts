import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { MAJORS } from '../../core/index.ts';
import { tabStorage } from './tab-storage.ts';

export const HBA = 'pg_hba.conf';
export const CONF = 'postgresql.conf';

/** A file as the user gave it. */
export interface OwnFile {
  /** `pg_hba.conf`, `postgresql.conf`, or how one of these names it in an include. */
  readonly name: string;
  readonly text: string;
}

/** The files that the user brought, and which of all files the screens look at. */
export interface OwnFiles {
  readonly major: (typeof MAJORS)[number];
  /** `pg_hba.conf` and `postgresql.conf` first, always there though they may be empty. */
  readonly files: readonly OwnFile[];
  /** Another pg_hba.conf to compare with. */
  readonly other: string;
  /** Whose files the screens look at: these, or those of the plan. */
  readonly source: 'files' | 'plan';
  /** The user's own, while files that came by a link are shown. */
  readonly kept: Pick<OwnFiles, 'major' | 'files' | 'other'> | null;
}

export const NOTHING: OwnFiles = {
  major: 18,
  files: [
    { name: HBA, text: '' },
    { name: CONF, text: '' },
  ],
  other: '',
  source: 'files',
  kept: null,
};

const isSaved = (saved: unknown): saved is OwnFiles =>
  typeof saved === 'object' &&
  saved !== null &&
  Object.keys(NOTHING).every((key) => key in saved) &&
  'files' in saved &&
  Array.isArray(saved.files) &&
  saved.files.every((file) => typeof file?.name === 'string' && typeof file?.text === 'string');

/** Kept for this tab until it is closed, and nowhere else: such files tell much about a server. */
export const useOwn = create<OwnFiles>()(
  persist((): OwnFiles => NOTHING, {
    name: 'postern.files',
    version: 1,
    merge: (saved, now) => (isSaved(saved) ? { ...now, ...saved } : now),
    storage: tabStorage<OwnFiles>(),
  }),
);

export const isEmpty = ({ files }: OwnFiles): boolean => files.every(({ text }) => text === '');

export const textOf = ({ files }: Pick<OwnFiles, 'files'>, name: string): string =>
  files.find((file) => file.name === name)?.text ?? '';

/** Gives a file its text; a name that is new becomes an included file. */
export function setText(name: string, text: string): void {
  useOwn.setState(({ files }) => ({
    files: files.some((file) => file.name === name)
      ? files.map((file) => (file.name === name ? { name, text } : file))
      : [...files, { name, text }],
  }));
}

/** What files were before another screen changed them, so that an editor which opens only then can undo that. */
const before = new Map<string, string>();
export const textBefore = (name: string): string | undefined => before.get(name);

/** Changes a file from outside its editor, where the change can be undone. */
export function editText(name: string, text: string): void {
  if (!before.has(name)) before.set(name, textOf(useOwn.getState(), name));
  setText(name, text);
}

/** Takes an included file away, or empties one of the two that are always there. */
export function removeFile(name: string): void {
  if (name === HBA || name === CONF) setText(name, '');
  else useOwn.setState(({ files }) => ({ files: files.filter((file) => file.name !== name) }));
}

/** Puts the user's own files back in the place of those of a link. */
export function backToOwnFiles(): void {
  useOwn.setState(({ kept }) => ({ ...kept, kept: null }));
}
export function keepLinkedFiles(): void {
  useOwn.setState({ kept: null });
}

export function chooseMajor(major: OwnFiles['major']): void {
  useOwn.setState({ major });
}
export function chooseSource(source: OwnFiles['source']): void {
  useOwn.setState({ source });
}
export const isMajor = (value: number): value is OwnFiles['major'] => MAJORS.some((major) => major === value);
