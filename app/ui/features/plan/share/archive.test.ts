import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { parseTarGzip } from 'nanotar';
import { afterAll, describe, expect, it } from 'vitest';
import { archives, bundleName, defaultPlan, generate } from '../../../../core/index.ts';
import { fileMode, packFiles, packMachines } from './archive.ts';

const bundle = generate(defaultPlan('direct'));
const folder = mkdtempSync(join(tmpdir(), 'postern-archive-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the tar archive', () => {
  it('contains every file with its path, mode and bytes', async () => {
    const entries = await parseTarGzip(await packFiles('tar.gz', 'postern-x', bundle.files));
    expect(entries.map(({ name, text, attrs }) => [name, text, Number.parseInt(attrs?.mode ?? '', 8)])).toEqual(
      bundle.files.map((file) => [`postern-x/${file.path}`, file.content, fileMode(file)]),
    );
  });

  it('is unpacked by tar with the modes of the files', async () => {
    writeFileSync(join(folder, 'a.tar.gz'), await packFiles('tar.gz', 'postern-x', bundle.files));
    execFileSync('tar', ['-xpzf', 'a.tar.gz'], { cwd: folder });
    for (const file of bundle.files) {
      const path = join(folder, 'postern-x', file.path);
      expect(readFileSync(path, 'utf8'), file.path).toBe(file.content);
      expect(statSync(path).mode & 0o7777, file.path).toBe(fileMode(file));
    }
  });
});

describe('the ZIP archive', () => {
  const zipped = packFiles('zip', 'postern-x', bundle.files);

  it('contains every file with its path and bytes', async () => {
    const zip = await zipped;
    const entries = unzipSync(zip);
    expect(Object.keys(entries)).toEqual(bundle.files.map((file) => `postern-x/${file.path}`));
    for (const file of bundle.files) {
      expect(new TextDecoder().decode(entries[`postern-x/${file.path}`]), file.path).toBe(file.content);
    }
  });

  it('has each Unix mode in its central directory', async () => {
    expect(centralModes(await zipped)).toEqual(bundle.files.map((file) => [`postern-x/${file.path}`, fileMode(file)]));
  });
});

it('has the same bytes for the same plan', async () => {
  for (const kind of ['zip', 'tar.gz'] as const)
    expect(await packMachines(kind, 'x', bundle)).toEqual(await packMachines(kind, 'x', bundle));
});

it('contains one archive per machine next to the guides, each with the files of that machine', async () => {
  const entries = await parseTarGzip(await packMachines('tar.gz', 'postern-x', bundle));
  const guides = ['README.md', 'manual-steps.md', 'certificates.md'];
  expect(entries.map(({ name }) => name)).toEqual([
    ...guides.map((name) => `postern-x/${name}`),
    ...archives(bundle).map(({ name }) => `postern-x/postern-x-${name}.tar.gz`),
  ]);
  for (const [index, archive] of archives(bundle).entries()) {
    const inner = await parseTarGzip(entries[index + guides.length]?.data ?? new Uint8Array());
    expect(inner.map(({ name, text }) => [name, text])).toEqual(
      archive.files.map(({ path, content }) => [`postern-x/${path}`, content]),
    );
  }
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
