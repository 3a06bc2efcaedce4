import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultPlan, generate, type Plan } from '../../../app/core/index.ts';
import { accountNamed, visitor } from '../../server/harness/accounts.ts';
import { must } from '../../server/harness/command.ts';
import { conforms } from '../../server/harness/conformance.ts';
import { clearLoopback } from '../../server/harness/loopback.ts';
import { inNamespace } from '../../server/harness/namespace.ts';
import { own } from '../../server/harness/places.ts';
import { valid } from '../../server/harness/plans.ts';
import { answers, authorize } from '../../server/harness/sshd.ts';
import { untilWithLog } from './bundle.ts';
import { type Booted, boot } from './machine.ts';

const SECONDS = 10;
const PORT = 2222;
const dropIn = '/etc/ssh/sshd_config.d/50-postern.conf';
const seen = `${own}/seen-at-start`;

const start = defaultPlan('bastion');
const plan: Plan = valid(
  {
    ...start,
    network: { ...start.network, ...(start.network.pattern === 'bastion' ? { users: ['alice'] } : {}) },
    rollout: { confirmSeconds: SECONDS },
  } as Plan,
  'a bastion',
);

/** Reports at its start what it found, then runs in the foreground. */
const ssh = `[Unit]
Requires=sysinit.target
After=sysinit.target
[Service]
ExecStartPre=/bin/sh -c 'cat ${dropIn} >${seen} 2>/dev/null || echo none >${seen}'
ExecStart=/usr/sbin/sshd -D -E ${own}/sshd.log -o UsePAM=no -o PidFile=none -o ListenAddress=127.0.0.1 -p ${PORT}
ExecReload=/bin/kill -HUP $MAINPID
`;

describe.skipIf(!inNamespace)('apply.sh on a bastion that systemd runs', () => {
  const bundle = `${own}/bastion-bundle`;
  const script = `${bundle}/bastion/apply.sh`;
  const operator = accountNamed('operator');
  let machine: Booted;
  let session: ChildProcessWithoutNullStreams;
  let echoed = '';

  const now = () => (existsSync(dropIn) ? readFileSync(dropIn, 'utf8') : null);
  const shipped = () => readFileSync(`${bundle}/bastion/sshd_config.d/50-postern.conf`, 'utf8');
  const write = (text: string) => writeFileSync(`${bundle}/bastion/sshd_config.d/50-postern.conf`, text);
  const apply = (...args: string[]) => machine.run('bash', [script, ...args]);
  const connected = async (word: string) => {
    session.stdin.write(`${word}\n`);
    await untilWithLog(`the session echoes ${word}`, () => echoed.includes(word));
  };

  beforeAll(async () => {
    clearLoopback();
    rmSync('/var/lib/postern', { recursive: true, force: true });
    for (const { path, content } of generate(plan).files) {
      mkdirSync(dirname(`${bundle}/${path}`), { recursive: true });
      writeFileSync(`${bundle}/${path}`, content);
    }
    must('ssh-keygen', ['-A']);
    const key = authorize(operator);
    machine = await boot({ 'ssh.service': ssh });
    await untilWithLog('sshd answers', () => answers('127.0.0.1', PORT));
    const options = ['-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-i', key];
    session = spawn('ssh', ['-T', ...options, '-p', String(PORT), 'operator@127.0.0.1', 'cat'], {
      uid: visitor.uid,
      gid: visitor.gid,
      env: { PATH: process.env.PATH, HOME: visitor.home },
    });
    session.stdout.setEncoding('utf8').on('data', (text: string) => {
      echoed += text;
    });
    await connected('begun');
  });
  afterAll(async () => {
    session?.kill();
    await machine?.cut();
    for (const path of [dropIn, '/var/lib/postern']) rmSync(path, { recursive: true, force: true });
  });

  it('shows what it would do and changes nothing', async () => {
    const { code, stdout, stderr } = await apply('--dry-run');
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('+Match User alice');
    expect(now()).toBeNull();
  });

  it('leaves nothing of a file that sshd rejects', async () => {
    const good = shipped();
    write(`${good}NoSuchOption yes\n`);
    const { code, stderr } = await apply();
    write(good);
    expect(code).not.toBe(0);
    expect(stderr).toContain('NoSuchOption');
    expect(now()).toBeNull();
  });

  it('keeps a confirmed change, and the session continues', async () => {
    const { code, stdout, stderr } = await apply();
    expect(code, stdout + stderr).toBe(0);
    expect(now()).toBe(shipped());
    await connected('after the change');
    const { stdout: timers } = await machine.run('systemctl', ['list-units', '--no-legend', 'postern-*.timer']);
    expect(timers).toContain('postern-bastion-take-back-');
    expect((await apply('--confirm')).code).toBe(0);
    const { stdout: left } = await machine.run('systemctl', ['list-units', '--no-legend', 'postern-*']);
    expect(left.trim()).toBe('');
    expect((await apply()).stdout).toContain('in place already');
  });

  it('is rolled back by the timer if nobody confirms', async () => {
    const before = now();
    write(`${shipped()}# a second change\n`);
    const { code, stdout, stderr } = await apply();
    expect(code, stdout + stderr).toBe(0);
    expect(now()).toContain('a second change');
    await untilWithLog('the timer rolls the change back', () => now() === before);
    await connected('after the take-back');
    await untilWithLog('the rollback ends', async () => (await apply('--status')).stdout.includes('Nothing waits'));
  });

  it('is rolled back at the next boot, before sshd reads a file', async () => {
    const before = now();
    expect((await apply()).code).toBe(0);
    expect(now()).toContain('a second change');
    await machine.cut();
    rmSync(seen, { force: true });
    machine = await boot({ 'ssh.service': ssh });
    await untilWithLog('sshd answers', () => answers('127.0.0.1', PORT));
    expect(now()).toBe(before);
    expect(readFileSync(seen, 'utf8')).toBe(before);
    expect(existsSync('/etc/systemd/system/postern-bastion-take-back-at-boot.service')).toBe(false);
    conforms({
      target: 'apply.sh',
      files: ['apply.sh'],
      judgedBy: `${must('systemctl', ['--version']).split('\n')[0]} as process 1, sshd`,
      tried: 'kept, taken back by the timer and at the next boot, an SSH session open all the time',
      plans: 1,
      cases: 5,
    });
  });
});
