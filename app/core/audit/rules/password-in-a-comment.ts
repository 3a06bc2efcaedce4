import { commentStart } from '../../postgres/hba/comment-start.ts';
import type { Fix, HbaRule } from '../rule.ts';

/**
 * What holds a password: a line of a password file (host:port:database:user:password), a connection URI with one, and an
 * assignment of a kind that programs read.
 */
const PASSWORD =
  /(?:^|[\s"'])(?:[^\s:]+:(?:\d{1,5}|\*):[^\s:]+:[^\s:]+:[^\s:]+(?:$|[\s"'])|postgres(?:ql)?:\/\/[^\s:/@]+:[^\s@/]+@|(?:PGPASSWORD|ldapbindpasswd|password|passwd|pwd)\s?=\s?["']?[^\s"'<>{}$*]{3,})/i;

/** Names of methods and settings that are no password: `password=scram-sha-256`. */
const METHOD = /(?:=\s?["']?)(?:scram-sha-256|md5|on|off|yes|no|true|false|none|required?|xxx+)\b/i;

export const passwordInAComment: HbaRule = {
  id: 'password-in-a-comment',
  severity: 'medium',
  title: 'A comment seems to contain a password',
  why: 'pg_hba.conf is copied into backups, repositories and support requests, and every superuser can read it through SQL. Remove the password, and change it if the file was shared.',
  wrong: '# db.example.com:5432:orders:app:S3cret!',
  right: '# The password of app is in the password manager.',
  references: [
    { title: 'PostgreSQL manual, The Password File', url: 'https://www.postgresql.org/docs/current/libpq-pgpass.html' },
  ],
  *check({ hba }) {
    for (const { number, raw: line } of hba.lines) {
      const raw = line.replace(/[\r\n]+$/, '');
      const at = commentStart(raw);
      const comment = at < 0 ? '' : raw.slice(at + 1);
      if (!PASSWORD.test(comment) || METHOD.test(comment)) continue;
      const before = raw.slice(0, at).replace(/[ \t]+$/, '');
      yield {
        file: 'pg_hba.conf',
        line: number,
        message:
          'This comment has the form of a line of a password file, a connection URI, or an assignment with a password.',
        // A comment that continues on the next line has more in it than this.
        ...(comment.includes('\n') ? {} : { fix: withoutComment(number, before) }),
      };
    }
  },
};

const withoutComment = (line: number, before: string): Fix => ({
  title: 'Remove the comment',
  file: 'pg_hba.conf',
  edits: [before === '' ? { kind: 'delete', line } : { kind: 'replace', line, text: before }],
  promise: { kind: 'same' },
});
