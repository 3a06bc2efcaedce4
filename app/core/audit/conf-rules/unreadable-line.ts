import { atSetting, type ConfRule } from '../rule.ts';

export const unreadableLine: ConfRule = {
  id: 'unreadable-line',
  severity: 'critical',
  title: 'A line that the server cannot read',
  why: 'A line is a name, an equals sign if one likes, and one value; whatever is more than a plain word or number stands in single quotes. With one line that it cannot read the server does not start, and a reload changes nothing.',
  wrong: 'search_path = a, b',
  right: "search_path = 'a, b'",
  references: [
    {
      title: 'PostgreSQL manual, Setting Parameters',
      url: 'https://www.postgresql.org/docs/current/config-setting.html',
    },
  ],
  *check({ conf }) {
    for (const problem of conf.problems)
      if (!problem.error.startsWith('could not open')) yield atSetting(problem, `The server says: ${problem.error}.`);
  },
};
