import { afterAll, describe, expect, test } from 'vitest';
import { score } from '../../testing/score.ts';
import { diagnose } from './diagnose.ts';
import { moreReports, type Reported } from './more-reports.cases.ts';
import { loadToEnglish } from './translations/english.ts';

const toEnglish = await loadToEnglish();

const causesOf = ({ text, options }: Reported): readonly string[] =>
  diagnose(text.join('\n'), { ...options, toEnglish }).causes.map(({ id }) => id);

describe('reports whose threads found the cause', () => {
  afterAll(() => {
    for (const tried of new Set(moreReports.map((one) => one.class))) {
      const own = moreReports.filter((one) => one.class === tried);
      const right = own.filter((one) => causesOf(one).join() === one.expected.join()).length;
      score({ target: 'public problem reports, examined again', tried, right, of: own.length });
    }
  });

  test.each(moreReports.map((one) => [one.class, one.from, one] as const))('%s: %s', (_, _from, one) => {
    expect([one.text, causesOf(one)]).toEqual([one.text, one.expected]);
  });

  test('a message whose encoding is lost leaves only what its code and the remaining words allow', () => {
    const [one] = moreReports.filter(({ from }) => from.endsWith('/dbx/issues/6770'));
    const left = diagnose(one?.text.join('\n') ?? '').causes.flatMap(({ couldBe }) =>
      couldBe.map(({ cause }) => cause),
    );
    expect(left).toEqual(['no-entry-without-tls', 'rejected-without-tls']);
  });

  test('the first start of a container, which stops the server once, is no cause', () => {
    const start = [
      'db-1  | 2024-02-24 02:25:27.100 UTC [48] LOG:  database system is ready to accept connections',
      'db-1  | 2024-02-24 02:25:28.100 UTC [48] LOG:  received fast shutdown request',
      'db-1  | 2024-02-24 02:25:28.110 UTC [48] LOG:  aborting any active transactions',
      'db-1  | 2024-02-24 02:25:28.120 UTC [50] FATAL:  terminating connection due to administrator command',
      'db-1  | PostgreSQL init process complete; ready for start up.',
      'db-1  | 2024-02-24 02:25:28.803 UTC [1] LOG:  database system is ready to accept connections',
    ];
    const refused = 'db-1  | 2024-02-24 02:26:00.000 UTC [60] FATAL:  database "shop" does not exist';
    const found = (lines: readonly string[]) => diagnose(lines.join('\n')).causes.map(({ id }) => id);
    expect(found(start.filter((line) => !line.includes('FATAL')))).toEqual([]);
    expect(found([...start, refused])).toEqual(['database-missing']);
  });
});
