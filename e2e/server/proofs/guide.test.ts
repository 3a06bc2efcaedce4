import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type BundleFile, generate, type Plan } from '../../../app/core/index.ts';
import { accountNamed } from '../harness/accounts.ts';
import { everyCombination } from '../harness/amount.ts';
import { binaries } from '../harness/binaries.ts';
import { fileAt } from '../harness/bundle.ts';
import { passphraseFile } from '../harness/certificates.ts';
import { must, type Ran, run } from '../harness/command.ts';
import { attempt, type Outcome } from '../harness/connect.ts';
import { serverAddresses } from '../harness/expectations.ts';
import { type Layout, layoutOf } from '../harness/layout.ts';
import { carry, clearLoopback } from '../harness/loopback.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own } from '../harness/places.ts';
import { namedPlans } from '../harness/plans.ts';
import { partsOf, type Step, steps } from '../harness/readme.ts';
import { freshServer, type RunningServer, startServer } from '../harness/server.ts';
import { place } from '../harness/writable.ts';

/** Presets whose README is followed exactly: two platforms, two firewalls, passwords and certificates. */
const followed = ['direct-allowlist', 'private-web-replica', 'payroll-mutual-tls', 'replication-pair'];

/**
 * Programs that are useless in a namespace without an init and a network; each records that it was called. The
 * firewalls have their own proofs.
 */
const stubbed = [
  'systemctl',
  'ufw',
  'iptables',
  'ip6tables',
  'iptables-restore',
  'ip6tables-restore',
  'ss',
  'netfilter-persistent',
];

const stubs = `${own}/stubs`;
const bundle = `${own}/bundle`;
const password = 'set at the prompt';

beforeAll(() => {
  if (!inNamespace) return;
  for (const name of stubbed) place(`${stubs}/${name}`, '#!/bin/sh\nexit 0\n', 0o755);
  const sudo = [
    '#!/bin/bash',
    'if [ "$1" = -u ]; then',
    '  account=$2; shift 2',
    '  exec setpriv --reuid "$(id -u "$account")" --regid "$(id -g "$account")" --clear-groups "$@"',
    'fi',
    'exec "$@"',
  ];
  place(`${stubs}/sudo`, `${sudo.join('\n')}\n`, 0o755);
  // Every machine is this one, and its home directory is the folder that all archives are unpacked to.
  const scp = [
    '#!/bin/bash',
    'while [[ $1 == -* ]]; do [ "$1" = -rp ] || shift; shift; done',
    'to=./${*: -1}; to=./${to##*:}; mkdir -p "$to"',
    'for from in "${@:1:$#-1}"; do [ "$from" -ef "$to/${from##*/}" ] || cp -rp "$from" "$to"; done',
  ];
  const ssh = ['#!/bin/bash', 'while [[ $1 == -* ]]; do shift 2; done', '"${@:2}"'];
  place(`${stubs}/ssh`, `${ssh.join('\n')}\n`, 0o755);
  place(`${stubs}/scp`, `${scp.join('\n')}\n`, 0o755);
});

