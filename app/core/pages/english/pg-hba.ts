import { file, manual, says, test } from '../../source.ts';
import type { TargetPage } from '../page.ts';

export const hbaPage: TargetPage = {
  id: 'pg-hba',
  title: 'pg_hba.conf',
  summary:
    'Who can connect: the rules of the plan, in the order in which PostgreSQL evaluates them, as a whole file or as a block in the present one. The manual calls a rule a record.',
  does: [
    ...says(
      test('e2e/lab/rollout/others.test.ts'),
      "Replaces the file, and keeps the superuser's local access. apply.sh lists each role that would lose access and stops unless you run it with --replace-rules.",
      "Or merges: adds one marked block to the end, where it can't change what existing rules decide. apply.sh stops and names an existing rule that matches a client of the plan first.",
    ),
    ...says(
      test('app/core/bundle/postgres/hba.test.ts'),
      'Gives each client and each local service a rule with its databases, roles, network, encryption and authentication method.',
    ),
    ...says(
      test('e2e/server/proofs/refusal-texts.test.ts'),
      'Ends with a reject rule, if the plan says so, which distinguishes a deliberate rejection from a missing rule.',
    ),
  ],
  doesNot: [
    ...says(manual('ddl-priv', 'Privileges'), 'Grant a role any privilege inside a database: roles.sql does.'),
    ...says(
      file('app/core/bundle/rollout/apply/scripts.ts'),
      "Compare the rules where apply.sh doesn't run, on macOS and Windows: compare the new file with your old one first.",
    ),
  ],
  undo: says(
    test('e2e/lab/rollout/undo.test.ts'),
    'sudo bash database-server/apply.sh --undo. On macOS and Windows, restore pg_hba.conf.before-postern and reload.',
  ),
  pitfalls: [
    ...says(
      manual('auth-oauth', 'OAuth Authorization/Authentication', 18),
      'A reload accepts an OAuth rule whose validator library is not installed, whose option the library does not have, or whose issuer has another name. Each shows only at a login.',
    ),
    ...says(
      manual('auth-pg-hba-conf', 'The pg_hba.conf File'),
      "The first rule that matches decides; if its authentication fails, PostgreSQL doesn't try the next one.",
      'all does not match physical replication, which needs a rule of its own.',
    ),
    ...says(
      manual('view-pg-hba-file-rules', 'pg_hba_file_rules'),
      'A reload keeps the old rules if the new file has an error. The view pg_hba_file_rules shows the error.',
    ),
  ],
};
