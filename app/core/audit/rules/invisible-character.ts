import { codePoint, findUnseen, spelledOut } from '../../plan/unseen.ts';
import { atRecord, type HbaRule } from '../rule.ts';

export const invisibleCharacter: HbaRule = {
  id: 'invisible-character',
  severity: 'medium',
  title: 'A name contains an invisible character',
  why: 'PostgreSQL compares names byte by byte. A rule with an invisible character in a name looks like a rule for one role or database and applies to another, so a reject may not reject and an allowed client may be rejected.',
  wrong: 'host all postgres\u200b 0.0.0.0/0 reject',
  right: 'host all postgres 0.0.0.0/0 reject',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
    { title: 'Unicode Technical Report 36, Security Considerations', url: 'https://www.unicode.org/reports/tr36/' },
  ],
  near: true,
  *check({ hba }) {
    for (const placed of hba.records) {
      const { databases, users, address } = placed.record;
      const hosts = address?.kind === 'name' ? [address.name] : [];
      for (const text of [...databases, ...users].map((token) => token.text).concat(hosts)) {
        // A lone surrogate represents a byte that is not UTF-8.
        const found = findUnseen(text.replace(/\p{Cs}/gu, ''));
        if (found)
          yield atRecord(placed, `${spelledOut(text)} contains ${codePoint(found.character)}, which is not visible.`);
      }
    }
  },
};
