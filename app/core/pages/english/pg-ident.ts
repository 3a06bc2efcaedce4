import { file, manual, says, test } from '../../source.ts';
import type { TargetPage } from '../page.ts';

export const identPage: TargetPage = {
  id: 'pg-ident',
  title: 'pg_ident.conf',
  summary:
    "Which user of another system may log in as which role: the server's account as superuser, and users with OAuth.",
  does: [
    ...says(
      test('e2e/server/proofs/superuser.test.ts'),
      'Maps the operating system account that runs the server to a superuser with another name, for the local socket.',
    ),
    ...says(
      test('e2e/server/proofs/oauth.test.ts'),
      "Maps the users of an OAuth client, as the validator library names them, to each role of that client. Each client has a map of its own, so that nobody gets another client's role.",
    ),
    ...says(
      test('e2e/lab/rollout/oauth.test.ts'),
      'Is a block at the end of the existing file where the plan keeps existing rules.',
    ),
  ],
  doesNot: [
    ...says(
      file('app/core/bundle/postgres/ident.ts'),
      'Map names from certificates or Kerberos: those are compared without a map.',
    ),
    ...says(
      test('e2e/lab/rollout/oauth.test.ts'),
      'Keep maps of your own where the plan replaces existing rules, which were the only ones to use them.',
    ),
  ],
  undo: says(
    test('e2e/lab/rollout/undo.test.ts'),
    'sudo bash database-server/apply.sh --undo. On macOS and Windows, restore pg_ident.conf.before-postern and reload.',
  ),
  pitfalls: says(
    manual('auth-username-maps', 'User Name Maps'),
    'PostgreSQL uses a map only for a pg_hba.conf rule that names it with map=.',
  ),
};
