import { strToU8, type Zippable, zipSync } from 'fflate';
import { createTarGzip } from 'nanotar';
import type { Bundle, BundleFile } from '../../core/index.ts';

/** Times in an archive are fixed, so that the same plan gives the same bytes. ZIP knows none before 1980. */
const ZIP_TIME = new Date(1980, 0, 1);
/** "Unix" in the upper byte of ZIP's "version made by" (APPNOTE 4.4.2): the external attributes then hold the mode. */
const UNIX = 3;
/** The regular file bit of a Unix mode. */
const REGULAR = 0o100000;
/** Bytes of a name in a ustar header. */
const TAR_NAME = 100;

export const fileMode = (file: BundleFile): number => file.mode ?? 0o644;

/** Everything in one folder, as ZIP. */
export function zipBundle(folder: string, bundle: Bundle): Uint8Array<ArrayBuffer> {
  const entries: Zippable = {};
  for (const file of bundle.files) {
    const attrs = ((REGULAR | fileMode(file)) << 16) >>> 0;
    entries[`${folder}/${file.path}`] = [strToU8(file.content), { os: UNIX, attrs, mtime: ZIP_TIME, level: 9 }];
  }
  return new Uint8Array(zipSync(entries));
}

/** Everything in one folder, as a gzipped tar. */
export async function tarBundle(folder: string, bundle: Bundle): Promise<Uint8Array<ArrayBuffer>> {
  const files = bundle.files.map((file) => {
    const name = `${folder}/${file.path}`;
    if (new TextEncoder().encode(name).length > TAR_NAME) throw new Error(`${name} is too long for a tar archive`);
    return { name, data: file.content, attrs: { mode: fileMode(file).toString(8), uid: 0, gid: 0, mtime: 0 } };
  });
  return new Uint8Array(await createTarGzip(files));
}
