import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Download, Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { parseTarGzip } from 'nanotar';

/** Where downloads are kept: the server suite's prover starts a real PostgreSQL with them. */
export const archives = join(import.meta.dirname, '../../test-results/archives');

export interface Entry {
  readonly path: string;
  readonly mode: number;
  readonly text: string;
}

/** Presses the button and keeps what the browser downloads under this name. */
export async function download(
  page: Page,
  button: string,
  name: string,
): Promise<{ readonly suggested: string; readonly path: string }> {
  mkdirSync(archives, { recursive: true });
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  const arrived: Download = await waiting;
  const path = join(archives, name);
  await arrived.saveAs(path);
  return { suggested: arrived.suggestedFilename(), path };
}

/** The files of an archive. An archive inside it is replaced by its files; the guide, which each contains, is listed once. */
export async function readTar(archive: string | Uint8Array): Promise<Entry[]> {
  const entries = await parseTarGzip(typeof archive === 'string' ? readFileSync(archive) : archive);
  const found = await Promise.all(
    entries.map(({ name, attrs, text, data }) =>
      name.endsWith('.tar.gz') && data
        ? readTar(data)
        : [{ path: name, mode: Number.parseInt(attrs?.mode ?? '0', 8), text }],
    ),
  );
  return once(found.flat());
}

const once = (entries: readonly Entry[]): Entry[] => [...new Map(entries.map((entry) => [entry.path, entry])).values()];

/** The names of what the archive itself holds. */
export async function namesIn(path: string): Promise<string[]> {
  return (await parseTarGzip(readFileSync(path))).map(({ name }) => name);
}

/** ZIP keeps Unix modes in its central directory (APPNOTE 4.3.12), which is read here with the entries. */
export function readZip(archive: string | Uint8Array): Entry[] {
  const bytes = Buffer.from(typeof archive === 'string' ? readFileSync(archive) : archive);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  const texts = unzipSync(bytes);
  const entries: Entry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    const length = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + length));
    const mode = (view.getUint32(at + 38, true) >>> 16) & 0o7777;
    const inner = name.endsWith('.zip') ? texts[name] : undefined;
    if (inner) entries.push(...readZip(inner));
    else entries.push({ path: name, mode, text: new TextDecoder().decode(texts[name]) });
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return once(entries);
}
