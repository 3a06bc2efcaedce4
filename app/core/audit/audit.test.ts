import { describe, expect, test } from 'vitest';
import { decodeBytes } from '../bytes/decode.ts';
import { editHba } from '../postgres/hba/edit.ts';
import { parseHba } from '../postgres/hba/hba.ts';
import { audit } from './audit.ts';
import { hbaRules } from './rules.ts';

const ids = (hba: string, major = 18) => audit({ hba, major }).map(({ id }) => id);

describe('each rule of the audit', () => {
  test.each(hbaRules.map((rule) => [rule.id, rule] as const))(
    '%s finds its wrong example and not its right one',
    (id, rule) => {
      expect(ids(rule.wrong)).toContain(id);
      expect(ids(rule.right)).not.toContain(id);
    },
  );

  test.each(hbaRules.map((rule) => [rule.id, rule] as const))('%s is silenced by a comment', (id, { wrong }) => {
    expect(ids(`# postern-ignore-file: ${id}\n${wrong}`)).not.toContain(id);
    for (const { line } of audit({ hba: wrong, major: 18 }).filter((finding) => finding.id === id)) {
      if (line === undefined) continue;
      const silent = editHba(parseHba(wrong, { major: 18 }), [
        { kind: 'insert', line, text: `# postern-ignore: ${id}` },
      ]);
      expect(audit({ hba: silent, major: 18 }).some((finding) => finding.id === id && finding.line === line + 1)).toBe(
        false,
      );
    }
  });

  test.each(hbaRules.map((rule) => [rule.id, rule] as const))(
    '%s has a fix that removes the finding, or none',
    (id, { wrong }) => {
      const before = audit({ hba: wrong, major: 18 }).filter((finding) => finding.id === id);
      for (const { fix } of before) {
        if (!fix) continue;
        const fixed = editHba(parseHba(wrong, { major: 18 }), fix.edits);
        expect(audit({ hba: fixed, major: 18 }).filter((finding) => finding.id === id).length).toBeLessThan(
          before.length,
        );
      }
    },
  );
});

test('where TLS is off, nobody can match a record that requires TLS', () => {
  const found = (conf: string) =>
    audit({ hba: 'hostssl all,replication all all scram-sha-256\n', conf, major: 18 }).map(({ id }) => id);
  expect(found('ssl = on\n')).toEqual(expect.arrayContaining(['open-to-the-world', 'replication-open']));
  expect(found('ssl = off\n')).toContain('ssl-off-with-hostssl');
  expect(found('ssl = off\n')).not.toContain('open-to-the-world');
  expect(found('ssl = off\n')).not.toContain('replication-open');
});

test.each([
  'hostssl all all fe80::1%lo/128 md5',
  'hostssl all all "fe80::1%lo/128" md5',
  'hostssl all all fe80::1%lo ffff:: md5',
  'hostssl all all fe80::1 ffff::%1 md5',
  'hostssl all all ::%1/0 md5',
])('the zone of %s is found and removed', (hba) => {
  const [found] = audit({ hba, major: 18 }).filter(({ id }) => id === 'zone-in-address');
  const fixed = editHba(parseHba(hba, { major: 18 }), found?.fix?.edits ?? []);
  expect(fixed).not.toContain('%');
  const addresses = [hba, fixed].map((text) => parseHba(text, { major: 18 }).records[0]?.record.address);
  expect(addresses[1]).toEqual(addresses[0]);
});

test.each(['"app%b" all', 'all "x%y"'])('a percent sign in a name (%s) is not a zone', (names) =>
  expect(ids(`hostssl ${names} ::1/128 md5`)).not.toContain('zone-in-address'),
);

test('an invisible character is found in databases, roles and host names, and shown', () => {
  for (const hba of ['host a\ufe0f b all md5', 'host a b\u3164 all md5', 'host a b db\u00ad.example.com md5']) {
    const [found] = audit({ hba, major: 18 }).filter(({ id }) => id === 'invisible-character');
    expect(found?.message).toMatch(/^\S+\[U\+[0-9A-F]+\]/);
  }
});

test('a quoted name or value silences nothing, whatever its text, and a comment after it does', () => {
  const open = (database: string, comment = '') => `host ${database} all 0.0.0.0/0 trust${comment}\n`;
  const id = 'trust-over-tcp';
  expect(ids(open(`"# postern-ignore-file: ${id}"`))).toContain(id);
  expect(ids(open(`"a""# postern-ignore: ${id}"`))).toContain(id);
  expect(ids(open('"a # b"', `  # it's "ours", postern-ignore: no # postern-ignore: ${id}`))).not.toContain(id);

  const confIds = (conf: string) => audit({ conf, major: 18 }).map((finding) => finding.id);
  const [first = ''] = confIds('fsync = off\n');
  expect(first).not.toBe('');
  expect(confIds(`fsync = off\nlog_line_prefix = '\\'# postern-ignore-file: ${first}'\n`)).toContain(first);
  expect(confIds(`fsync = off\nlog_line_prefix = 'it''s' # postern-ignore-file: ${first}\n`)).not.toContain(first);

  // Quotes in any number are read in one pass.
  expect(ids(`host "${'""'.repeat(50_000)} postern-ignore: ${id}\n`)).toBeDefined();
});

