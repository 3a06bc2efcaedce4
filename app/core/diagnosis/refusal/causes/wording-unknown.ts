import type { Cause } from '../cause.ts';

/** The cause of a message whose wording is unknown and whose code leaves several: each is a possibility. */
export const wordingUnknown = (causes: readonly Cause[]): Cause => ({
  id: 'wording-unknown',
  layer: causes[0]?.layer ?? 'method',
  title: 'The code of the message leaves several causes',
  explanation:
    "The wording isn't known, but the message contains PostgreSQL's error code or the function that reported it, which are the same in every language.",
  fix: "Paste the server log of the same moment. It has the DETAIL that the client isn't told.",
  check: "Set lc_messages = 'C' in postgresql.conf, reload, and try again: the message is then in English.",
  otherwise: 'Without the code, only the wording tells what happened.',
  couldBe: causes.map(({ id, title, explanation }) => ({ cause: id, what: title, tell: explanation })),
  wordings: [],
  examples: [],
  references: [
    {
      title: 'PostgreSQL manual, PostgreSQL Error Codes',
      url: 'https://www.postgresql.org/docs/current/errcodes-appendix.html',
    },
  ],
});
