import type { TargetPage } from '../page.ts';

export const letsEncryptPage: TargetPage = {
  id: 'lets-encrypt',
  title: "Let's Encrypt",
  summary: 'A hook that hands each renewed certificate to PostgreSQL.',
  does: [
    'Copies certificate and key with the owner and the mode that PostgreSQL accepts, then reloads it.',
    'Acts for every certificate of the name of the server, whatever certbot calls it, and for no other.',
    'Leaves the pair that PostgreSQL has where the new one is incomplete or does not belong together.',
  ],
  doesNot: [
    'Get the first certificate: certbot does, and it needs port 80 or a DNS record.',
    'Certify an address or a private name.',
  ],
  undo: ['Delete the hook in /etc/letsencrypt/renewal-hooks/deploy/'],
  pitfalls: [
    {
      text: 'Deploy hooks run only after a renewal that succeeded, once for each certificate.',
      source: { title: 'Certbot, User Guide', url: 'https://eff-certbot.readthedocs.io/en/stable/using.html' },
    },
  ],
};
