import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, connect as dial, type Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generate, type Plan } from '../../../app/core/index.ts';
import { accountNamed, join, visitor } from '../harness/accounts.ts';
import { fileAt } from '../harness/bundle.ts';
import { must, run } from '../harness/command.ts';
import { carry, clearLoopback, comeFrom } from '../harness/loopback.ts';
import { inNamespace } from '../harness/namespace.ts';
import { setHosts } from '../harness/places.ts';
import { namedPlans } from '../harness/plans.ts';
import { answers, authorize, type SshServer, startSshd } from '../harness/sshd.ts';
import { until } from '../harness/until.ts';
import { place } from '../harness/writable.ts';

type Bastion = Extract<Plan['network'], { pattern: 'bastion' }>;

const cases = namedPlans().flatMap(({ name, plan }) =>
  plan.network.pattern === 'bastion' ? [{ name, plan, bastion: plan.network }] : [],
);

/** The bastion's user: one that the plan names, or a member of a group that it names. */
function userOf({ users, groups }: Bastion) {
  const [user] = users;
  const [group] = groups;
  const account = accountNamed(user ?? 'member');
  if (user === undefined && group !== undefined) join(account, group);
  return account;
}

describe.skipIf(!inNamespace).each(cases)('the bastion of $name', ({ plan, bastion }) => {
  const { files } = generate(plan);
  const database = plan.server.addresses.private[0] ?? '';
  const entrance = bastion.publicAddresses[0] ?? bastion.privateAddresses[0] ?? '';
  const seen = bastion.privateAddresses.find((address) => address.includes(':') === database.includes(':')) ?? '';
  const config = `${visitor.home}/ssh_config`;
  const dropIn = fileAt(files, 'bastion/sshd_config.d/50-postern.conf');
  let sshd: SshServer;
  let key: string;
  let user: string;
  let listener: Server;

  const options = () => [
    '-F',
    config,
    '-i',
    key,
    '-l',
    user,
    '-o',
    'StrictHostKeyChecking=accept-new',
    '-o',
    `UserKnownHostsFile=${visitor.home}/known`,
    '-o',
    'BatchMode=yes',
  ];
  const alias = /^Host (\S+)/m.exec(fileAt(files, 'clients/ssh_config').content)?.[1] ?? '';

  beforeAll(async () => {
    clearLoopback();
    carry([entrance, ...bastion.privateAddresses, ...plan.server.addresses.private]);
    comeFrom(seen, database);
    setHosts([{ name: bastion.name, addresses: [entrance] }]);
    place('/etc/ssh/sshd_config.d/50-postern.conf', dropIn.content, dropIn.mode ?? 0o644);
    place(config, fileAt(files, 'clients/ssh_config').content, 0o600, visitor);
    const account = userOf(bastion);
    user = account.name;
    key = authorize(account);
    sshd = await startSshd(entrance, bastion.port);
    // Replaces PostgreSQL and reports the source address that it sees.
    listener = createServer((socket) => socket.end(`here, ${socket.remoteAddress}`));
    await new Promise<void>((resolve) => listener.listen(plan.server.port, database, () => resolve()));
  });
  afterAll(async () => {
    listener?.close();
    await sshd?.stop();
  });

  it('has a configuration that sshd accepts', async () => {
    expect(await run('/usr/sbin/sshd', ['-t'])).toMatchObject({ code: 0, stderr: '' });
  });

  it('has a client configuration that ssh reads as intended', async () => {
    const { code, stdout, stderr } = await run('ssh', ['-G', '-F', config, alias]);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain(`hostname ${bastion.name}\n`);
    expect(stdout).toContain(`port ${bastion.port}\n`);
    expect(stdout).toMatch(
      new RegExp(
        `^localforward \\[127\\.0\\.0\\.1\\]:\\d+ \\[${database.replaceAll('.', '\\.')}\\]:${plan.server.port}$`,
        'm',
      ),
    );
    expect(stdout).toContain('forwardagent no\n');
  });

  it('forwards to the database, which sees the bastion', async () => {
    await during([...options(), alias], async (local) => {
      expect(await read('127.0.0.1', local)).toBe(`here, ${seen}`);
    });
  });

  it('gives no shell and runs no command', async () => {
    for (const command of [['id'], []]) {
      const { code, stdout } = await run(
        'ssh',
        [...options(), '-o', 'ClearAllForwardings=yes', '-o', 'SessionType=default', alias, ...command],
        { as: visitor },
      );
      expect(code).not.toBe(0);
      expect(stdout).not.toContain('uid=');
    }
  });

  it('forwards to no other host and to no other port', async () => {
    const elsewhere = database.includes(':') ? `[${database}]:22` : `${database}:22`;
    for (const target of [elsewhere, `127.0.0.1:${plan.server.port}`, `127.0.0.1:${bastion.port}`]) {
      const args = ['-o', 'ClearAllForwardings=no', '-o', 'SessionType=none', '-W', target, alias];
      const { code, stdout, stderr } = await run('ssh', [...options(), ...args], { as: visitor });
      expect(code, `forwarded to ${target}: ${stdout}`).not.toBe(0);
      expect(stderr).toMatch(/administratively prohibited/);
    }
  });

  it('opens no port of its own and forwards no agent', async () => {
    const { code, stderr } = await run(
      'ssh',
      [...options(), '-o', 'ClearAllForwardings=no', '-R', '0:127.0.0.1:22', '-o', 'ExitOnForwardFailure=yes', alias],
      { as: visitor },
    );
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/remote port forwarding failed/);
  });

  it("leaves the system's configuration for everyone else", () => {
    const effective = (name: string) => must('/usr/sbin/sshd', ['-T', '-C', `user=${name},host=x,addr=192.0.2.1`]);
    expect(effective(user)).toContain('allowtcpforwarding local');
    expect(effective('visitor')).toContain('allowtcpforwarding yes');
    expect(effective('visitor')).toContain('forcecommand none');
  });
});

/** Keeps an ssh connection open while its local end is used. */
async function during(args: readonly string[], use: (local: number) => Promise<void>): Promise<void> {
  const local = 15432;
  const ssh: ChildProcess = spawn('ssh', [...args, '-N'], {
    uid: visitor.uid,
    gid: visitor.gid,
    env: { HOME: visitor.home, PATH: process.env.PATH },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  ssh.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  try {
    await until('ssh listens', () => {
      if (ssh.exitCode !== null) throw new Error(`ssh ended: ${said}`);
      return answers('127.0.0.1', local);
    });
    await use(local);
  } finally {
    ssh.kill('SIGTERM');
  }
}

const read = (host: string, port: number): Promise<string> => text(dial({ host, port }));