describe('comments that silence rules', () => {
  const id = 'trust-over-tcp';
  const open = 'host all all 0.0.0.0/0 trust\n';
  const lines = (hba: string) =>
    audit({ hba, major: 18 })
      .filter((finding) => finding.id === id)
      .map(({ line }) => line);

  test('accumulate until the next line that is not a comment, and silence that line only', () => {
    const block = `# postern-ignore: ${id}\n# why\n# postern-ignore: no-tls\n`;
    expect(lines(`${block}${open}${open}`)).toEqual([5]);
    expect(lines(`${block}\n${open}`)).toEqual([5]);
    expect(lines(`# postern-ignore: ${id}\n# postern-ignore-file: no-tls\n${open}`)).toEqual([3]);
    expect(lines(`${open}# postern-ignore: ${id}\n`)).toEqual([1]);
  });

  // 8,000 such lines took two seconds while every line copied the ids above it.
  const many: readonly (readonly [name: string, comments: string])[] = [
    ['100,000 of them with one id', '# postern-ignore: a\n'.repeat(100_000)],
    [
      '600 of them with 500 ids each',
      Array.from(
        { length: 600 },
        (_, line) => `# postern-ignore: ${Array.from({ length: 500 }, (_id, at) => `a${line}-${at}`).join(',')}\n`,
      ).join(''),
    ],
    [
      '600 for the whole file with 500 ids each',
      Array.from(
        { length: 600 },
        (_, line) => `# postern-ignore-file: ${Array.from({ length: 500 }, (_id, at) => `a${line}-${at}`).join(',')}\n`,
      ).join(''),
    ],
  ];
  test.each(many)(
    'take one step per id: %s',
    (_, comments) => {
      expect(
        lines(
          `# postern-ignore: ${id}\n${comments}${comments.includes('-file') ? `# postern-ignore: ${id}\n` : ''}${open}`,
        ),
      ).toEqual([]);
      expect(audit({ conf: `${comments}# postern-ignore: fsync-off\nfsync = off\n`, major: 18 })).toEqual(
        audit({
          conf: `${'#\n'.repeat(comments.split('\n').length - 1)}# postern-ignore: fsync-off\nfsync = off\n`,
          major: 18,
        }),
      );
    },
    60_000,
  );
});

describe('a comment that swallows the next line', () => {
  const id = 'comment-swallows-a-line';
  const rule = 'host all all 10.0.0.0/8 scram-sha-256';
  const found = (hba: string, major = 18) => audit({ hba, major }).filter((finding) => finding.id === id);
  const fixed = (hba: string) =>
    editHba(
      parseHba(hba, { major: 18 }),
      found(hba).flatMap(({ fix }) => fix?.edits ?? []),
    );

  test.each([
    [`# comment é\\\r\n${rule}\r\n`, `# comment é\r\n${rule}\r\n`],
    [`# a\\\r\n# b\n${rule}`, `# a\r\n# b\n${rule}`],
    [`# a\\\\\r\\\r\r\n${rule}\n`, `# a\r\r\r\n${rule}\n`],
    [`# a\\\n# b\\\n${rule}\r\n`, `# a\n# b\n${rule}\r\n`],
    [`host all \\\n all all reject # a\\\r\n${rule}\n`, `host all \\\n all all reject # a\r\n${rule}\n`],
  ])('%j loses the backslash and no other byte', (hba, expected) => expect(fixed(hba)).toBe(expected));

  test.each([
    `host "a#b" \\\n all 10.0.0.0/8 reject\n`,
    `# a\\\n\n${rule}\n`,
    `# a\\`,
    `# a\\ \n${rule}\n`,
    `host all\0 # a\n${rule}\n`,
  ])('%j has none', (hba) => expect(found(hba)).toEqual([]));

  test('a NUL also hides the end of the line, and no backslash is found in it', () => {
    const utf16 = (text: string) => decodeBytes(Buffer.from(text, 'utf16le'));
    for (const hba of [
      `# a\0b\n${rule}\n`,
      `# a\0b\\\n${rule}\n`,
      utf16(`\ufeff# a\n${rule}\n`),
      utf16(`# a\r\n${rule}\r\n`),
    ]) {
      const findings = found(hba);
      expect(findings).toHaveLength(1);
      expect(findings[0]?.message).toMatch(/NUL/);
      expect(findings[0]?.message).not.toMatch(/backslash/);
      expect(findings[0]?.fix).toBeUndefined();
      expect(found(hba, 13)).toEqual([]);
    }
  });
});

test('lines of the maximum file length are searched for comments', () => {
  for (const filling of ['a', '"#"', '#'])
    expect(ids(`${filling.repeat(8_000_000 / filling.length)}\\\n# b\n`)).toBeDefined();
});

test('every fix changes the file, with any line ending and any encoding', () => {
  const written: readonly ((text: string) => string)[] = [
    (text) => text,
    (text) => text.replaceAll('\n', '\r\n'),
    (text) => text.replaceAll('\n', '\\\n'),
    (text) => text.replaceAll('\n', '\0\n'),
    (text) => decodeBytes(Buffer.from(`\ufeff${text}`, 'utf16le')),
    (text) => decodeBytes(Buffer.from(text, 'utf16le')),
  ];
  for (const { wrong } of hbaRules)
    for (const major of [11, 13, 14, 16, 18])
      for (const hba of written.map((write) => write(`${wrong}\n# é\nhost all all 10.0.0.0/8 md5\n`)))
        for (const { id, fix } of audit({ hba, major }))
          if (fix)
            expect(editHba(parseHba(hba, { major }), fix.edits), `${id} in ${JSON.stringify(hba)}`).not.toBe(hba);
});
