import type { TargetPage } from '../page.ts';

export const verifyPage: TargetPage = {
  id: 'verify',
  title: 'verify.sh',
  summary: 'Run from a client, it says whether what the plan promises holds.',
  does: [
    "Tries the client's own way in, and ways that must be refused, and compares the refusals word for word with those of the server's version.",
  ],
  doesNot: ['Ask for more than the client may see: it looks from outside.'],
  undo: ['Nothing: it changes nothing'],
  pitfalls: [
    {
      text: 'A refusal names no reason beyond the record that was missing; the log of the server says more.',
      source: {
        title: 'PostgreSQL, Authentication Problems',
        url: 'https://www.postgresql.org/docs/current/client-authentication-problems.html',
      },
    },
  ],
};
