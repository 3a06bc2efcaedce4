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
});
