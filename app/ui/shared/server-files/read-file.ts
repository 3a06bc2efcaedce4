import { decodeBytes } from '../../../core/index.ts';
import { t } from '../messages/translate.ts';

/** The limit of `parseHba`, in bytes, and more than any server's file has. */
const LIMIT = 16 * 1024 * 1024;

/** The text of a file, which keeps invalid UTF-8 and a byte order mark. See `decodeBytes`. */
export const readFile = async (file: Blob): Promise<string> => decodeBytes(new Uint8Array(await file.arrayBuffer()));

/** The text of a server's file, or why it can't be read: it is too large, or the browser fails to read it. */
export async function readWithinLimit(file: File): Promise<{ readonly text: string } | { readonly refused: string }> {
  if (file.size > LIMIT)
    return { refused: t('server-files.tooLarge', { name: file.name, size: Math.ceil(file.size / 1_048_576) }) };
  try {
    return { text: await readFile(file) };
  } catch {
    // A folder that is dropped, or a file that was deleted or that the user may not read.
    return { refused: t('server-files.unreadable', { name: file.name }) };
  }
}
