import { atSetting, type ConfRule } from '../rule.ts';

export const unreadableLine: ConfRule = {
  id: 'unreadable-line',
  severity: 'high',
  title: "A line that the server can't parse",
  why: "A line consists of a name, an optional equals sign, and one value. Anything other than a simple word or number needs single quotes. With one line that it can't parse, the server doesn't start, and a reload changes nothing.",
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
      if (!problem.error.startsWith('could not open'))
        yield atSetting(problem, `PostgreSQL reports: ${problem.error}.`);
  },
};
