import type { ChildProcess } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BundleFile, defaultClient, defaultPlan, generate, type Plan, parsePlan } from '../../app/core/index.ts';
import { accountNamed } from '../server/harness/accounts.ts';
import { literal } from '../server/harness/administer.ts';
import { everyCombination } from '../server/harness/amount.ts';
import { binaries, majors } from '../server/harness/binaries.ts';
import { fileAt } from '../server/harness/bundle.ts';
import { passphraseFile } from '../server/harness/certificates.ts';
import { must } from '../server/harness/command.ts';
import { conforms } from '../server/harness/conformance.ts';
import { attempt, type Outcome } from '../server/harness/connect.ts';
import { type Deployment, deploy } from '../server/harness/deployment.ts';
import { carry } from '../server/harness/loopback.ts';
import { inNamespace } from '../server/harness/namespace.ts';
import { setHosts } from '../server/harness/places.ts';
import { snapshot } from '../server/harness/snapshot.ts';
import { until } from '../server/harness/until.ts';
import { type Machine, machine } from './replica-host.ts';

const REPLICA = 'reports.example.com';
const addresses = ['10.0.2.12', 'fd00:0:0:2::12'];
const secret = "it's \\a: secret";

type Auth = 'scram' | 'cert' | 'cert+scram';

/** Two clients of one database, and a third that may reach both servers. */
function planOn(major: number, replicationAuth: Auth): Plan {
  const start = defaultPlan('private');
  if (start.network.pattern !== 'private') throw new Error('the default of this pattern is another');
  const client = { ...defaultClient('private'), databases: ['warehouse'] };
  const plan: Plan = {
    ...start,
    server: { ...start.server, major, addresses: { public: [], private: ['10.0.2.10', 'fd00:0:0:2::10'], vpn: [] } },
    network: {
      ...start.network,
      replicas: [{ name: REPLICA, addresses: [...addresses] }],
      replicationRole: 'Mirror "role"',
      replicationAuth,
      slots: true,
    },
    clients: [
      { ...client, name: 'loader', roles: ['loader'], sources: ['10.0.1.7', 'fd00:0:0:1::7'] },
      {
        ...client,
        name: 'reporting',
        roles: ['reporting'],
        sources: ['10.0.3.0/24', 'fd00:0:0:3::/64'],
        endpoint: 'replica',
      },
      { ...client, name: 'either', roles: ['either'], sources: ['10.0.4.4'] },
      { ...client, name: 'either on the replica', roles: ['either'], sources: ['10.0.4.4'], endpoint: 'replica' },
    ],
  };
  const checked = parsePlan(plan);
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  return checked.value;
}

const usual: readonly { readonly major: number; readonly auth: Auth }[] = [
  { major: 11, auth: 'cert' },
  { major: 13, auth: 'scram' },
  { major: 18, auth: 'scram' },
  { major: 19, auth: 'cert+scram' },
];
const rest: typeof usual = [
  { major: 11, auth: 'scram' },
  { major: 12, auth: 'cert+scram' },
  { major: 15, auth: 'cert' },
  { major: 18, auth: 'cert+scram' },
];
const tried = [...usual, ...(everyCombination ? rest : [])].filter(({ major }) => majors.includes(major));

