import { file, manual, says, test } from '../../source.ts';
import type { TargetPage } from '../page.ts';

export const verifyPage: TargetPage = {
  id: 'verify',
  title: 'verify.sh',
  summary: 'Run from a client, it tests whether access works as planned.',
  does: [
    ...says(
      test('e2e/server/proofs/presets.test.ts'),
      "Tests the client's own access, and connections that must be rejected, and compares the error messages word for word with those of the server's version.",
    ),
    ...says(
      test('e2e/server/proofs/verify-dates.test.ts'),
      "Checks the certificate that each server presents, and the client's own: an expired one is a failed check, one that expires soon is a warning.",
    ),
    ...says(
      test('e2e/server/proofs/verify-roles.test.ts'),
      "Tests only one role if you specify it after the client's name, and prompts at a terminal for each password that ~/.pgpass doesn't have.",
    ),
  ],
  doesNot: says(
    file('app/core/bundle/rollout/verify.ts'),
    'Check more than the client can see: it tests from outside.',
  ),
  undo: says(
    file('app/core/bundle/rollout/jail.ts'),
    'Nothing on the server: it changes nothing there. Where fail2ban counts failed logins, it records its own failed logins in ~/.local/state/postern; delete that directory.',
  ),
  pitfalls: says(
    manual('client-authentication-problems', 'Authentication Problems'),
    "The client's error message gives no reason other than the missing entry; the server log has more.",
  ),
};
