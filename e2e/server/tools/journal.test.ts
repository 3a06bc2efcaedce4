import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultPlan, generate, type Plan } from '../../../app/core/index.ts';
import { someMajors } from '../harness/amount.ts';
import { fileAt } from '../harness/bundle.ts';
import { must, run } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { deploy } from '../harness/deployment.ts';
import { guess, VICTIM } from '../harness/guesses.ts';
import { JOURNAL, type Journal, startJournal } from '../harness/journal.ts';
import { inNamespace } from '../harness/namespace.ts';
import { valid } from '../harness/plans.ts';
import { place } from '../harness/writable.ts';

const FILTER = '/etc/fail2ban/filter.d/postern-postgresql.conf';
const JAIL = '/etc/fail2ban/jail.d/postern-postgresql.conf';

const cases = [
  { platform: 'debian', prefix: null, unit: (major: number) => `postgresql@${major}-main.service` },
  { platform: 'rhel', prefix: '%t [%h] %% (%a) ', unit: (major: number) => `postgresql-${major}.service` },
] as const;

const planned = (major: number, platform: Plan['server']['platform'], linePrefix: string | null): Plan => {
  const start = defaultPlan('direct');
  const monitoring = { ...start.monitoring, log: 'syslog', fail2ban: 'journal', linePrefix };
  return valid({ ...start, server: { ...start.server, major, platform }, monitoring }, `${platform}, ${linePrefix}`);
};

/** What PostgreSQL has sent to the journal. */
const messages = (): string[] =>
  must('journalctl', ['-D', JOURNAL, '-o', 'cat', '--no-pager', '-q', 'SYSLOG_IDENTIFIER=postgres'])
    .split('\n')
    .filter((line) => line !== '');

describe.skipIf(!inNamespace)('the fail2ban filter for the journal', () => {
  let journal: Journal;
  let plans = 0;
  let lines = 0;
  beforeAll(async () => {
    journal = await startJournal();
  });
  afterAll(async () => {
    await journal?.stop();
  });

  // fail2ban.test.ts has the messages of every major.
  const tried = cases.flatMap((one) => someMajors(2).map((major) => ({ ...one, major })));
  it.each(tried)(
    'finds every failed login to PostgreSQL $major on $platform in the entries of its unit, and nobody else',
    async ({ platform, prefix, unit, major }) => {
      await journal.clear();
      const made = planned(major, platform, prefix);
      const { files } = generate(made);
      const stands = await deploy(made, files);
      let expected: string[] = [];
      try {
        expected = await guess(stands);
      } finally {
        await stands.stop();
      }
      must('journalctl', ['--sync']);
      const sent = messages();
      const refused = sent.filter((message) => message.includes('-1] ') && message.includes('FATAL:  '));
      expect(refused).toHaveLength(expected.length);
      expect(sent.join('\n')).toContain(VICTIM);
      // There is no systemd here to run the server in a unit, so its messages are written again under the unit's name.
      await journal.write(unit(major), 'postgres', sent);
      // Any program may call itself postgres, but not be in that unit.
      await journal.write('cron.service', 'postgres', refused);
      place(FILTER, fileAt(files, 'database-server/fail2ban/filter.conf').content, 0o644);
      const found = await run('fail2ban-regex', ['-o', '<ip>', `systemd-journal[journalpath=${JOURNAL}]`, FILTER]);
      expect(found.code, found.stderr).toBe(0);
      const hosts = found.stdout.split('\n').filter((line) => line !== '');
      expect({ platform, hosts: hosts.sort() }).toEqual({ platform, hosts: expected.sort() });
      lines += sent.length;
      plans += 1;
    },
  );

  it.each(cases)('is in a configuration that fail2ban accepts on $platform', async ({ platform, prefix, unit }) => {
    const { files } = generate(planned(18, platform, prefix));
    place(FILTER, fileAt(files, 'database-server/fail2ban/filter.conf').content, 0o644);
    place(JAIL, fileAt(files, 'database-server/fail2ban/jail.conf').content, 0o644);
    place('/var/log/auth.log', '', 0o644);
    expect(await run('fail2ban-client', ['-t'])).toMatchObject({ code: 0 });
    const told = (await run('fail2ban-client', ['-d'])).stdout.split('\n').filter((line) => line.includes('postern-'));
    expect(told).toContain("['add', 'postern-postgresql', 'systemd']");
    expect(told).toContain(`['set', 'postern-postgresql', 'addjournalmatch', '_SYSTEMD_UNIT=${unit(18)}']`);
  });

  afterAll(() => {
    if (plans === tried.length)
      conforms({
        target: 'fail2ban, journal',
        files: ['filter.conf', 'jail.conf'],
        judgedBy: `fail2ban-regex ${must('fail2ban-regex', ['--version']).trim()}, systemd-journald`,
        tried: 'entries that real servers sent to the journal, with forged names',
        plans,
        cases: lines,
        notCovered: 'systemd itself: the tests give the entries their unit',
      });
  });
});
