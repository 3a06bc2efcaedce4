import { manual, says, test } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const alterSystem = manual('sql-altersystem', 'ALTER SYSTEM');

export const alterSystemPage: TargetPage = {
  id: 'alter-system',
  title: 'Settings with ALTER SYSTEM',
  summary: "The same settings as SQL, for a server whose files you can't edit.",
  does: says(
    test('e2e/server/proofs/settings.test.ts'),
    'Writes each setting of the plan to postgresql.auto.conf, which PostgreSQL reads after every other file.',
  ),
  doesNot: [
    ...says(manual('config-setting', 'Setting Parameters'), 'Work together with the drop-in file: use one of the two.'),
    ...says(alterSystem, 'Take effect before a reload or restart.'),
  ],
  undo: says(alterSystem, 'ALTER SYSTEM RESET name; for each setting, then a restart.'),
  pitfalls: [
    ...says(
      alterSystem,
      "The statement can't run inside a transaction block, and only superusers and roles that were granted the privilege can use it.",
    ),
    ...says(
      manual('runtime-config-compatible', 'Platform and Client Compatibility'),
      'From version 17 on, the server rejects it if allow_alter_system = off.',
    ),
  ],
};
