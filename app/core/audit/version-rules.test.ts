import { describe, expect, test } from 'vitest';
import { MAJORS } from '../postgres/release.ts';
import { audit } from './audit.ts';
import { versionRules } from './version-rules.ts';

const ids = versionRules.map(({ id }) => id);
const found = (major: number, files: { readonly hba?: string; readonly conf?: string }) =>
  audit({ major, ...files }).filter(({ id }) => ids.includes(id));

describe('each rule about the version', () => {
  test.each(versionRules.map((rule) => [rule.id, rule] as const))(
    '%s finds its wrong version and not its right one, and a comment in either file silences it',
    (id, { wrong, right }) => {
      const raised = (version: string, comment = '') =>
        [{ hba: `${comment}local all all peer` }, { conf: `${comment}log_connections = on` }].map((files) =>
          found(Number(version), files).map((finding) => finding.id),
        );
      expect(raised(wrong)).toEqual([[id], [id]]);
      expect(raised(right)).toEqual([[], []]);
      expect(raised(wrong, `# postern-ignore-file: ${id}\n`)).toEqual([[], []]);
    },
  );

  test('the end of each version is reported, with its day', () => {
    const said = MAJORS.map((major) => {
      const [one] = found(major, { hba: 'local all all peer\n' });
      return [major, one?.id, /\d{4}-\d\d-\d\d/.exec(one?.message ?? '')?.[0]];
    });
    expect(said).toEqual([
      [11, 'unsupported-version', '2023-11-09'],
      [12, 'unsupported-version', '2024-11-21'],
      [13, 'unsupported-version', '2025-11-13'],
      [14, 'unsupported-version', '2026-11-12'],
      [15, 'support-ends-soon', '2027-11-11'],
      ...[16, 17, 18, 19].map((major) => [major, undefined, undefined]),
    ]);
  });
});

describe('what stops the upgrade is named by its line', () => {
  const message = (hba: string, conf: string, major = 14) => found(major, { hba, conf })[0]?.message;
  const nothing = 'Nothing in these files stops it.';

  test.each([
    [
      'a method',
      'host all all 10.0.0.1/32 radius radiusservers=::1 radiussecrets=x',
      '',
      'pg_hba.conf, line 1 (invalid authentication method "radius")',
    ],
    [
      'a removed setting',
      '',
      '\nescape_string_warning = on',
      'postgresql.conf, line 2 (escape_string_warning was removed after PostgreSQL 18)',
    ],
    ['a value', '', "password_encryption = 'on'", undefined],
  ])('%s', (_, hba, conf, stop) => {
    if (stop === undefined) expect(message(hba, conf)).toContain(nothing);
    else expect(message(hba, conf)).toContain(`doesn't start: ${stop}.`);
  });

  test.each([
    ['what the version itself rejects', 'host all all md5\n', 'escape_string_warnings = on\nwork_mem = 5 mb'],
    ['a file that is included', 'host all @names all md5\n', 'include_if_exists = more.conf'],
  ])('%s is no reason', (_, hba, conf) => expect(message(hba, conf)).toContain(nothing));

  test('many lines are counted', () =>
    expect(message('host all all ::1/128 radius radiusservers=::1 radiussecrets=x\n'.repeat(5), '')).toMatch(
      /line 1 .*; .*line 2 .*; .*line 3 .*, and 2 more\.$/,
    ));
});
