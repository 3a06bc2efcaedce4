import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generate, type Plan } from '../../app/core/index.ts';
import { accountNamed } from '../server/harness/accounts.ts';
import { identifier, literal } from '../server/harness/administer.ts';
import { everyCombination } from '../server/harness/amount.ts';
import { fileAt } from '../server/harness/bundle.ts';
import { must } from '../server/harness/command.ts';
import { conforms } from '../server/harness/conformance.ts';
import { attempt } from '../server/harness/connect.ts';
import { type Deployment, deploy } from '../server/harness/deployment.ts';
import { carry, comeFrom } from '../server/harness/loopback.ts';
import { inNamespace } from '../server/harness/namespace.ts';
import { answers } from '../server/harness/sshd.ts';
import { until } from '../server/harness/until.ts';
import { place } from '../server/harness/writable.ts';
import { agency, office, proxyPlan } from './proxies.ts';

const secret = 'pass"word of the pooler';
let tried = 0;

describe
  .skipIf(!inNamespace)
  .each([
    { major: 11, hashing: 'md5' as const },
    ...(everyCombination ? [{ major: 14, hashing: 'scram-sha-256' as const }] : []),
    { major: 18, hashing: 'scram-sha-256' as const },
  ])('PgBouncer before PostgreSQL $major with $hashing', ({ major, hashing }) => {
  const plan = proxyPlan(major, { kind: 'pgbouncer', port: 6432, poolMode: 'session', authRole: 'pool"er' }, hashing);
  const { files } = generate(plan);
  const network = plan.network as Extract<Plan['network'], { pattern: 'bastion' }>;
  const log = '/run/pgbouncer/log';
  let database: Deployment;
  let pooler: ChildProcess;

  beforeAll(async () => {
    database = await deploy(plan, files);
    await database.administrator.must(`alter role ${identifier('pool"er')} password ${literal(secret)};`);
    await database.administrator.must(fileAt(files, 'database-server/pgbouncer.sql').content);
    carry([...network.publicAddresses, ...network.privateAddresses]);
    comeFrom(network.privateAddresses[0] ?? '', plan.server.addresses.private[0] ?? '');
    const account = accountNamed('postgres');
    const { folder } = database.certificates;
    const made = (name: string) => readFileSync(`${folder}/${name}`);
    place('/etc/pgbouncer/postern-bastion.crt', made('bastion.crt'), 0o640, account);
    place('/etc/pgbouncer/postern-bastion.key', made('bastion.key'), 0o640, account);
    place('/etc/pgbouncer/postern-ca.crt', made('ca.crt'), 0o640, account);
    for (const name of ['postern_hba.conf', 'pgbouncer.ini'])
      place(`/etc/pgbouncer/${name}`, fileAt(files, `bastion/${name}`).content, 0o640, account);
    place('/etc/pgbouncer/postern_userlist.txt', `"pool""er" "${secret.replaceAll('"', '""')}"\n`, 0o600, account);
    mkdirSync('/run/pgbouncer', { recursive: true });
    must('chown', ['postgres', '/run/pgbouncer']);
    writeFileSync(log, '');
    must('chown', ['postgres', log]);
    must('chown', ['-R', 'postgres', '/etc/pgbouncer']);
    pooler = spawn('bash', ['-c', `exec pgbouncer /etc/pgbouncer/pgbouncer.ini >>${log} 2>&1`], {
      uid: account.uid,
      gid: account.gid,
      stdio: 'ignore',
    });
    await until('PgBouncer listens', () => {
      if (pooler.exitCode !== null) throw new Error(readFileSync(log, 'utf8'));
      return answers(network.publicAddresses[0] ?? '', 6432);
    });
  });
  afterAll(async () => {
    pooler?.kill('SIGTERM');
    await database?.stop();
  });

  const knock = (source: string, role: string, name: string, more: { tls?: boolean; password?: string } = {}) => {
    tried += 1;
    carry([source]);
    const target = network.publicAddresses.find((one) => one.includes(':') === source.includes(':')) ?? '';
    return attempt({
      source,
      target,
      port: 6432,
      role,
      database: name,
      replication: 'none',
      tls: more.tls === false ? null : { ca: database.certificates.ca, name: network.name },
      password: more.password ?? database.passwordOf(role),
    });
  };

  it('reads every line without a warning', () => {
    expect(readFileSync(log, 'utf8')).not.toMatch(/ (WARNING|ERROR|FATAL) /);
  });

  it('allows every role to every database of its client, over both families', async () => {
    for (const source of [office.four, office.six]) {
      expect(await knock(source, 'staff', 'app'), readFileSync(log, 'utf8').slice(-2000)).toMatchObject({ kind: 'in' });
    }
    const [first] = plan.clients;
    for (const name of first?.roles ?? [])
      expect(
        await knock(office.four, name, name === 'sameuser' ? 'sameuser' : 'app'),
        `as ${name}\n${readFileSync(log, 'utf8').slice(-2000)}`,
      ).toMatchObject({ kind: 'in' });
    expect(await knock(agency.six, 'agency', 'reports')).toMatchObject({ kind: 'in' });
  });

  it('rejects the other network, role and database, no TLS and a wrong password', async () => {
    const refused = [
      await knock(agency.four, 'staff', 'app'),
      await knock(agency.six, 'staff', 'app'),
      await knock(office.four, 'agency', 'reports'),
      await knock('203.0.113.99', 'staff', 'app'),
      await knock(office.four, 'staff', 'reports'),
      await knock(office.four, 'staff', 'pgbouncer'),
      await knock(office.four, 'staff', 'app', { tls: false }),
      await knock(office.four, 'staff', 'app', { password: 'wrong' }),
      await knock(office.four, 'postgres', 'app'),
      await knock(office.four, 'pool"er', 'app', { password: secret }),
    ];
    expect(refused.map(({ kind }) => kind)).not.toContain('in');
  });

  it('returns password hashes to its own role only', async () => {
    const { administrator: admin } = database;
    await expect(
      admin.must(`\\connect app\nset role staff;\nselect * from postern_pgbouncer.get_auth('staff');`),
    ).rejects.toThrow(/permission denied/);
    await admin.must(
      `\\connect app\nset role ${identifier('pool"er')};\nselect 1/(count(*) - 1)::int from postern_pgbouncer.get_auth('nobody') where false;\nselect 1/(case when count(*) = 0 then 1 else 0 end) from postern_pgbouncer.get_auth('postgres');`,
    );
    conforms({
      target: 'PgBouncer',
      files: ['pgbouncer.ini', 'postern_hba.conf', 'pgbouncer.sql'],
      judgedBy: `${must('pgbouncer', ['--version']).split('\n')[0]}, PostgreSQL ${major}`,
      tried: 'connections over IPv4 and IPv6',
      plans: 1,
      cases: tried,
      notCovered: 'other releases than Debian ships',
    });
    tried = 0;
  });
});
