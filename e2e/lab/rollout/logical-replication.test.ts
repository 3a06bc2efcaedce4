import { appendFileSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePlan } from '../../../app/core/index.ts';
import { run } from '../../server/harness/command.ts';
import { inNamespace } from '../../server/harness/namespace.ts';
import { own } from '../../server/harness/places.ts';
import { valid } from '../../server/harness/plans.ts';
import { unpackBundle } from './bundle.ts';
import { type AppliedServer, appliedServer } from './server.ts';

const bundle = `${own}/logical-bundle`;
const opened = parsePlan(JSON.parse(readFileSync('public/presets/replication-pair.json', 'utf8')));
if (!opened.ok) throw new Error('the preset is no plan');
const { value: preset } = opened;
const subscriber = preset.clients.find(({ replication }) => replication === 'logical');
const plan = valid(
  {
    ...preset,
    server: { ...preset.server, major: 18, platform: 'debian' },
    firewall: { ...preset.firewall, kind: 'none' },
    // Enough subscribers that the default of 10 is too low.
    clients: preset.clients.map((client) =>
      client === subscriber ? { ...client, roles: ['subscriber_1', 'subscriber_2', 'subscriber_3'] } : client,
    ),
    rollout: { confirmSeconds: 60 },
  },
  'a publisher',
);

describe.skipIf(!inNamespace)('a plan with logical replication', () => {
  let server: AppliedServer;
  beforeAll(async () => {
    server = await appliedServer(plan);
    await unpackBundle(plan, bundle);
    appendFileSync(`${server.config}/postgresql.conf`, 'max_replication_slots = 40\n');
    await server.start();
  });
  afterAll(() => server.end());

  it('lets subscribers create their slots, and keeps more slots than it needs', async () => {
    const create = () => server.ask("select slot_name from pg_create_logical_replication_slot('s', 'pgoutput')");
    await expect(create()).rejects.toThrow('wal_level');
    const { code, stdout, stderr } = await run('bash', [`${bundle}/database-server/apply.sh`]);
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toContain('max_replication_slots stays at 40.');
    expect(await server.ask('show max_replication_slots')).toBe('40');
    expect(Number(await server.ask('show max_wal_senders'))).toBeGreaterThan(10);
    expect(await create()).toBe('s');
    const again = await run('bash', [`${bundle}/database-server/apply.sh`, '--confirm']);
    expect(again.code, again.stderr).toBe(0);
    // The second run finds nothing to change.
    expect((await run('bash', [`${bundle}/database-server/apply.sh`])).stdout).toContain('in place already');
  });

  it('is not undone while a slot would keep PostgreSQL from starting, and is once the slot is gone', async () => {
    const undo = () => run('bash', [`${bundle}/database-server/apply.sh`, '--undo']);
    const refused = await undo();
    expect(refused.code, refused.stdout).not.toBe(0);
    expect(refused.stderr).toContain('these logical replication slots: s.');
    expect(await server.ask('show wal_level')).toBe('logical');
    await server.ask("select pg_drop_replication_slot('s')");
    const undone = await undo();
    expect(undone.code, undone.stdout + undone.stderr).toBe(0);
    expect(await server.ask('show wal_level')).toBe('replica');
  });
});
