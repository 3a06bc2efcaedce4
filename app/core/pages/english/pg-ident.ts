import { file, manual, says, test } from '../../source.ts';
import type { TargetPage } from '../page.ts';

export const identPage: TargetPage = {
  id: 'pg-ident',
  title: 'pg_ident.conf',
  summary: 'Lets the account that runs the server log in as a superuser with a different name.',
  does: says(
    test('e2e/server/proofs/superuser.test.ts'),
    'Maps one operating system account to one role, for the local socket.',
  ),
  doesNot: says(
    file('app/core/bundle/postgres/ident.ts'),
    'Map names from certificates or Kerberos: those are compared without a map.',
  ),
  undo: says(
    test('e2e/lab/rollout/undo.test.ts'),
    'sudo bash database-server/apply.sh --undo. On macOS and Windows, restore pg_ident.conf.before-postern and reload.',
  ),
  pitfalls: says(
    manual('auth-username-maps', 'User Name Maps'),
    'PostgreSQL uses a map only for a pg_hba.conf rule that names it with map=.',
  ),
};
