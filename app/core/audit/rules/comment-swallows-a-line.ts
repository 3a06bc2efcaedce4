import { commentStart } from '../../postgres/hba/comment-start.ts';
import type { Fix, HbaRule } from '../rule.ts';

export const commentSwallowsALine: HbaRule = {
  id: 'comment-swallows-a-line',
  severity: 'medium',
  title: 'A comment that includes the next line',
  why: 'From PostgreSQL 14 on, a backslash at the very end of a line joins the next line to it, even in a comment. Before version 14, the next line took effect.',
  wrong: '# kept in C:\\\nhostssl all app 10.0.0.0/8 scram-sha-256',
  right: '# kept in C:\nhostssl all app 10.0.0.0/8 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  *check({ hba }) {
    for (const { number, raw } of hba.lines) {
      const hash = commentStart(raw);
      const end = hash < 0 ? -1 : raw.indexOf('\n', hash);
      const swallowed = raw.slice(end + 1);
      if (end < 0 || /^[\s\\]*$/.test(swallowed)) continue;
      const comment = raw.slice(0, end);
      // After a NUL, PostgreSQL sees nothing of a physical line, not even its end, and continues with the next one.
      const nul = comment.indexOf('\0');
      if (nul >= 0 && nul < hash) continue;
      const hidden = nul >= 0;
      yield {
        file: 'pg_hba.conf',
        line: number,
        message: hidden
          ? 'A NUL byte hides the end of this comment, so the next line is part of it. Save the file as UTF-8, without NUL bytes.'
          : 'The backslash at the end of this comment makes the next line part of it.',
        ...(hidden
          ? {}
          : { fix: withoutBackslash(number, unjoined(comment), withoutJoins(swallowed.replace(/[\r\n]+$/, ''))) }),
      };
    }
  },
};

const withoutBackslash = (line: number, comment: string, swallowed: string): Fix => ({
  title: 'Remove the backslash',
  file: 'pg_hba.conf',
  // An edit keeps the line ending itself.
  edits: [{ kind: 'replace', line, text: `${comment}\n${swallowed}` }],
  reads: true,
  // A rule may begin the line, before the comment: the swallowed one is below it.
  promise: { kind: 'adds', rules: [{ line: line + 1 + swallowed.split('\n').length, text: swallowed }] },
  leaves: ['no-way-for-the-administrator'],
});

/** A text in which no comment includes the next line. */
function withoutJoins(text: string): string {
  const hash = commentStart(text);
  const end = hash < 0 ? -1 : text.indexOf('\n', hash);
  return end < 0 ? text : `${unjoined(text.slice(0, end))}\n${withoutJoins(text.slice(end + 1))}`;
}

/** The line without the backslashes at its end; the carriage returns at its end belong to its line ending. */
function unjoined(line: string): string {
  let end = line.length;
  while (line[end - 1] === '\\' || line[end - 1] === '\r') end--;
  return line.slice(0, end) + line.slice(end).replaceAll('\\', '');
}
