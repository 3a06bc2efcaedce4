import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultPlan, generate, type Plan } from '../../app/core/index.ts';
import { accountNamed, visitor } from '../server/harness/accounts.ts';
import { fileAt } from '../server/harness/bundle.ts';
import { must, run } from '../server/harness/command.ts';
import { conforms } from '../server/harness/conformance.ts';
import { attempt } from '../server/harness/connect.ts';
import { type Deployment, deploy } from '../server/harness/deployment.ts';
import { inBundle, runScript, unpack } from '../server/harness/install.ts';
import { carry, comeFrom } from '../server/harness/loopback.ts';
import { inNamespace } from '../server/harness/namespace.ts';
import { setHosts } from '../server/harness/places.ts';
import { valid } from '../server/harness/plans.ts';
import { snapshot } from '../server/harness/snapshot.ts';
import { answers, type SshServer, startSshd } from '../server/harness/sshd.ts';
import { until } from '../server/harness/until.ts';
import { place } from '../server/harness/writable.ts';

const passphrase = 'of the authority';
const touched = ['/etc/ssh', '/etc/postern-tunnel', '/etc/systemd/system'];

describe.skipIf(!inNamespace)('SSH through the bastion with certificates, pinned keys and the service', () => {
  let plan: Plan;
  let database: Deployment;
  let sshd: SshServer;
  let bastion: Extract<Plan['network'], { pattern: 'bastion' }>;
  let entrance: string;
  let target: string;
  let tried = 0;
  const before: { state: string[]; passwd: string; group: string } = { state: [], passwd: '', group: '' };
  const key = `${visitor.home}/.ssh/id_ed25519`;
  const alias = 'postern-database';
  const authority = '/run/postern/installing/your-machine/ssh-authority';

  /** ssh as a user calls it, with the files of the bundle at their paths. */
  const ssh = (args: readonly string[]) => {
    tried += 1;
    return run('ssh', ['-o', 'BatchMode=yes', ...args], { as: visitor });
  };
  /** Opens and closes a forward of stdin and stdout to a host and port that the bastion may or may not allow. */
  const forwardTo = (where: string, more: readonly string[] = []) =>
    ssh(['-o', 'ClearAllForwardings=yes', '-W', where, ...more, alias]);
  const sign = async (args: readonly string[]) =>
    runScript('your-machine/ssh-authority.sh', args, `${passphrase}\n${passphrase}\n`);
  const ownKey = () => {
    for (const file of [key, `${key}.pub`, `${key}-cert.pub`]) rmSync(file, { force: true });
    must('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
    must('chown', ['-R', `${visitor.uid}:${visitor.gid}`, `${visitor.home}/.ssh`]);
  };
  /** A certificate that the script would not issue. */
  const certify = async (options: readonly string[]) => {
    const made = await run('ssh-keygen', ['-q', '-s', `${authority}/postern_user_ca`, ...options, `${key}.pub`], {
      input: `${passphrase}\n`,
    });
    expect(made.code, made.stderr).toBe(0);
    must('chown', [`${visitor.uid}:${visitor.gid}`, `${key}-cert.pub`]);
  };
  const greeting = /here|\0|^$/;

  beforeAll(async () => {
    must('ssh-keygen', ['-A']);
    const start = defaultPlan('bastion');
    if (start.network.pattern !== 'bastion') throw new Error('the default of bastion is a bastion');
    const draft = { ...start, network: { ...start.network, users: ['maria'], groups: [] } };
    unpack(generate(valid(draft, 'the plan before the keys are known')).files);
    const printed = await runScript('bastion/host-keys.sh');
    expect(printed.code, printed.stderr).toBe(0);
    const hostKeys = printed.stdout.split('\n').filter((line) => /^(ssh|ecdsa)-\S+ \S+$/.test(line));
    expect(hostKeys.length).toBeGreaterThan(1);
    plan = valid(
      { ...draft, network: { ...draft.network, ssh: { hostKeys, authority: true, service: true } } },
      'the plan with its keys',
    );
    if (plan.network.pattern !== 'bastion') throw new Error('still a bastion');
    bastion = plan.network;
    const { files } = generate(plan);
    unpack(files);
    database = await deploy(plan, files);
    entrance = bastion.publicAddresses[0] ?? '';
    target = plan.server.addresses.private[0] ?? '';
    carry([...bastion.publicAddresses, ...bastion.privateAddresses]);
    comeFrom(bastion.privateAddresses[0] ?? '', target);
    setHosts([{ name: bastion.name, addresses: [entrance] }]);
    for (const name of ['maria', 'other']) accountNamed(name);
    place(`${visitor.home}/.ssh/config`, fileAt(files, 'clients/ssh_config').content, 0o600, visitor);
    place(`${visitor.home}/.ssh/postern_known_hosts`, fileAt(files, 'clients/postern_known_hosts').content, 0o600);
    ownKey();
    Object.assign(before, {
      state: snapshot(touched),
      passwd: readFileSync('/etc/passwd', 'utf8'),
      group: readFileSync('/etc/group', 'utf8'),
    });
    // The key of the person is also where it must not help any more.
    const maria = accountNamed('maria');
    place(`${maria.home}/.ssh/authorized_keys`, readFileSync(`${key}.pub`), 0o600, maria);

    const made = await sign(['make']);
    expect(made.code, made.stderr).toBe(0);
    for (const name of ['postern_user_ca.pub', 'postern_revoked_keys'])
      copyFileSync(`${authority}/${name}`, inBundle(`bastion/${name}`));
    const installed = await runScript('bastion/install-sshd.sh');
    expect(installed.code, installed.stderr).toBe(0);
    sshd = await startSshd(entrance, bastion.port);
  });
  afterAll(async () => {
    await sshd?.stop();
    await database?.stop();
  });

  it('finds the pinned keys on the bastion, and reports a missing one', async () => {
    expect(await runScript('bastion/host-keys.sh')).toMatchObject({ code: 0 });
    const other = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${'A'.repeat(43)}`;
    const pinning = { ...bastion, ssh: { ...bastion.ssh, hostKeys: [other] } };
    const script = fileAt(generate({ ...plan, network: pinning }).files, 'bastion/host-keys.sh').content;
    const { code, stderr } = await run('bash', ['-s'], { input: script });
    expect(code).not.toBe(0);
    expect(stderr).toContain('pins a key that this machine does not have');
  });

  it("requires certificates only of the plan's accounts", () => {
    const effective = (name: string) => must('/usr/sbin/sshd', ['-T', '-C', `user=${name},host=x,addr=192.0.2.1`]);
    for (const line of [
      'trustedusercakeys /etc/ssh/postern_user_ca.pub',
      'revokedkeys /etc/ssh/postern_revoked_keys',
      'authorizedkeysfile none',
    ])
      expect(effective('maria').split('\n')).toContain(line);
    expect(effective('other')).toMatch(/^trustedusercakeys none$/m);
    expect(effective('root')).toMatch(/^authorizedkeysfile \.ssh\/authorized_keys/m);
  });

  it('accepts no plain key', async () => {
    const { code, stderr } = await forwardTo(`${target}:5432`);
    expect(code).not.toBe(0);
    expect(stderr).toContain('Permission denied');
  });

  it('signs keys for one account and forwarding only', async () => {
    const signed = await sign(['sign', `${key}.pub`, 'maria', '7']);
    expect(signed.code, signed.stderr).toBe(0);
    must('chown', [`${visitor.uid}:${visitor.gid}`, `${key}-cert.pub`]);
    const shown = must('ssh-keygen', ['-L', '-f', `${key}-cert.pub`]);
    expect(shown).toMatch(
      /Principals:\s+maria\s+Critical Options: \(none\)\s+Extensions:\s+permit-port-forwarding\s+$/,
    );
    for (const wrong of [
      ['sign', key, 'maria'],
      ['sign', `${key}.pub`, 'maria,root'],
      ['sign', `${key}.pub`, '$(id)'],
      ['sign', `${key}.pub`, 'maria', '1d -O permit-pty'],
      ['revoke', '../1'],
      ['renew', '99'],
      ['nothing'],
    ])
      expect((await sign(wrong)).code, wrong.join(' ')).not.toBe(0);
  });

  it('allows a certificate to connect to the database, which sees the bastion', async () => {
    await during(['-N', alias], visitor, async () => {
      const role = plan.clients[0]?.roles[0] ?? '';
      const found = await through(role);
      expect(found).toMatchObject({ kind: 'in', user: role, from: bastion.privateAddresses[0] });
      expect(await through(role, 'wrong')).toMatchObject({ kind: 'refused' });
    });
  });

  it('forwards to no other host, no other port, and opens none of its own', async () => {
    for (const where of [
      `${target}:22`,
      '127.0.0.1:5432',
      `127.0.0.1:${bastion.port}`,
      '[::1]:5432',
      '203.0.113.1:5432',
    ]) {
      const { code, stderr, stdout } = await forwardTo(where);
      expect(code, `${where}: ${stdout}`).not.toBe(0);
      expect(stderr, where).toMatch(/administratively prohibited/);
    }
    const remote = await ssh(['-o', 'ClearAllForwardings=no', '-R', '0:127.0.0.1:22', '-N', alias]);
    expect(remote.code).not.toBe(0);
    expect(remote.stderr).toMatch(/remote port forwarding failed/);
  });

  it('gives no shell, runs no command and transfers no file', async () => {
    for (const command of [['id'], [], ['-s', 'sftp']]) {
      const flags = command[0] === '-s' ? ['-s', alias, 'sftp'] : [alias, ...command];
      const { code, stdout } = await ssh(['-o', 'ClearAllForwardings=yes', '-o', 'SessionType=default', ...flags]);
      expect(code).not.toBe(0);
      expect(stdout).not.toContain('uid=');
    }
  });

  it('rejects another account, an expired certificate, one that is not yet valid, and another CA', async () => {
    const refused = async (why: string) => {
      const { code, stderr } = await forwardTo(`${target}:5432`);
      expect(code, why).not.toBe(0);
      expect(stderr, why).toContain('Permission denied');
    };
    await certify(['-I', 'other', '-n', 'other', '-V', '-5m:+1d']);
    await refused('names another account');
    await certify(['-I', 'ended', '-n', 'maria', '-V', '-2d:-1d']);
    await refused('has ended');
    await certify(['-I', 'later', '-n', 'maria', '-V', '+1d:+2d']);
    await refused('has not begun');
    must('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', `${authority}/stranger`]);
    must('ssh-keygen', ['-q', '-s', `${authority}/stranger`, '-I', 'x', '-n', 'maria', `${key}.pub`]);
    await refused('is of another authority');
    await certify(['-I', 'good', '-n', 'maria', '-V', '-5m:+1d']);
    expect((await forwardTo(`${target}:5432`)).stderr).toMatch(greeting);
  });

  it('does not accept a certificate for an account that the plan does not name', async () => {
    await certify(['-I', 'other', '-n', 'other', '-V', '-5m:+1d']);
    const { code, stderr } = await forwardTo(`${target}:5432`, ['-l', 'other']);
    expect(code).not.toBe(0);
    expect(stderr).toContain('Permission denied');
  });

  it('rejects a bastion with another host key, for a user and without a prompt', async () => {
    must('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', '/run/postern/impostor']);
    const impostor = spawn(
      '/usr/sbin/sshd',
      [
        '-D',
        '-q',
        '-f',
        '/dev/null',
        '-h',
        '/run/postern/impostor',
        '-o',
        'UsePAM=no',
        '-o',
        'PidFile=none',
        '-p',
        '2299',
        '-o',
        `ListenAddress=${entrance}`,
      ],
      { stdio: 'ignore' },
    );
    try {
      await until('the impostor listens', () => answers(entrance, 2299));
      const { code, stderr } = await forwardTo(`${target}:5432`, ['-p', '2299']);
      expect(code).not.toBe(0);
      expect(stderr).toMatch(
        /No ED25519 host key is known|Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED/,
      );
      expect(readFileSync(`${visitor.home}/.ssh/postern_known_hosts`, 'utf8')).toBe(
        fileAt(generate(plan).files, 'clients/postern_known_hosts').content,
      );
    } finally {
      impostor.kill('SIGTERM');
    }
  });

  it('keeps the tunnel open with the unmodified unit, under its own account', async () => {
    const first = await runScript('clients/postern-tunnel/install-tunnel.sh');
    expect(first.code, first.stderr).toBe(0);
    expect(first.stdout).toContain('Sign this key with ssh-authority.sh');
    const own = inBundle('clients/postern-tunnel/key.pub');
    copyFileSync('/etc/postern-tunnel/key.pub', own);
    expect((await sign(['sign', own, 'maria'])).code).toBe(0);
    for (const round of ['installs', 'changes nothing']) {
      const second = await runScript('clients/postern-tunnel/install-tunnel.sh');
      expect(second.code, `${round}: ${second.stderr}`).toBe(0);
    }
    const unit = readFileSync('/etc/systemd/system/postern-tunnel.service', 'utf8');
    const verified = await run('systemd-analyze', ['verify', '--man=no', '/etc/systemd/system/postern-tunnel.service']);
    expect(verified).toMatchObject({ code: 0, stdout: '' });
    expect(verified.stderr).not.toContain('postern-tunnel');
    const [, command = ''] = /^ExecStart=(.*)$/m.exec(unit) ?? [];
    const [, name = ''] = /^User=(.*)$/m.exec(unit) ?? [];
    const [program = '', ...args] = command.split(' ');
    const account = { name, uid: Number(must('id', ['-u', name])), gid: Number(must('id', ['-g', name])), home: '/' };
    expect(program).toBe('/usr/bin/ssh');
    const role = plan.clients[0]?.roles[0] ?? '';
    await during(args, account, async () => {
      expect(await through(role)).toMatchObject({ kind: 'in', user: role });
      // The port is taken: the second says so and ends.
      const twice = await run(program, args, { as: account });
      expect(twice.code).toBe(255);
      expect(twice.stderr).toMatch(/Address already in use/);
    });
    // It cannot change its own key.
    expect((await run('sh', ['-c', 'echo x >> /etc/postern-tunnel/key'], { as: account })).code).not.toBe(0);
  });

  it('revokes every certificate of a key at once, and accepts a renewed one of another', async () => {
    ownKey();
    const numbers: string[] = [];
    for (const _ of [1, 2]) {
      const { stdout } = await sign(['sign', `${key}.pub`, 'maria']);
      numbers.push(/Certificate (\d+)/.exec(stdout)?.[1] ?? '');
    }
    must('chown', [`${visitor.uid}:${visitor.gid}`, `${key}-cert.pub`]);
    expect((await forwardTo(`${target}:5432`)).stderr).toMatch(greeting);
    const renewed = await sign(['renew', numbers[0] ?? '', '2']);
    expect(renewed.stdout, renewed.stderr).toContain('for maria');
    expect((await sign(['revoke', numbers[0] ?? ''])).code).toBe(0);
    copyFileSync(`${authority}/postern_revoked_keys`, inBundle('bastion/postern_revoked_keys'));
    expect((await runScript('bastion/install-sshd.sh')).code).toBe(0);
    const { code, stderr } = await forwardTo(`${target}:5432`);
    expect(code).not.toBe(0);
    expect(stderr).toContain('Permission denied');
    expect((await sign(['list'])).stdout).toMatch(/^maria-\d+, from \S+ to \S+, revoked$/m);
    expect((await sign(['sign', `${key}.pub`, 'maria'])).code, 'a revoked key is signed again').not.toBe(0);
  });

  it('installs nothing that sshd rejects', async () => {
    const good = snapshot(['/etc/ssh']);
    const path = 'bastion/sshd_config.d/50-postern.conf';
    const content = fileAt(generate(plan).files, path).content;
    place(inBundle(path), `${content}PermitRootLogin perhaps\n`, 0o644);
    expect((await runScript('bastion/install-sshd.sh')).code).not.toBe(0);
    expect(snapshot(['/etc/ssh'])).toEqual(good);
    place(inBundle(path), content, 0o644);
  });

  it('leaves nothing behind after the undo', async () => {
    for (const script of ['clients/postern-tunnel/tunnel-undo.sh', 'bastion/sshd-undo.sh'])
      for (const round of ['first', 'second']) {
        const { code, stderr } = await runScript(script);
        expect(code, `${script}, ${round}: ${stderr}`).toBe(0);
      }
    expect(snapshot(touched)).toEqual(before.state);
    expect(readFileSync('/etc/passwd', 'utf8')).toBe(before.passwd);
    expect(readFileSync('/etc/group', 'utf8')).toBe(before.group);
    conforms({
      target: 'SSH',
      files: [
        'sshd_config.d/50-postern.conf',
        'ssh_config',
        'postern_known_hosts',
        'ssh-authority.sh',
        'install-sshd.sh',
        'postern-tunnel.service',
        'install-tunnel.sh',
      ],
      judgedBy: `${(await run('ssh', ['-V'])).stderr.split(',')[0]}, systemd-analyze verify, PostgreSQL ${plan.server.major}`,
      tried: 'logins and forwards with certificates, keys, an impostor and the service; install and undo',
      plans: 1,
      cases: tried,
      notCovered: 'the unit is verified and its command run, but by no systemd',
    });
  });

  const through = (role: string, password?: string) => {
    tried += 1;
    return attempt({
      source: '127.0.0.1',
      target: '127.0.0.1',
      port: 15432,
      role,
      database: plan.clients[0]?.databases === 'all' ? 'postgres' : (plan.clients[0]?.databases[0] ?? 'postgres'),
      replication: 'none',
      tls: { ca: database.certificates.ca, name: plan.server.name ?? '' },
      password: password ?? database.passwordOf(role),
    });
  };
});

/** Keeps ssh open while its local end is used. */
async function during(
  args: readonly string[],
  account: { readonly uid: number; readonly gid: number; readonly home: string },
  use: () => Promise<void>,
): Promise<void> {
  const ssh: ChildProcess = spawn('ssh', args, {
    uid: account.uid,
    gid: account.gid,
    env: { HOME: account.home, PATH: process.env.PATH },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  ssh.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  const ended = new Promise((resolve) => ssh.once('exit', resolve));
  try {
    await until('ssh listens', () => {
      if (ssh.exitCode !== null) throw new Error(`ssh ended: ${said}`);
      return answers('127.0.0.1', 15432);
    });
    await use();
  } finally {
    ssh.kill('SIGTERM');
    await ended;
  }
}
