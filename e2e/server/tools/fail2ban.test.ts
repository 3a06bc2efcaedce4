import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { defaultPlan, generate, type Plan } from '../../../app/core/index.ts';
import { majorsOf } from '../harness/amount.ts';
import { majors } from '../harness/binaries.ts';
import { fileAt } from '../harness/bundle.ts';
import { must, run } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { deploy } from '../harness/deployment.ts';
import { guess, VICTIM } from '../harness/guesses.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own } from '../harness/places.ts';
import { valid } from '../harness/plans.ts';
import { place } from '../harness/writable.ts';

const prefixes = [
  null,
  '%t [%p-%l] %r ',
  '[%h] %c %e|%a|',
  '%n %p <%-20h> %v %x ',
  '%m %% [%p] (%(h)s) ;#%h; '.replace('(%(h)s)', 'ä$'),
  '%s %b %Q %P "%r" %i ',
  '%h ',
];
/** Each prefix is tried on three majors, and each major has two or three prefixes. */
const prefixesOn = (major: number) => prefixes.filter((_, at) => majorsOf(at, 3).includes(major));
const JAIL = '/etc/fail2ban/jail.d/postern-postgresql.conf';
const FILTER = '/etc/fail2ban/filter.d/postern-postgresql.conf';
const plan = (major: number, linePrefix: string | null): Plan => {
  const start = defaultPlan('direct');
  return valid(
    {
      ...start,
      server: { ...start.server, major },
      monitoring: { ...start.monitoring, fail2ban: 'file', linePrefix },
    },
    `prefix ${linePrefix}`,
  );
};

describe.skipIf(!inNamespace)('the fail2ban filter', () => {
  let lines = 0;
  let plans = 0;
  for (const major of majors)
    it(`finds every failed login in the log of PostgreSQL ${major}, and nobody else`, async () => {
      for (const prefix of prefixesOn(major)) {
        const made = plan(major, prefix);
        const { files } = generate(made);
        const stands = await deploy(made, files);
        let expected: string[] = [];
        try {
          expected = await guess(stands);
        } finally {
          await stands.stop();
        }
        const log = stands.server.log();
        place(FILTER, fileAt(files, 'database-server/fail2ban/filter.conf').content, 0o644);
        place(`${own}/f2b.log`, log, 0o644);
        const found = await run('fail2ban-regex', ['-o', '<ip>', `${own}/f2b.log`, FILTER]);
        expect(found.code, found.stderr).toBe(0);
        const hosts = found.stdout.split('\n').filter((line) => line !== '');
        expect({ prefix, hosts: hosts.sort() }).toEqual({ prefix, hosts: expected.sort() });
        expect(log).toContain(VICTIM);
        lines += log.split('\n').length;
        plans += 1;
      }
    });

  it('is in a configuration that fail2ban accepts, with the ban limited to the port', async () => {
    const { files } = generate(plan(18, null));
    place(FILTER, fileAt(files, 'database-server/fail2ban/filter.conf').content, 0o644);
    place(JAIL, fileAt(files, 'database-server/fail2ban/jail.conf').content, 0o644);
    place('/var/log/postgresql/postgresql-18-main.log', '', 0o644);
    place('/var/log/auth.log', '', 0o644);
    const tested = await run('fail2ban-client', ['-t']);
    expect(tested, tested.stderr).toMatchObject({ code: 0 });
    const told = (await run('fail2ban-client', ['-d'])).stdout;
    const ours = told.split('\n').filter((line) => line.includes('postern-postgresql'));
    expect(ours.join('\n')).toMatch(/'bantime', '60m'/);
    expect(ours.join('\n')).toMatch(/\['port', '5432'\]/);
    expect(ours.join('\n')).not.toContain('allports');
    expect(readFileSync(JAIL, 'utf8')).toContain('ignoreip = 127.0.0.0/8 ::1 203.0.113.10');
  });

  afterAll(() => {
    if (plans === majors.flatMap(prefixesOn).length)
      conforms({
        target: 'fail2ban',
        files: ['filter.conf', 'jail.conf'],
        judgedBy: `fail2ban-regex ${must('fail2ban-regex', ['--version']).trim()}`,
        tried: 'log lines of real servers, with forged names',
        plans,
        cases: lines,
      });
  });
});
