import { describe, expect, test } from 'vitest';
import { parseHba } from '../postgres/hba/hba.ts';
import { audit } from './audit.ts';

const id = 'trust-over-tcp';
const open = 'host all all 10.0.0.1/32 trust';
const hbaLines = (hba: string) =>
  audit({ hba, major: 18 })
    .filter((finding) => finding.id === id)
    .map(({ line }) => line);
const confIds = (conf: string) => audit({ conf, major: 18 }).map((finding) => finding.id);

describe('a comment of pg_hba.conf silences a rule', () => {
  test.each([
    `#postern-ignore:${id}`,
    `# postern-ignore: ${id}`,
    `#\t  postern-ignore: \t${id}`,
    `  # postern-ignore: no-record, ,${id}`,
    `# postern-ignore: no-record ${id}`,
    `# why: x # postern-ignore: ${id}`,
  ])('%j above the line', (comment) => {
    expect(hbaLines(`${comment}\n${open}\n`)).toEqual([]);
    expect(hbaLines(`${comment}\n${open}\n${open}\n`)).toEqual([3]);
  });

  test.each([
    `# postern-ignored: ${id}`,
    `# postern-ignore: x${id}`,
    `# postern-ignore ${id}`,
    `# postern-ignore: A ${id}`,
    `"# postern-ignore: ${id}"`,
  ])('%j does not', (comment) => expect(hbaLines(`${comment}\n${open}\n`)).toEqual([2]));

  test('at the end of the line itself, and not on the next one', () => {
    expect(hbaLines(`${open} # postern-ignore: ${id}\n${open}\n`)).toEqual([2]);
    expect(hbaLines(`${open}\n${open} # postern-ignore-file: ${id}\n`)).toEqual([]);
  });

  test('from the first line of a block that names it', () => {
    expect(hbaLines(`# postern-ignore: ${id}\n# postern-ignore: ${id}\n${open}\n`)).toEqual([]);
  });

  test('a line with a comment behind it ends the block', () => {
    expect(hbaLines(`# postern-ignore: ${id}\nlocal all all peer # a\n${open}\n`)).toEqual([3]);
  });

  test('in the main file only, whose lines have the same numbers', () => {
    const hba = parseHba(`# postern-ignore: ${id}\ninclude x\n`, { major: 18, files: { x: `\n${open}\n` } });
    const found = audit({ hba, major: 18 }).filter((finding) => finding.id === id);
    expect(found.map(({ line, included }) => [line, included])).toEqual([[2, 'x']]);
  });
});

describe('a comment of postgresql.conf silences a rule', () => {
  const id = 'md5-passwords';
  const md5 = "password_encryption = 'md5'";
  test('behind a value, quoted or not', () => {
    expect(confIds(`${md5}\n`)).toContain(id);
    expect(confIds(`${md5} # postern-ignore: ${id}\n`)).not.toContain(id);
    expect(confIds(`password_encryption = md5 # postern-ignore: ${id}\r\n`)).not.toContain(id);
    expect(confIds(`work_mem = '' # postern-ignore-file: ${id}\n${md5}\n`)).not.toContain(id);
  });
});

test('a silenced finding is listed and marked where that is asked for', () => {
  const hba = `# postern-ignore: ${id}\n${open}\n${open}\n`;
  const found = audit({ hba, major: 18, silenced: true }).filter((finding) => finding.id === id);
  expect(found.map(({ line, silenced }) => [line, silenced])).toEqual([
    [2, true],
    [3, undefined],
  ]);
});

test('what is missing comes first, then the lines in their order', () => {
  const lines = audit({ hba: `${open}\nhost all all 0.0.0.0/0 md5\n`, major: 18 }).map(({ line }) => line ?? 0);
  expect(lines).toEqual([...lines].sort((a, b) => a - b));
});
