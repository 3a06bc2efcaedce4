import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { parseTarGzip } from 'nanotar';
import { afterAll, describe, expect, it } from 'vitest';
import { defaultPlan, generate } from '../../core/index.ts';
import { fileMode, tarBundle, zipBundle } from './archive.ts';
import { bundleName } from './names.ts';

const bundle = generate(defaultPlan('direct'));
const folder = mkdtempSync(join(tmpdir(), 'postern-archive-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the tar archive', () => {
  it('holds every file with its path, mode and bytes', async () => {
    const entries = await parseTarGzip(await tarBundle('postern-x', bundle));
    expect(entries.map(({ name, text, attrs }) => [name, text, Number.parseInt(attrs?.mode ?? '', 8)])).toEqual(
      bundle.files.map((file) => [`postern-x/${file.path}`, file.content, fileMode(file)]),
    );
  });

  it('is unpacked by tar with the modes of the files', async () => {
    writeFileSync(join(folder, 'a.tar.gz'), await tarBundle('postern-x', bundle));
    execFileSync('tar', ['-xpzf', 'a.tar.gz'], { cwd: folder });
    for (const file of bundle.files) {
      const path = join(folder, 'postern-x', file.path);
      expect(readFileSync(path, 'utf8'), file.path).toBe(file.content);
      expect(statSync(path).mode & 0o7777, file.path).toBe(fileMode(file));
    }
  });
});

describe('the ZIP archive', () => {
  const zip = zipBundle('postern-x', bundle);

  it('holds every file with its path and bytes', () => {
    const entries = unzipSync(zip);
    expect(Object.keys(entries)).toEqual(bundle.files.map((file) => `postern-x/${file.path}`));
    for (const file of bundle.files) {
      expect(new TextDecoder().decode(entries[`postern-x/${file.path}`]), file.path).toBe(file.content);
    }
  });

  it('carries each Unix mode in its central directory', () => {
    expect(centralModes(zip)).toEqual(bundle.files.map((file) => [`postern-x/${file.path}`, fileMode(file)]));
  });
});

it('has the same bytes for the same plan', async () => {
  expect(await tarBundle('x', bundle)).toEqual(await tarBundle('x', bundle));
  expect(zipBundle('x', bundle)).toEqual(zipBundle('x', bundle));
});

it('is named after the title, or the pattern', () => {
  expect(bundleName(defaultPlan('vpn'))).toBe('postern-vpn');
  expect(bundleName({ ...defaultPlan('vpn'), title: 'Büro & Payroll (2027), all sites' })).toBe(
    'postern-buro-payroll-2027-all-si',
  );
  expect(bundleName({ ...defaultPlan('vpn'), title: '数据库' })).toBe('postern-vpn');
});

/** Names and modes from the central directory (APPNOTE 4.3.12): signature, host system, name length, external attributes. */
function centralModes(zip: Uint8Array): [string, number][] {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const found: [string, number][] = [];
  for (let at = 0; at + 46 <= zip.length; at++) {
    if (view.getUint32(at, true) !== 0x02014b50 || view.getUint8(at + 5) !== 3) continue;
    const length = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(zip.subarray(at + 46, at + 46 + length));
    found.push([name, (view.getUint32(at + 38, true) >>> 16) & 0o7777]);
  }
  return found;
}