/** Runs the commands of a step; each that prompts for a password gets one typed twice. */
async function follow(step: Step): Promise<void> {
  for (const command of partsOf(step)) {
    const ran: Ran = await run('bash', ['-euo', 'pipefail', '-c', command], {
      cwd: bundle,
      env: { CA_PASSPHRASE_FILE: passphraseFile(), PATH: `${stubs}:${dirname(psql())}:/usr/sbin:/usr/bin:/sbin:/bin` },
      // psql prompts at the terminal; without one it reads the same answers here.
      input: `${password}\n${password}\n`,
    });
    if (ran.code !== 0) throw new Error(`exit code ${ran.code} for\n${command}\n\n${ran.stdout}${ran.stderr}`);
    if (command.includes('pg_hba_file_rules')) {
      expect(ran.stdout.replace(/\s+/g, ' ')).toMatch(/^[^(]*\(0 rows\)[^(]*\(0 rows\) $/);
    }
  }
}

const psql = (): string => must('sh', ['-c', 'ls /usr/lib/postgresql/*/bin/psql | tail -n 1']).trim();

function unpack(files: readonly BundleFile[]): void {
  rmSync(bundle, { recursive: true, force: true });
  for (const { path, content, mode } of files) place(join(bundle, path), content, mode ?? 0o644);
}

describe.skipIf(!inNamespace)('the README, followed exactly', () => {
  const plans = namedPlans().filter(({ name }) => followed.some((id) => name.endsWith(id)));
  const ways = ['apply.sh', 'manual steps'] as const;
  // Both ways on the platform that one plan has, and one way for each of the others, which share theirs.
  const both = (plan: Plan) => everyCombination || plan.server.platform === 'rhel';
  const cases = plans.flatMap((one, at) =>
    ways.filter((_, index) => both(one.plan) || index === at % ways.length).map((way) => ({ ...one, way })),
  );
  it.each(cases)('$name, $way', async ({ plan, way }) => {
    const layout = layoutOf(plan);
    clearLoopback();
    carry(serverAddresses(plan));
    accountNamed(layout.account);
    const { major, platform } = plan.server;
    const programs = platform === 'debian' ? `/usr/lib/postgresql/${major}` : `/usr/pgsql-${major}`;
    must('mkdir', ['-p', programs]);
    must('mount', ['--bind', binaries(major), programs]);
    await freshServer(plan.server.major, plan.server.superuser, layout);
    const before = records(layout);
    const { files } = generate(plan);
    unpack(files);
    const runbook = steps(fileAt(files, 'README.md').content);
    const inSection = (name: string, of: Step[]) => of.filter(({ section }) => section === name);
    const isApply = ({ script }: Step) => script.includes('/apply.sh');
    const onServer = inSection('Database server', runbook);
    const mine = [
      ...inSection('Your own machine', runbook),
      ...(way === 'apply.sh'
        ? onServer
        : [
            ...inSection('Database server', steps(fileAt(files, 'manual-steps.md').content)),
            ...onServer.filter((step) => !isApply(step)),
          ]),
    ];
    let server: RunningServer = await startServer(plan.server.major, layout);
    const restart = async () => {
      await server.stop();
      server = await startServer(plan.server.major, layout);
    };
    try {
      for (const step of mine) {
        await follow(step);
        if (step.script.includes('systemctl restart')) await restart();
      }
      expect(await knock(plan, true)).toMatchObject({ kind: 'in' });
      expect(await knock(plan, false)).toMatchObject({ kind: 'refused' });

      const undo = inSection('Undo', runbook).find(({ script }) => script.includes('database-server/apply.sh --undo'));
      if (!undo) throw new Error('The README does not say how to undo it');
      await follow(undo);
      // It has restarted the server, if that was needed.
      expect(records(layout)).toBe(before);
      expect(await knock(plan, true)).toMatchObject({ kind: 'refused' });
    } finally {
      const end = 'kill -INT "$(head -n 1 "$0")"; for try in $(seq 300); do [ -e "$0" ] || break; sleep 0.1; done';
      await run('sh', ['-c', end, `${layout.dataDirectory}/postmaster.pid`]);
      await server.stop();
      must('umount', ['--lazy', programs]);
    }
  });
});

const records = (layout: Layout): string => readFileSync(`${layout.configDirectory}/pg_hba.conf`, 'utf8');

/** The first client of the plan that logs in to a database, from its own first source. */
function knock(plan: Plan, tls: boolean): Promise<Outcome> {
  const client = plan.clients.find(({ replication }) => replication !== 'physical');
  const source = client?.sources[0]?.replace(/0\/\d+$/, '1').replace(/\/\d+$/, '');
  const [role] = client?.roles ?? [];
  if (!client || !source || role === undefined) throw new Error('The plan has no client that logs in');
  carry([source]);
  const made = join(bundle, 'your-machine/certificates');
  const read = (name: string) => readFileSync(join(made, name), 'utf8');
  const withCertificate = client.auth.method === 'cert+scram';
  const [target = ''] = client.via === 'public' ? plan.server.addresses.public : plan.server.addresses.private;
  return attempt({
    source,
    target,
    port: plan.server.port,
    role,
    database: client.databases === 'all' ? 'postgres' : (client.databases[0] ?? ''),
    replication: 'none',
    password,
    tls: tls ? { ca: read('ca.crt'), name: plan.server.name ?? target } : null,
    ...(withCertificate
      ? { certificate: { cert: read(`clients/${role}.crt`), key: read(`clients/${role}.key`) } }
      : {}),
  });
}
