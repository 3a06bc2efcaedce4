import { afterEach, describe, expect, it } from 'vitest';
import { everyCombination } from '../../server/harness/amount.ts';
import { conforms } from '../../server/harness/conformance.ts';
import { ofPrimary } from '../../server/harness/expectations.ts';
import { inNamespace } from '../../server/harness/namespace.ts';
import { inside } from '../../server/harness/prefix.ts';
import type { Step } from '../../server/harness/readme.ts';
import { until } from '../../server/harness/until.ts';
import { access, rolesOf } from './access.ts';
import { addGuest, guestLogsIn } from './guest.ts';
import { Journey } from './journey.ts';
import { missingRoot } from './roots.ts';
import { type Row, rows } from './rows.ts';

let journey: Journey | undefined;
afterEach(async () => journey?.end());

describe.skipIf(!inNamespace)('the README of a plan, from a clean Debian to in use and back', () => {
  for (const row of rows) {
    const missing = missingRoot(row.suite);
    it.skipIf(missing)(missing ? `${row.name} (${missing})` : row.name, () => travel(row));
  }
});

async function travel(row: Row): Promise<void> {
  const { plan, way, found = '', keeps } = row;
  const { port } = plan.server;
  journey = new Journey(row);
  const { host, unlisted, readme } = journey;
  await host.boot();
  await journey.install();
  await host.must(found);
  await addGuest(host, port);
  const original = await access(host, port);
  const othersLogIn = async () => {
    expect(await guestLogsIn(host, port)).toBe('guest\n');
    if (keeps)
      expect(await journey?.logIn(keeps.source, { ...keeps, database: 'postgres', tls: null })).toMatchObject({
        kind: 'in',
      });
  };
  const asBefore = async () => {
    const now = await access(host, port, rolesOf(original));
    // What certbot's hook has copied is kept, like certbot's own files.
    const files = now.files?.filter(
      (line) => !(plan.security.certificate.source === 'lets-encrypt' && COPIED.test(line)),
    );
    expect({ ...now, files }).toEqual(original);
    await othersLogIn();
  };
  await othersLogIn();

  await journey.follow(under('Your own machine', readme));
  await journey.follow(await serverSteps(row, journey));
  await inUse(row, journey);
  expect((await access(host, port, rolesOf(original))).roles).toEqual(original.roles);
  await testFromClient(journey);

  const reboots = everyCombination || !row.staysUp;
  if (reboots) {
    await host.cut();
    await host.boot();
    await inUse(row, journey);
  }

  await journey.follow(under('Undo', readme));
  await asBefore();
  const again = await journey.onServer('sudo bash database-server/apply.sh --undo');
  expect(again.stdout + again.stderr).toMatch(/nothing/i);
  await asBefore();
  expect(unlisted.attempts).toBeGreaterThan(100);
  expect(unlisted.accepted).toEqual([]);
  conforms({
    target: 'Runbook',
    files: way === 'by hand' ? ['README.md', 'manual-steps.md'] : ['README.md'],
    judgedBy: row.name,
    tried: `every command as written on a booted system; ${reboots ? 'reboot; ' : ''}undo, twice; an unlisted address tries to connect throughout`,
    plans: 1,
    cases: unlisted.attempts,
  });
}

const COPIED = /\/postern-server\.(crt|key)$/;

const under = (name: string, steps: readonly Step[]) => steps.filter(({ section }) => section === name);

/** The steps of the server, with the administrator's decisions where the preflight stops. */
async function serverSteps({ way, decided = [] }: Row, one: Journey): Promise<Step[]> {
  const steps = under('Database server', one.readme);
  const first = steps.findIndex(isApply);
  const others = (some: readonly Step[]) => some.filter((step) => !isApply(step));
  if (way === 'by hand')
    return [...others(steps.slice(0, first)), ...under('Database server', one.manual), ...others(steps.slice(first))];
  if (decided.length === 0) return steps;
  const until = steps.findIndex(({ script }) => script.includes(' --check'));
  await one.follow(steps.slice(0, until));
  const options = (some: readonly string[]) => (script: string) =>
    script.replace(/\/apply\.sh(?= --check|$)/, ['$&', ...some].join(' '));
  for (const [at, option] of decided.entries()) {
    const { code, stdout, stderr } = await one.onServer(options(decided.slice(0, at))(steps[until]?.script ?? ''));
    expect(code, stdout + stderr).toBe(1);
    expect(stdout).toContain(option);
  }
  return steps.slice(until).map((step) => ({ ...step, script: options(decided)(step.script) }));
}

const isApply = ({ script }: Step) => script.includes('/apply.sh');

/** The clients of the plan can log in over TLS and not without, and nobody else reaches the port. */
async function inUse({ keeps }: Row, one: Journey): Promise<void> {
  const sources = sourcesOf(one);
  expect(sources.length).toBeGreaterThan(0);
  for (const source of sources) {
    const outcome = await one.logIn(source);
    expect(outcome, JSON.stringify(outcome)).toMatchObject({ kind: 'in', from: source });
    expect(await one.logIn(source, { tls: null })).toMatchObject({ kind: 'refused' });
  }
  if (keeps)
    expect(await one.logIn(keeps.source, { ...keeps, database: 'postgres', tls: null })).toMatchObject({ kind: 'in' });
  expect(one.unlisted.accepted).toEqual([]);
}

const sourcesOf = ({ plan }: Journey): string[] =>
  ofPrimary(plan)[0]?.sources.flatMap((network) => inside(network).slice(0, 1)) ?? [];

/**
 * As the runbook says; if fail2ban counts, the client is exempt for the test, also as the runbook says. The exemption
 * ends as soon as fail2ban has read every failure, instead of ten minutes later.
 */
async function testFromClient(one: Journey): Promise<void> {
  const steps = under('Client machines', one.readme);
  const bans = steps.find(({ script }) => script.includes('fail2ban-client'));
  if (!bans) return one.follow(steps);
  const onServer = async (action: string) => {
    const line = bans.script.split('\n').find((command) => command.includes(` ${action} `));
    if (!line) throw new Error(`The runbook does not say how to ${action}`);
    for (const source of sourcesOf(one)) await one.host.must(line.replace('ADDRESS', source));
  };
  const lines = async (text: string, log: string) =>
    Number((await one.host.sh(`cat ${log} | grep -cE '${text}' || true`)).stdout);
  const failures = () =>
    lines('FATAL: .*(authentication failed|no pg_hba.conf entry|pg_hba.conf rejects)', '/var/log/postgresql/*.log');
  /** fail2ban's own log has a line for each failure that it read: counted, or ignored. */
  const allRead = () =>
    until('fail2ban has read every failure', async () => {
      const read = await lines('\\[postern-postgresql\\] (Found|Ignore) ', '/var/log/fail2ban.log');
      return read === (await failures());
    });
  await allRead();
  await onServer('addignoreip');
  const before = await failures();
  await one.follow(
    steps
      .filter((step) => step !== bans)
      .map((step) => ({ ...step, script: step.script.replace(/verify\.sh .*/, '$& --exempt') })),
  );
  expect((await failures()) - before).toBeGreaterThan(one.plan.monitoring.maxRetry);
  await allRead();
  await onServer('delignoreip');
  expect(await one.host.must('fail2ban-client status postern-postgresql')).toMatch(/Total banned:\s+0$/m);
}
