import { recordText } from '../audit/record-text.ts';
import { type Conf, effectiveSettings } from '../postgres/conf/conf.ts';
import { editHba } from '../postgres/hba/edit.ts';
import { type Hba, type PlacedRecord, printHba } from '../postgres/hba/hba.ts';
import { md5Roles } from '../postgres/queries.ts';
import { lines } from '../quote/lines.ts';
import { sql } from '../quote/sql.ts';
import { bindingStep, boundCertificate } from './binding.ts';
import { settingStep } from './setting-edit.ts';
import { type LeftRule, type MigrationStep, RELOAD, RESTORE } from './step.ts';

/** Statements that restore each MD5 hash. A hash is stored as it is (manual, CREATE ROLE). */
const restoring = sql`
  SELECT format('ALTER ROLE %I PASSWORD %L;', rolname, rolpassword)
    FROM pg_authid WHERE rolpassword LIKE 'md5%'
    ORDER BY rolname;
`;

const shown = (query: Parameters<typeof lines>[0]): string => lines(query).join('\n');

/** The steps from MD5 hashes to SCRAM, and the rules that they don't change. */
export function toScram(hba: Hba, conf: Conf | undefined): { steps: MigrationStep[]; left: LeftRule[] } {
  const rules = hba.records.filter(({ record }) => record.method === 'md5');
  const value = conf ? effectiveSettings(conf).get('password_encryption')?.value.toLowerCase() : undefined;
  if (rules.length === 0 && !storesMd5(value, hba.major)) return { steps: [], left: [] };
  const changed = rules.flatMap((placed) => {
    const edit = recordText(hba, placed, { method: 'scram-sha-256' });
    return edit ? [{ placed, edit }] : [];
  });
  const left = rules
    .filter((placed) => !changed.some((one) => one.placed === placed))
    .map(({ line, file }) => ({
      line,
      ...(file === undefined ? {} : { file }),
      reason:
        'The rule is in an included file, takes a field from one, or spans several lines. Change md5 to scram-sha-256 there by hand in the step that changes the rules.',
    }));
  const edits = changed.map(({ edit }) => edit);
  const steps: MigrationStep[] = [
    ROLES,
    SAVED,
    CLIENTS,
    encryption(hba.major, conf, value),
    PASSWORDS,
    ...(rules.length === 0
      ? []
      : [
          {
            id: 'scram-rules',
            title: 'Require SCRAM in the rules',
            text: `Change the method of every rule that says md5, and reload. ${roleNames(rules)} The change opens no access: the rules match the same connections as before.`,
            sql: RELOAD,
            files:
              edits.length === 0
                ? []
                : [{ name: 'pg_hba.conf' as const, edits, before: printHba(hba), after: editHba(hba, edits) }],
            check: {
              text: 'Every client logs in again, and the log has no new line with “does not have a valid SCRAM secret” or, before PostgreSQL 14, “does not have a valid SCRAM verifier”.',
            },
            locksOut: 'Roles that still have an MD5 hash. The check of the step before has found none.',
            back: RESTORE,
          },
        ]),
    DONE,
    bindingStep('scram-binding'),
  ];
  return { steps, left };
}

/** Whether new passwords are stored as MD5 hashes; the default changed in 14 (release notes). */
const storesMd5 = (value: string | undefined, major: number): boolean =>
  value === undefined ? false : value === 'md5' || (major < 14 && ['on', 'true', 'yes', '1'].includes(value));

/** Which roles must be ready first, as the rules name them. */
function roleNames(rules: readonly PlacedRecord[]): string {
  const names = new Set(rules.flatMap(({ record }) => record.users.map(({ text }) => text)));
  return names.has('all') || names.size > 5
    ? 'Every role with a password must have its SCRAM hash first.'
    : `These roles must have their SCRAM hash first: ${[...names].join(', ')}.`;
}

const ROLES: MigrationStep = {
  id: 'scram-roles',
  title: 'List the roles with an MD5 hash',
  text: 'Run the query on the primary as a superuser. Find out which application uses each role, and who knows its password.',
  sql: shown(md5Roles),
  files: [],
  check: { text: 'You know the application and the password of every role in the list.' },
  back: { text: 'The step changes nothing.' },
};

const SAVED: MigrationStep = {
  id: 'scram-saved',
  title: 'Save the MD5 hashes',
  text: 'Save the output of this query in a file that only the superuser can read. It restores each role for a client that turns out to be too old. An MD5 hash is as good as the password, so the last step deletes the file.',
  sql: shown(restoring),
  files: [],
  check: { text: 'The file has one line for each role of the list.' },
  back: { text: 'Delete the file.' },
};

const CLIENTS: MigrationStep = {
  id: 'scram-clients',
  title: 'Update the drivers',
  text: 'Compare the driver of each application with the table, and update those that are too old. A pooler logs in too: PgBouncer supports SCRAM since 1.11, and keeps hashes of its own in userlist.txt. psql must be version 10 or later to set a SCRAM password.',
  notes: boundCertificate,
  files: [],
  check: {
    text: 'Every application runs with a driver that supports SCRAM. To try one, log in with it as a test role that has a SCRAM hash; the md5 method uses SCRAM for such a role.',
  },
  back: { text: 'A newer driver also logs in with an MD5 hash, so nothing has to be undone.' },
};

function encryption(major: number, conf: Conf | undefined, value: string | undefined): MigrationStep {
  const stored = value?.replaceAll('_', '-');
  const file = conf && stored !== 'scram-sha-256' && (value !== undefined || major < 14) ? conf : undefined;
  return {
    id: 'scram-encryption',
    title: 'Store new passwords as SCRAM hashes',
    text: `Set password_encryption to scram-sha-256 and reload. Stored hashes stay as they are, so every client still logs in. ${
      major < 14 ? `The default of PostgreSQL ${major} is md5.` : `It is the default of PostgreSQL ${major}.`
    }`,
    sql: file ? RELOAD : `ALTER SYSTEM SET password_encryption = 'scram-sha-256';\n${RELOAD}`,
    files: file ? [settingStep(file, 'password_encryption', "'scram-sha-256'")] : [],
    check: {
      text: 'A new session answers scram-sha-256, and no role has a setting of its own that says md5.',
      sql: "SHOW password_encryption;\nSELECT setrole::regrole AS role, setconfig FROM pg_db_role_setting WHERE setconfig::text LIKE '%password_encryption%';",
    },
    back: file ? RESTORE : { text: 'Reset the setting.', sql: `ALTER SYSTEM RESET password_encryption;\n${RELOAD}` },
  };
}

const PASSWORDS: MigrationStep = {
  id: 'scram-passwords',
  title: 'Set each password again',
  text: 'Set the password of one role at a time, the same one or a new one, with \\password in psql: it sends only the hash. After each role, wait until its applications have connected again.',
  sql: '\\password "role"',
  files: [],
  check: { text: 'The query returns no rows.', sql: shown(md5Roles) },
  locksOut: 'Clients of the role whose driver does not support SCRAM, from the moment its password is set.',
  back: { text: 'Run the line of that role in the file with the MD5 hashes. It works with the rules as they are now.' },
};

const DONE: MigrationStep = {
  id: 'scram-done',
  title: 'Delete the MD5 hashes',
  text: 'Delete the file with the MD5 hashes. Backups and dumps made before contain them too: anyone who has such a hash can log in wherever a rule still says md5.',
  files: [],
  check: { text: 'The file is deleted.' },
  back: { text: 'To return to MD5 after this step, set the passwords again under password_encryption = md5.' },
};