describe.skipIf(!inNamespace).each(tried)('a replica of PostgreSQL $major that logs in by $auth', ({ major, auth }) => {
  const plan = planOn(major, auth);
  const { files } = generate(plan);
  const home = `/run/postern/replica-${major}`;
  const postgres = accountNamed('postgres');
  const config = `/etc/postgresql/${major}/main`;
  const data = `/var/lib/postgresql/${major}/main`;
  let primary: Deployment;
  let other: Machine;
  let server: ChildProcess | undefined;
  let knocks = 0;

  beforeAll(async () => {
    primary = await deploy(plan, files);
    const { administrator: admin } = primary;
    await admin.must(`alter role "Mirror ""role""" password ${literal(secret)};`);
    await admin.must(fileAt(files, 'database-server/replication.sql').content);
    if (major > 15) await copyPrimary(primary);
    other = await machine(addresses);
    setHosts([
      { name: 'db.example.com', addresses: plan.server.addresses.private },
      { name: REPLICA, addresses },
    ]);
    programs(major);
    layOut(files, home, primary);
    await packaged();
  });

  afterAll(async () => {
    await stopReplica();
    other?.end();
    await primary?.stop();
  });

  /** An empty server as Debian's package creates it. */
  async function packaged(): Promise<void> {
    const { configDirectory } = primary.layout;
    const settings = readFileSync(`${configDirectory}/postgresql.conf`, 'utf8');
    writeFileSync(`${home}/packaged.conf`, settings);
    await there(
      'sh',
      '-ec',
      `mkdir -p ${config}/conf.d ${data} && chown -R postgres: /var/lib/postgresql && cd / && runuser -u postgres -- ${binaries(major)}/bin/initdb -D ${data} -E UTF8 --locale=C >/dev/null && cp ${home}/packaged.conf ${config}/postgresql.conf && touch ${config}/pg_hba.conf ${config}/pg_ident.conf ${data}/PACKAGED && chown -R postgres: /etc/postgresql /var/lib/postgresql /var/run/postgresql`,
    );
  }

  async function there(command: string, ...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await other.run(command, args);
    expect(code, `${command} ${args.join(' ')}\n${stdout}${stderr}`).toBe(0);
    return stdout;
  }

  const makeStandby = (input = `${secret}\n`, ...words: string[]) =>
    other.run('bash', [`${home}/make-standby.sh`, ...words], {
      input,
      env: { POSTGRES_BIN: `/run/postern/replica-bin` },
    });

  async function startReplica(): Promise<void> {
    const log = `${home}/server.log`;
    writeFileSync(log, '');
    chmodSync(log, 0o666);
    const command = `cd ${data} && export HOME=${postgres.home} && exec setpriv --reuid ${postgres.uid} --regid ${postgres.gid} --clear-groups ${binaries(major)}/bin/postgres -D ${data} -c config_file=${config}/postgresql.conf -c fsync=off >>${log} 2>&1`;
    server = other.spawn('sh', ['-c', command]);
    const said = () => readFileSync(log, 'utf8');
    await until(
      'the replica is ready',
      async () => {
        if (server?.exitCode !== null) throw new Error(`The replica ended. Its log:\n${said()}`);
        const { stdout } = await other.run('sh', ['-c', `tail -n 1 ${data}/postmaster.pid 2>/dev/null`]);
        return ['ready', 'standby'].includes(stdout.trim()) && (await onReplica('select 1')).includes('1');
      },
      said,
    );
  }

  async function stopReplica(): Promise<void> {
    if (!server || server.exitCode !== null) return;
    const ended = new Promise((resolve) => server?.once('exit', resolve));
    await other.run('sh', ['-c', `kill -INT "$(head -n 1 ${data}/postmaster.pid)"`]);
    await ended;
    server = undefined;
  }

  const onReplica = async (statement: string): Promise<string> => {
    const { stdout } = await other.run(
      'psql',
      ['-X', '-A', '-t', '-h', '/var/run/postgresql', '-d', 'postgres', '-c', statement],
      {
        as: postgres,
        env: { PGUSER: 'postgres' },
      },
    );
    return stdout.trim();
  };

  async function knock(role: string, source: string, target: string): Promise<Outcome> {
    knocks += 1;
    carry([source]);
    const name = addresses.includes(target) ? REPLICA : 'db.example.com';
    return attempt({
      source,
      target,
      port: 5432,
      role,
      database: 'warehouse',
      replication: 'none',
      tls: { ca: primary.certificates.ca, name },
      password: primary.passwordOf(role),
    });
  }

  const withPassword = auth === 'cert' ? undefined : it;
  withPassword?.('refuses a wrong password and leaves the old data where it was', async () => {
    const { code, stderr } = await makeStandby('wrong\n');
    expect(code, stderr).not.toBe(0);
    expect(stderr).toContain('password authentication failed');
    await there('test', '-e', `${data}/PACKAGED`);
    await there('sh', '-c', 'rm /etc/postern/replication.*');
  });

  const withCertificate = auth === 'scram' ? undefined : it;
  withCertificate?.('refuses the certificate of another role, and none', async () => {
    const own = `${home}/replication-reports-example-com`;
    const kept = `${home}/own-replication`;
    for (const ending of ['crt', 'key']) renameSync(`${own}.${ending}`, `${kept}.${ending}`);
    const missing = await makeStandby();
    expect(missing.code).not.toBe(0);
    expect(missing.stderr).toContain('are missing next to this script');
    certificateOf('loader', primary.certificates.folder ?? '', own);
    const { code, stderr } = await makeStandby();
    expect(code, stderr).not.toBe(0);
    expect(stderr).toMatch(/certificate authentication failed|authentication failed for user|client certificate/);
    expect(primary.server.log()).toMatch(/certificate (authentication|validation)/);
    await there('test', '-e', `${data}/PACKAGED`);
    await there('sh', '-c', 'rm /etc/postern/replication.*');
    for (const ending of ['crt', 'key']) renameSync(`${kept}.${ending}`, `${own}.${ending}`);
    const bare = await other.run('psql', [
      '-Xw',
      '-d',
      `host=db.example.com hostaddr=10.0.2.10 user='Mirror "role"' replication=true sslmode=require sslcert=/none sslkey=/none`,
      '-c',
      'IDENTIFY_SYSTEM',
    ]);
    expect(bare.code).not.toBe(0);
    expect(bare.stderr).toMatch(/requires a valid client certificate|valid client certificate/);
  });

  it('is not created over a cluster with data, nor over a running one without confirmation', async () => {
    const pg = (words: string) => there('sh', '-ec', `cd / && runuser -u postgres -- ${binaries(major)}/bin/${words}`);
    const start = () => pg(`pg_ctl -D ${data} -o "-c listen_addresses= -k ${data}" -l ${data}/log -w start >/dev/null`);
    const stop = () => pg(`pg_ctl -D ${data} -m fast -w stop && rm ${data}/log`);
    const ask = (statement: string) =>
      there('psql', '-XAtq', '-h', data, '-U', 'postgres', '-c', statement, 'postgres');
    const kept = () => there('sh', '-c', `find ${data} -type f | sort | xargs sha256sum; ls -a ${data}/..`);
    await start();
    await ask('create table precious (id int)');
    const running = await makeStandby('', '--stop');
    expect(running.stderr).toContain('contains a cluster with its own databases or tables');
    await stop();
    const before = await kept();
    for (const words of [[], ['--stop']]) {
      const refused = await makeStandby('', ...words);
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain('contains a cluster with its own databases or tables');
    }
    expect(await kept()).toBe(before);
    await start();
    await ask('drop table precious');
    await ask('checkpoint');
    const refused = await makeStandby('');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('To stop and replace it, run this script with --stop.');
    expect(await ask('select 1')).toBe('1\n');
    await stop();
  });

  it('is created by make-standby.sh, and streams over TLS from its slot', async () => {
    const made = await makeStandby();
    expect(made.code, made.stdout + made.stderr).toBe(0);
    for (const secretFile of [...(auth === 'cert' ? [] : ['pass']), ...(auth === 'scram' ? [] : ['key'])])
      expect(await there('stat', '-c', '%a %U', `/etc/postern/replication.${secretFile}`)).toBe('600 postgres\n');
    if (auth === 'cert') await there('test', '!', '-e', '/etc/postern/replication.pass');
    await there('test', '-e', `${data}.before-postern/PACKAGED`);
    await startReplica();
    expect(await onReplica('select pg_is_in_recovery()')).toBe('t');
    await primary.administrator.must(
      'create table mirrored as select 42 as answer; grant select on mirrored to public;',
      'warehouse',
    );
    const { administrator: admin } = primary;
    const senders = async () =>
      await admin.rows<object>(
        `select r.usename, host(r.client_addr) as from, s.ssl, l.slot_name, l.active, r.application_name as name
         from pg_stat_replication r join pg_stat_ssl s using (pid) join pg_replication_slots l on l.active_pid = r.pid`,
      );
    await until('the replica streams', async () => (await senders()).length > 0);
    expect(await senders()).toEqual([
      {
        usename: 'Mirror "role"',
        from: expect.stringMatching(/^(10\.0\.2\.12|fd00:0:0:2::12)$/),
        ssl: true,
        slot_name: 'postern_reports_example_com',
        active: true,
        name: 'reports-example-com',
      },
    ]);
  });

  it('has no line in its files that the replica rejects', async () => {
    expect(await onReplica('select count(*) from pg_hba_file_rules where type is null or error is not null')).toBe('0');
    expect(await onReplica('select count(*) from pg_file_settings where error is not null')).toBe('0');
    expect(Number(await onReplica('select count(*) from pg_hba_file_rules'))).toBeGreaterThan(5);
  });

  it('lets the reporting client read on the replica, over both families, and never on the primary', async () => {
    for (const [source, target] of [
      ['10.0.3.9', '10.0.2.12'],
      ['fd00:0:0:3::9', 'fd00:0:0:2::12'],
    ] as const)
      expect(await knock('reporting', source, target)).toMatchObject({ kind: 'in', user: 'reporting', from: source });
    for (const [source, target] of [
      ['10.0.3.9', '10.0.2.10'],
      ['fd00:0:0:3::9', 'fd00:0:0:2::10'],
    ] as const)
      expect(await knock('reporting', source, target)).toMatchObject({
        kind: 'refused',
        message: expect.stringContaining('pg_hba.conf rejects connection'),
      });
  });

  it('rejects the client of the primary on the replica', async () => {
    expect(await knock('loader', '10.0.1.7', '10.0.2.10')).toMatchObject({ kind: 'in' });
    expect(await knock('loader', '10.0.1.7', '10.0.2.12')).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('pg_hba.conf rejects connection'),
    });
    expect(await knock('loader', 'fd00:0:0:1::7', 'fd00:0:0:2::12')).toMatchObject({ kind: 'refused' });
  });

  it('has what the primary wrote', async () => {
    await until('the replica has the row', async () => {
      const { stdout } = await other.run(
        'psql',
        ['-X', '-A', '-t', '-h', '/var/run/postgresql', '-d', 'warehouse', '-c', 'select answer from mirrored'],
        { as: postgres, env: { PGUSER: 'postgres' } },
      );
      return stdout.trim() === '42';
    });
  });

  it('is skipped by target_session_attrs=read-write, which finds the primary', async () => {
    const role = 'either';
    carry(['10.0.4.4']);
    must('ip', ['route', 'replace', '10.0.2.12', 'dev', 'postern-a', 'src', '10.0.4.4']);
    must('ip', ['route', 'del', 'table', 'local', 'local', '10.0.2.10', 'dev', 'lo']);
    must('ip', ['route', 'replace', 'table', 'local', 'local', '10.0.2.10', 'dev', 'lo', 'src', '10.0.4.4']);
    writeFileSync(`${home}/ca.crt`, primary.certificates.ca);
    const found = (attributes: string) =>
      must('env', [
        `PGPASSWORD=${primary.passwordOf(role)}`,
        'psql',
        '-X',
        '-A',
        '-t',
        '-d',
        `host=${REPLICA},db.example.com hostaddr=10.0.2.12,10.0.2.10 dbname=warehouse user=${role} sslmode=verify-full sslrootcert=${home}/ca.crt channel_binding=require target_session_attrs=${attributes}`,
        '-c',
        'select pg_is_in_recovery()',
      ]).trim();
    expect(found('any')).toBe('t');
    expect(found('read-write')).toBe('f');
    if (major >= 14) expect(found('prefer-standby')).toBe('t');
  });

  const applied = major === 18 && auth === 'scram' ? it : undefined;
  applied?.(
    'takes its files by apply.sh, which keeps them when confirmed, restores the former ones at once when the test kit fails and later by hand, and streams on',
    async () => {
      const records = `${config}/pg_hba.conf`;
      const bin = `/usr/lib/postgresql/${major}`;
      await there('sh', '-ec', `mkdir -p ${bin} && mount --bind ${binaries(major)} ${bin} && rm -rf /var/lib/postern`);
      await there('sh', '-ec', `sed -i 's/^hostssl .*//' ${records} && chown postgres: ${records}`);
      const apply = (...args: string[]) => other.run('bash', [`${home}/apply.sh`, ...args]);
      const streams = async () => expect(await onReplica('select status from pg_stat_wal_receiver')).toBe('streaming');
      const before = await there('cat', records);
      // The machine's own folder is that of this namespace: files left in it would be found by the next test.
      const firewall = snapshot(['/etc/ufw', '/etc/default/ufw']);

      const shipped = readFileSync(`${home}/pg_hba.conf`, 'utf8');
      writeFileSync(`${home}/pg_hba.conf`, shipped.replace(/^hostssl .*$/m, ''));
      const refused = await apply();
      writeFileSync(`${home}/pg_hba.conf`, shipped);
      expect(refused.code, refused.stdout).not.toBe(0);
      expect(refused.stderr).toContain('lacks rules of the plan');
      expect(await there('cat', records)).toBe(before);
      await streams();

      const { code, stdout, stderr } = await apply();
      expect(code, stdout + stderr).toBe(0);
      expect(stdout).not.toContain('does not carry');
      expect((await apply('--confirm')).code).toBe(0);
      expect(await there('cat', records)).toBe(shipped);
      await streams();
      expect((await apply()).stdout).toContain('in place already');
      const back = await apply('--undo');
      expect(back.code, back.stdout + back.stderr).toBe(0);
      expect(await there('cat', records)).toBe(before);
      expect(snapshot(['/etc/ufw', '/etc/default/ufw'])).toEqual(firewall);
      await streams();
      conforms({
        target: 'apply.sh',
        files: ['apply.sh'],
        judgedBy: `PostgreSQL ${major}, a replica that streams`,
        tried: 'its files restored at once when the test kit fails, kept when confirmed, and restored by hand',
        plans: 1,
        cases: 4,
      });
    },
  );

  it('accepts renewed certificates by its own installer, which leaves no key in its folder', async () => {
    const served = async () => {
      const shown = await other.run('sh', [
        '-c',
        'openssl s_client -starttls postgres -connect 10.0.2.12:5432 </dev/null 2>/dev/null | openssl x509 -noout -serial',
      ]);
      return shown.stdout;
    };
    const { folder } = primary.certificates;
    if (folder === undefined) throw new Error('the plan has a CA of its own');
    const before = await served();
    expect(before).toMatch(/^serial=/);
    const keys = () => there('sh', '-c', `find ${home} -name '*.key'`);
    expect(await keys(), 'make-standby.sh has installed them').toBe('');
    must('env', [
      `CA_PASSPHRASE_FILE=${passphraseFile()}`,
      'bash',
      `${folder}/../make-certificates.sh`,
      'renew',
      'server-reports-example-com',
    ]);
    cpSync(`${folder}/machines/replicas/reports-example-com`, home, { recursive: true });
    await there('bash', `${home}/install-certificates.sh`);
    expect(await keys()).toBe('');
    expect(await onReplica('select pg_reload_conf()')).toBe('t');
    await until('the replica shows its renewed certificate', async () => (await served()) !== before);
    await there('bash', `${home}/check-certificates.sh`);
  });

  it('is created again without a copy, and reverted by the undo', async () => {
    await stopReplica();
    await there('sh', '-c', `echo 'max_worker_processes = 3' > ${config}/conf.d/zz-low.conf`);
    const low = await makeStandby('');
    expect(low.code).toBe(1);
    expect(low.stderr).toContain('max_worker_processes is 3 here and 8 on the primary.');
    await there('rm', `${config}/conf.d/zz-low.conf`);
    const again = await makeStandby('');
    expect(again.stderr).not.toContain('could not be compared');
    expect(again.code, again.stdout + again.stderr).toBe(0);
    expect(again.stdout).toContain('already a standby');
    const undone = await other.run('bash', [`${home}/make-standby-undo.sh`], {});
    expect(undone.code, undone.stdout + undone.stderr).toBe(0);
    await there('test', '-e', `${data}/PACKAGED`);
    expect(await there('sh', '-c', 'ls /etc/postern')).not.toContain('replication.');
    conforms({
      target: 'Read replicas',
      files: ['make-standby.sh', 'pg_hba.conf', 'conf.d/postern.conf', 'replication.sql'],
      judgedBy: `PostgreSQL ${major}, a primary and a replica`,
      tried: `a replica made, streaming over TLS from its slot (${words[auth]}), with connections to both`,
      plans: 1,
      cases: knocks + 3,
      ...(major > 15
        ? { notCovered: 'pg_basebackup of this major: a copy by the backup functions stands for it' }
        : {}),
    });
  });
});

