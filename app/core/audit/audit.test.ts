import { describe, expect, test } from 'vitest';
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

  test.each(hbaRules.map((rule) => [rule.id, rule] as const))('%s has a fix that mends, or none', (id, { wrong }) => {
    const before = audit({ hba: wrong, major: 18 }).filter((finding) => finding.id === id);
    for (const { fix } of before) {
      if (!fix) continue;
      const mended = editHba(parseHba(wrong, { major: 18 }), fix.edits);
      expect(audit({ hba: mended, major: 18 }).filter((finding) => finding.id === id).length).toBeLessThan(
        before.length,
      );
    }
  });
});

test('where TLS is off a record that asks for it is open to nobody', () => {
  const found = (conf: string) =>
    audit({ hba: 'hostssl all,replication all all scram-sha-256\n', conf, major: 18 }).map(({ id }) => id);
  expect(found('ssl = on\n')).toEqual(expect.arrayContaining(['open-to-the-world', 'replication-open']));
  expect(found('ssl = off\n')).toContain('ssl-off-with-hostssl');
  expect(found('ssl = off\n')).not.toContain('open-to-the-world');
  expect(found('ssl = off\n')).not.toContain('replication-open');
});
