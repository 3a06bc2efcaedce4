import { strToU8, type Zippable, zipSync } from 'fflate';
import { createTarGzip } from 'nanotar';
import { archives, type Bundle, type BundleFile, isGuide } from '../../../../core/index.ts';

/** Times in an archive are fixed, so that the same plan gives the same bytes. ZIP supports no time before 1980. */
const ZIP_TIME = new Date(1980, 0, 1);
/**
 * "Unix" in the upper byte of ZIP's "version made by" (APPNOTE 4.4.2): the external attributes then contain the mode.
 */
const UNIX = 3;
/** The regular file bit of a Unix mode. */
const REGULAR = 0o100000;
/** Maximum length of a name in a ustar header, in bytes. */
const TAR_NAME = 100;

export const fileMode = (file: BundleFile): number => file.mode ?? 0o644;

export type ArchiveKind = 'zip' | 'tar.gz';

interface Entry {
  readonly path: string;
  readonly mode: number;
  readonly content: string | Uint8Array;
}

const entriesOf = (files: readonly BundleFile[]): Entry[] =>
  files.map((file) => ({ path: file.path, mode: fileMode(file), content: file.content }));

/** The files in one folder. */
export const packFiles = (
  kind: ArchiveKind,
  folder: string,
  files: readonly BundleFile[],
): Promise<Uint8Array<ArrayBuffer>> => pack(kind, folder, entriesOf(files));

/** The archives of all machines in one folder, with the guides next to them. */
export async function packMachines(
  kind: ArchiveKind,
  folder: string,
  bundle: Bundle,
): Promise<Uint8Array<ArrayBuffer>> {
  const guides = entriesOf(bundle.files.filter(isGuide));
  const inner = await Promise.all(
    archives(bundle).map(async ({ name, files }): Promise<Entry> => {
      return { path: `${folder}-${name}.${kind}`, mode: 0o644, content: await packFiles(kind, folder, files) };
    }),
  );
  return pack(kind, folder, [...guides, ...inner]);
}

const pack = (kind: ArchiveKind, folder: string, entries: readonly Entry[]): Promise<Uint8Array<ArrayBuffer>> =>
  kind === 'zip' ? Promise.resolve(zip(folder, entries)) : tar(folder, entries);

function zip(folder: string, entries: readonly Entry[]): Uint8Array<ArrayBuffer> {
  const zippable: Zippable = {};
  for (const { path, mode, content } of entries) {
    const bytes = typeof content === 'string' ? strToU8(content) : content;
    const attrs = ((REGULAR | mode) << 16) >>> 0;
    zippable[`${folder}/${path}`] = [bytes, { os: UNIX, attrs, mtime: ZIP_TIME, level: 9 }];
  }
  return new Uint8Array(zipSync(zippable));
}

async function tar(folder: string, entries: readonly Entry[]): Promise<Uint8Array<ArrayBuffer>> {
  const files = entries.map(({ path, mode, content }) => {
    const name = `${folder}/${path}`;
    if (new TextEncoder().encode(name).length > TAR_NAME) throw new Error(`${name} is too long for a tar archive`);
    return { name, data: content, attrs: { mode: mode.toString(8), uid: 0, gid: 0, mtime: 0 } };
  });
  return new Uint8Array(await createTarGzip(files));
}
