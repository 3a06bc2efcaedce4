import { file, manual, says, test } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const rolesTest = test('e2e/server/proofs/roles.test.ts');
const ours = file('app/core/bundle/postgres/roles.ts');

export const rolesPage: TargetPage = {
  id: 'roles',
  title: 'roles.sql',
  summary: 'Creates missing login roles and databases, and sets which role can connect to which database.',
  does: [
    ...says(
      rolesTest,
      'CREATE ROLE for missing roles: LOGIN, and no other privilege that the plan does not state.',
      'ALTER ROLE only for the attributes that the plan states: connection limit, last valid day, REPLICATION. Everything else about an existing role is left unchanged and listed where it matters.',
      'Grants CONNECT on the databases of the plan to their roles and, if the plan says so, revokes it from PUBLIC. It stops and lists roles outside the plan that would lose it, unless you run psql with -v revoke_connect=yes.',
      'Grants privileges on schema public where a client asks for them: read, read and write, or create tables.',
    ),
    ...says(
      ours,
      'Creates roles for local services; monitoring gets pg_monitor, backup gets REPLICATION.',
      'Stops, before it changes anything, when a role of the plan is a superuser.',
    ),
  ],
  doesNot: [
    ...says(ours, 'Contain a password: \\password prompts for each.'),
    ...says(rolesTest, 'Revoke a privilege that a role already has.'),
    ...says(ours, 'Drop a role or a database.'),
  ],
  undo: says(
    manual('sql-grant', 'GRANT'),
    'GRANT CONNECT ON DATABASE name TO PUBLIC; and DROP ROLE for those that are no longer needed.',
  ),
  pitfalls: [
    ...says(
      manual('ddl-priv', 'Privileges'),
      'PUBLIC has CONNECT and TEMPORARY on a new database until they are revoked.',
    ),
    ...says(
      manual('sql-createrole', 'CREATE ROLE'),
      "A connection limit doesn't apply to superusers, and VALID UNTIL limits the password, not the role.",
    ),
  ],
};
