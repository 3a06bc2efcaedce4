import { atRecord, type HbaRule } from '../rule.ts';

export const expressionWithoutAnchors: HbaRule = {
  id: 'expression-without-anchors',
  severity: 'warning',
  title: 'A regular expression without anchors matches inside names',
  why: 'PostgreSQL looks for the expression anywhere in the name: /app matches app, and also my_app_admin. ^ and $ bind it to the whole name.',
  wrong: 'hostssl all /app 10.0.0.0/8 scram-sha-256',
  right: 'hostssl all /^app$ 10.0.0.0/8 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  *check({ hba, major }) {
    if (major < 16) return;
    for (const placed of hba.records) {
      for (const { text } of [...placed.record.databases, ...placed.record.users]) {
        if (!text.startsWith('/') || /^\/(?:\^.*\$)?$/s.test(text)) continue;
        yield atRecord(placed, `${text} also matches names that only contain it; /^…$ binds it to the whole name.`);
      }
    }
  },
};
