import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { defaultPlan, generate, type Plan } from '../../../app/core/index.ts';
import { hostileNames } from '../../../app/core/testing/plan-arbitrary.ts';
import { fileAt } from '../harness/bundle.ts';
import { must, run } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own } from '../harness/places.ts';
import { valid } from '../harness/plans.ts';
import { randomPlans } from './random-plans.ts';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
}

const folder = `${own}/prometheus`;
const rulesOf = (plan: Plan): string =>
  fileAt(generate(plan).files, 'your-machine/prometheus/postern.rules.yaml').content;
const read = (content: string): Rule[] => parse(content).groups[0].rules;

/** Braces are special in Go templates, in addition to what is special in the other names. */
const names = [...hostileNames, '{{ $value }}', '}}{{', '{', 'x{', '{{"', 'a"}b', 'tab\\t', "'single'"].filter(
  (name) => name !== 'x'.repeat(63),
);
const LIMIT = 10;

const limited = (slots: boolean): Plan => {
  const start = defaultPlan('private');
  const [client] = start.clients;
  const replicas = [{ name: 'replica.example.com', addresses: ['10.0.2.20', 'fd00:0:0:2::20'] }];
  return valid(
    {
      ...start,
      network: { ...start.network, replicas, slots },
      clients: [{ ...client, roles: names, connectionLimit: LIMIT }],
      security: { ...start.security, reserved: 2 },
      monitoring: { ...start.monitoring, prometheus: true },
    },
    'limited roles',
  );
};

/** A series in the notation of promtool; its labels are written as Go reads strings. */
const series = (name: string, labels: Readonly<Record<string, string>>, values: string) => ({
  series: `${name}{${Object.entries({ job: 'postgresql', instance: 'db:9187', ...labels })
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
    .join(',')}}`,
  values,
});

const [SLUG, SLOT] = ['replica-example-com', 'postern_replica_example_com'];

/** A healthy state: nothing fires. */
const calm = (slots: boolean) => [
  series('pg_up', {}, '1x12'),
  series('pg_exporter_last_scrape_error', {}, '0x12'),
  series('pg_settings_ssl', { server: 'db:5432' }, '1x12'),
  series('pg_settings_max_connections', { server: 'db:5432' }, '100x12'),
  series('pg_settings_superuser_reserved_connections', { server: 'db:5432' }, '3x12'),
  series('pg_settings_reserved_connections', { server: 'db:5432' }, '2x12'),
  series('pg_stat_database_numbackends', { datid: '5', datname: 'postgres' }, '1x12'),
  series('pg_stat_database_numbackends', { datid: '9', datname: 'app' }, '70x12'),
  series('pg_stat_activity_count', { usename: 'app', datname: 'app', state: 'idle' }, '8x12'),
  series('pg_replication_lag_seconds', {}, '1x12'),
  slots
    ? series('pg_replication_slots_active', { slot_name: SLOT, database: '' }, '1x12')
    : series('pg_stat_replication_pg_wal_lsn_diff', { application_name: SLUG, state: 'streaming' }, '10x12'),
  series('pg_replication_slots_pg_wal_lsn_diff', { slot_name: SLOT, database: '' }, '1000x12'),
];

/** One thing at a time is degraded, and its alert fires. */
const troubles = (slots: boolean) => [
  { alert: 'PostgresqlDown', worse: [series('pg_up', {}, '0x12')] },
  { alert: 'PostgresqlUnwatched', worse: [], without: 'pg_up' },
  { alert: 'PostgresqlExporterFails', worse: [series('pg_exporter_last_scrape_error', {}, '1x12')] },
  { alert: 'PostgresqlTlsOff', worse: [series('pg_settings_ssl', { server: 'db:5432' }, '0x12')] },
  // 95 are for ordinary roles: 77 of them are 81 percent, and 92 are 97.
  {
    alert: 'PostgresqlConnectionsHigh',
    worse: [series('pg_stat_database_numbackends', { datid: '9', datname: 'app' }, '76x12')],
  },
  {
    alert: 'PostgresqlConnectionsExhausted',
    worse: [series('pg_stat_database_numbackends', { datid: '9', datname: 'app' }, '91x12')],
    also: 'PostgresqlConnectionsHigh',
  },
  { alert: 'PostgresqlReplicaLag', worse: [series('pg_replication_lag_seconds', {}, '301x12')] },
  slots
    ? {
        alert: 'PostgresqlReplicaGone',
        worse: [series('pg_replication_slots_active', { slot_name: SLOT, database: '' }, '0x12')],
      }
    : { alert: 'PostgresqlReplicaGone', worse: [], without: 'pg_stat_replication_pg_wal_lsn_diff' },
  ...(slots
    ? [
        {
          alert: 'PostgresqlSlotHoldsWal',
          worse: [series('pg_replication_slots_pg_wal_lsn_diff', { slot_name: SLOT, database: '' }, '6000000000x12')],
        },
      ]
    : []),
];

