import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultPlan, generate, type Plan } from '../../../app/core/index.ts';
import { majors } from '../harness/binaries.ts';
import { conforms } from '../harness/conformance.ts';
import { deploy } from '../harness/deployment.ts';
import type { Trial } from '../harness/expectations.ts';
import { freshLogFolder } from '../harness/log-folder.ts';
import { inNamespace } from '../harness/namespace.ts';
import { valid } from '../harness/plans.ts';
import { until } from '../harness/until.ts';

const planned = (major: number, platform: Plan['server']['platform']): Plan => {
  const start = defaultPlan('direct');
  const monitoring = { ...start.monitoring, log: 'jsonlog' };
  return valid({ ...start, server: { ...start.server, major, platform }, monitoring }, `jsonlog on ${platform}`);
};

/** The file that `log_filename` of each platform produces; weekdays as strftime(3) writes them. */
const jsonFile = (major: number, platform: Plan['server']['platform']): string => {
  const day = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][new Date().getUTCDay()];
  return platform === 'debian'
    ? `/var/log/postgresql/postgresql-${major}-main.json`
    : `/var/lib/pgsql/${major}/data/log/postgresql-${day}.json`;
};

const trial: Trial = {
  title: 'a login',
  expected: 'in',
  source: '198.51.100.5',
  target: '203.0.113.10',
  role: 'app',
  database: 'app',
  replication: 'none',
  tls: true,
  password: 'wrong',
  certificate: null,
};

describe.skipIf(!inNamespace).each(majors.filter((major) => major >= 15))('jsonlog of PostgreSQL %i', (major) => {
  it.each(['debian', 'rhel'] as const)(
    'is JSON in every line, next to the plain log, laid out as on %s',
    async (platform) => {
      const plan = planned(major, platform);
      freshLogFolder();
      const file = jsonFile(major, platform);
      const stands = await deploy(plan, generate(plan).files);
      try {
        expect((await stands.knock(trial)).kind).toBe('refused');
        expect((await stands.knock({ ...trial, password: 'right' })).kind).toBe('in');
      } finally {
        await stands.stop();
      }
      // The collector ends after the server, once it has written everything.
      await until('the log is whole', () => readFileSync(file, 'utf8').includes('database system is shut down'));
      const lines = readFileSync(file, 'utf8').trim().split('\n');
      const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      const refused = entries.filter(({ error_severity: severity }) => severity === 'FATAL');
      expect(refused).toMatchObject([{ user: 'app', remote_host: trial.source, state_code: '28P01' }]);
      expect(readFileSync(file.replace('.json', '.log'), 'utf8')).toContain(
        'password authentication failed for user "app"',
      );
      conforms({
        target: 'Log settings, jsonlog',
        files: ['conf.d/postern.conf'],
        judgedBy: `PostgreSQL ${major}`,
        tried: 'a refused and a successful login, each line read as JSON',
        plans: 1,
        cases: lines.length,
      });
    },
  );
});