const words: Readonly<Record<Auth, string>> = {
  scram: 'by password',
  cert: 'by certificate',
  'cert+scram': 'by certificate and password',
};

/** A certificate that the same CA signed for another role. */
function certificateOf(role: string, folder: string, file: string): void {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${file}.key`];
  must('openssl', ['req', ...key, '-subj', `/CN=${role}`, '-out', `${file}.csr`]);
  const sign = [
    '-CA',
    `${folder}/authority-1/ca.crt`,
    '-CAkey',
    `${folder}/authority-1/ca.key`,
    '-passin',
    `file:${passphraseFile()}`,
    '-set_serial',
    '7',
    '-days',
    '2',
  ];
  must('openssl', ['x509', '-req', '-in', `${file}.csr`, ...sign, '-out', `${file}.crt`]);
}

/** A copy of the data directory between the two functions, and the label that makes a standby start where it began. */
async function copyPrimary({ administrator: admin, layout }: Deployment): Promise<void> {
  const copied = '/run/postern/copied-primary';
  rmSync(copied, { recursive: true, force: true });
  mkdirSync(copied, { recursive: true });
  must('chown', ['postgres:', copied]);
  await admin.must(`select pg_backup_start('copy', true);
\\! cp -a ${layout.dataDirectory}/. ${copied}/ && rm -f ${copied}/postmaster.pid
\\o ${copied}/backup_label
select labelfile from pg_backup_stop(false);
`);
}

/** Each replica has its files and its certificate next to its script. */
function layOut(files: readonly BundleFile[], home: string, primary: Deployment): void {
  rmSync(home, { recursive: true, force: true });
  for (const { path, content } of files) {
    if (!path.startsWith('replicas/reports-example-com/')) continue;
    const file = `${home}/${path.slice('replicas/reports-example-com/'.length)}`;
    mkdirSync(file.slice(0, file.lastIndexOf('/')), { recursive: true });
    writeFileSync(file, content);
  }
  const { folder } = primary.certificates;
  cpSync(`${folder}/machines/replicas/reports-example-com`, home, { recursive: true });
}

/** sudo, and pg_basebackup if Debian's is older than the server: the backup functions do the same. */
function programs(major: number): void {
  const bin = '/run/postern/replica-bin';
  rmSync(bin, { recursive: true, force: true });
  mkdirSync(bin, { recursive: true });
  const program = (path: string, text: string) => {
    writeFileSync(path, text);
    chmodSync(path, 0o755);
  };
  program(
    '/usr/local/bin/sudo',
    '#!/bin/sh\n[ "$1" = -u ] || exit 64\nuser=$2\nshift 2\nexec runuser -u "$user" -- "$@"\n',
  );
  program(`${bin}/postgres`, `#!/bin/sh\nexec ${binaries(major)}/bin/postgres "$@"\n`);
  if (major <= 15) {
    program(
      `${bin}/pg_basebackup`,
      '#!/bin/sh\nfor bin in /usr/lib/postgresql/*/bin; do :; done\nexec "$bin/pg_basebackup" "$@"\n',
    );
    return;
  }
  // The same connection is made, over TLS and with the same password; the bytes come from the disk of the primary.
  program(
    `${bin}/pg_basebackup`,
    `#!/bin/bash
set -euo pipefail
while [ $# -gt 0 ]; do case $1 in -d) from=$2; shift 2;; -D) to=$2; shift 2;; *) shift;; esac; done
psql -X -w -At -d "$from replication=true" -c IDENTIFY_SYSTEM >/dev/null
cp -a /run/postern/copied-primary/. "$to/"
`,
  );
}
