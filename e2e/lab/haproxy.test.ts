import { type ChildProcess, spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generate, type Plan } from '../../app/core/index.ts';
import { accountNamed } from '../server/harness/accounts.ts';
import { fileAt } from '../server/harness/bundle.ts';
import { must, run } from '../server/harness/command.ts';
import { conforms } from '../server/harness/conformance.ts';
import { attempt } from '../server/harness/connect.ts';
import { type Deployment, deploy } from '../server/harness/deployment.ts';
import { carry } from '../server/harness/loopback.ts';
import { inNamespace } from '../server/harness/namespace.ts';
import { answers } from '../server/harness/sshd.ts';
import { until } from '../server/harness/until.ts';
import { place } from '../server/harness/writable.ts';
import { agency, office, proxyPlan } from './proxies.ts';

const config = '/etc/haproxy/haproxy.cfg';

describe.skipIf(!inNamespace).each([{ major: 11 }, { major: 14 }, { major: 18 }])(
  'HAProxy before PostgreSQL $major',
  ({ major }) => {
    const base = proxyPlan(major, { kind: 'haproxy', port: 6432 });
    const plan: Plan = {
      ...base,
      clients: base.clients.map((client) =>
        client.name === 'agency' ? { ...client, auth: { method: 'cert' } } : client,
      ),
    };
    const { files } = generate(plan);
    const network = plan.network as Extract<Plan['network'], { pattern: 'bastion' }>;
    let database: Deployment;
    let proxy: ChildProcess;
    let tried = 0;

    beforeAll(async () => {
      database = await deploy(plan, files);
      carry([...network.publicAddresses, ...network.privateAddresses]);
      accountNamed('haproxy');
      place(config, fileAt(files, 'bastion/haproxy.cfg').content, 0o644);
      proxy = spawn('haproxy', ['-db', '-f', config], { stdio: 'ignore' });
      await until('HAProxy listens', () => {
        if (proxy.exitCode !== null) throw new Error('haproxy ended');
        return answers(network.publicAddresses[0] ?? '', 6432);
      });
    });
    afterAll(async () => {
      proxy?.kill('SIGTERM');
      await database?.stop();
    });

    const knock = (
      source: string,
      role: string,
      name: string,
      more: { tls?: boolean; password?: string; certificate?: false } = {},
    ) => {
      tried += 1;
      carry([source]);
      const target = network.publicAddresses.find((one) => one.includes(':') === source.includes(':')) ?? '';
      const certificate = more.certificate === false ? undefined : database.certificates.clients.get(role);
      return attempt({
        source,
        target,
        port: 6432,
        role,
        database: name,
        replication: 'none',
        tls: more.tls === false ? null : { ca: database.certificates.ca, name: network.name },
        password: more.password ?? database.passwordOf(role),
        ...(certificate ? { certificate } : {}),
      });
    };

    it('has a configuration that HAProxy reads without a warning', async () => {
      expect(await run('haproxy', ['-c', '-f', config])).toMatchObject({ code: 0, stderr: '' });
    });

    it('forwards clients of the listed networks, end to end, and PostgreSQL sees the bastion', async () => {
      for (const source of [office.four, office.six])
        expect(await knock(source, 'staff', 'app')).toMatchObject({ kind: 'in', from: network.privateAddresses[0] });
      expect(await knock(agency.four, 'agency', 'reports')).toMatchObject({ kind: 'in' });
    });

    it('blocks others, and PostgreSQL rejects the rest', async () => {
      const refused = [
        await knock('203.0.113.99', 'staff', 'app'),
        await knock('2001:db8:99::1', 'staff', 'app'),
        await knock(office.four, 'staff', 'reports'),
        await knock(office.four, 'postgres', 'app'),
        await knock(office.four, 'staff', 'app', { tls: false }),
        await knock(office.four, 'staff', 'app', { password: 'wrong' }),
        await knock(agency.four, 'agency', 'reports', { certificate: false }),
      ];
      expect(refused.map(({ kind }) => kind)).not.toContain('in');
      conforms({
        target: 'HAProxy',
        files: ['haproxy.cfg'],
        judgedBy: `${must('haproxy', ['-v']).split('\n')[0]}, PostgreSQL ${major}`,
        tried: 'connections over IPv4 and IPv6, passwords and certificates',
        plans: 1,
        cases: tried,
      });
    });
  },
);
