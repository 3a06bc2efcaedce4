import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareAccess } from '../hba-analysis/compare.ts';
import { editHba } from '../postgres/hba/edit.ts';
import { type Hba, parseHba } from '../postgres/hba/hba.ts';
import { hbaText } from '../testing/hba-arbitrary.ts';
import { audit } from './audit.ts';

/** The rules whose fix is there to allow something, as its title says. */
const OPENING = new Set(['no-way-for-the-administrator']);

/** The number of lines that the server rejects. */
const refused = (hba: Hba): number => audit({ hba, major: 18 }).filter(({ id }) => id === 'refused-line').length;

test('no fix opens anything that its title does not name, or makes the server reject a line', () => {
  const tried = new Set<string>();
  fc.assert(
    fc.property(
      hbaText({ records: 6, lookups: false, expressions: false }),
      fc.constantFrom('md5', 'password', 'ident map=x', 'trust'),
      (text, method) => {
        const own = text.replaceAll(' b ', ' postgres ').replaceAll(/^(host.*) md5$/gm, `$1 ${method}`);
        const hba = parseHba(own, { major: 18 });
        for (const { id, fix } of audit({ hba, major: 18 })) {
          if (fix?.file !== 'pg_hba.conf') continue;
          tried.add(id);
          const fixed = parseHba(editHba(hba, fix.edits), { major: 18 });
          expect(refused(fixed), `${id} in ${own}`).toBeLessThanOrEqual(refused(hba));
          const opened = compareAccess(hba, fixed).filter(({ kind }) => kind === 'opened');
          if (!OPENING.has(id)) expect(opened, `${id} in ${own}`).toEqual([]);
        }
      },
    ),
    { numRuns: 400 },
  );
  expect([...tried].toSorted()).toEqual(
    expect.arrayContaining([
      'dead-record',
      'ident-over-tcp',
      'md5-method',
      'password-without-tls',
      'superuser-from-afar',
    ]),
  );
});
