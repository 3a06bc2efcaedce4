import { file, says, test, vendor } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const ours = file('app/core/bundle/tls/letsencrypt.ts');

export const letsEncryptPage: TargetPage = {
  id: 'lets-encrypt',
  title: "Let's Encrypt",
  summary: 'Gets the certificate, and installs a hook that passes each renewed certificate to PostgreSQL.',
  does: [
    ...says(
      test('e2e/lab/rollout/certificates.test.ts'),
      "Gets the first certificate before PostgreSQL is configured to use it; apply.sh doesn't start without it.",
    ),
    ...says(
      test('e2e/server/proofs/lets-encrypt.test.ts'),
      'Opens port 80 only while certbot validates the name through it, for the first certificate and for each renewal.',
      'Copies certificate and key with the owner and mode that PostgreSQL accepts, then reloads it.',
      "Runs for every certificate that contains the server's name, whatever certbot calls it, and for no other.",
      'Keeps the pair that PostgreSQL has if the new one is incomplete or does not belong together.',
    ),
  ],
  doesNot: says(
    ours,
    'Change a cloud firewall: allow port 80 there, or validate the name with a DNS plugin.',
    'Request a certificate for an IP address, or for a name that is not in public DNS.',
  ),
  undo: says(ours, 'Delete postern.sh in the directories of /etc/letsencrypt/renewal-hooks/'),
  pitfalls: says(
    vendor('Certbot, User Guide', 'https://eff-certbot.readthedocs.io/en/stable/using.html'),
    'Deploy hooks run only after a successful renewal, once for each certificate.',
  ),
};