describe.skipIf(!inNamespace)('the alert rules', () => {
  let cases = 0;
  const judged = `promtool ${/version ([0-9.]+)/.exec(must('promtool', ['--version']))?.[1]}`;

  /** Has promtool run the rules; each test names what fires after forty minutes, and nothing else does. */
  async function promtool(rules: string, tests: readonly object[]): Promise<string> {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}/rules.yaml`, rules);
    writeFileSync(
      `${folder}/tests.yaml`,
      JSON.stringify({ rule_files: ['rules.yaml'], evaluation_interval: '5m', tests }),
    );
    cases += tests.length;
    const { code, stdout, stderr } = await run('promtool', ['test', 'rules', `${folder}/tests.yaml`], { cwd: folder });
    return code === 0 ? '' : `${stdout}${stderr}`;
  }

  it.each([true, false])('fire for their own condition and for nothing else, with slots: %s', async (slots) => {
    const content = rulesOf(limited(slots));
    const known = [...new Set(read(content).map(({ alert }) => alert))];
    const key = ({ series: text }: { readonly series: string }) => text;
    const tests = [{ alert: 'none', worse: [] as ReturnType<typeof series>[] }, ...troubles(slots)].map((trouble) => {
      const { alert, worse, without, also } = { without: undefined, also: undefined, ...trouble };
      const worsened = new Set(worse.map(key));
      const rest = calm(slots).filter(
        (one) => !worsened.has(key(one)) && !(without && key(one).startsWith(`${without}{`)),
      );
      return {
        name: alert,
        interval: '5m',
        input_series: [...rest, ...worse],
        promql_expr_test: known.map((name) => ({
          expr: `count(ALERTS{alertname="${name}", alertstate="firing"}) or vector(0)`,
          eval_time: '40m',
          exp_samples: [{ labels: '{}', value: name === alert || name === also ? 1 : 0 }],
        })),
      };
    });
    expect(known).toEqual(expect.arrayContaining(troubles(slots).map(({ alert }) => alert)));
    expect(await promtool(content, tests)).toBe('');
  });

  it('distinguish each role by its name, and report it, for any name', async () => {
    const content = rulesOf(limited(true));
    const about = read(content).filter(({ alert }) => alert === 'PostgresqlRoleLimit');
    expect(about).toHaveLength(names.length);
    // Half of them are at nine tenths of their limit, then the other half.
    const tests = [0, 1].map((half) => ({
      interval: '5m',
      input_series: names.map((name, index) =>
        series(
          'pg_stat_activity_count',
          { usename: name, datname: 'app', state: 'idle' },
          index % 2 === half ? '9x12' : '8x12',
        ),
      ),
      alert_rule_test: [
        {
          eval_time: '40m',
          alertname: 'PostgresqlRoleLimit',
          exp_alerts: names
            .filter((_, index) => index % 2 === half)
            .map((name) => ({
              exp_labels: { severity: 'warning', role: name, job: 'postgresql', instance: 'db:9187' },
              exp_annotations: {
                summary: `The role ${name} has almost reached its connection limit. Now: 9. Server: db:9187.`,
              },
            })),
        },
      ],
    }));
    expect(await promtool(content, tests)).toBe('');
  });

  it('are rules that Prometheus accepts, for random plans', async () => {
    mkdirSync(folder, { recursive: true });
    const plans = randomPlans(200, (plan, index) => {
      const clients = plan.clients.map((client) => ({
        ...client,
        connectionLimit: index % 2 === 0 ? 1 + index : null,
      }));
      return { ...plan, clients, monitoring: { ...plan.monitoring, prometheus: true } };
    });
    const contents = plans.map(rulesOf);
    const paths = contents.map((content, index) => {
      writeFileSync(`${folder}/${index}.yaml`, content);
      return `${folder}/${index}.yaml`;
    });
    const checked = await run('promtool', ['check', 'rules', ...paths]);
    expect(checked, checked.stderr.slice(-2000)).toMatchObject({ code: 0 });
    const counts = [...checked.stdout.matchAll(/SUCCESS: (\d+) rules found/g)].map(([, count]) => Number(count));
    expect(counts).toEqual(contents.map((content) => read(content).length));
    conforms({
      target: 'Alert rules',
      files: ['postern.rules.yaml'],
      judgedBy: judged,
      tried: 'rules of random plans checked, and alerts made to fire and not to',
      plans: plans.length + 2,
      cases,
      notCovered: 'a running postgres_exporter: names of measurements are those of its source, 0.20',
    });
  });
});
