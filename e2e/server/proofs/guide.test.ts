import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type BundleFile, generate, type Plan } from '../../../app/core/index.ts';
import { accountNamed } from '../harness/accounts.ts';
import { fileAt } from '../harness/bundle.ts';
import { must, type Ran, run } from '../harness/command.ts';
import { attempt, type Outcome } from '../harness/connect.ts';
import { serverAddresses } from '../harness/expectations.ts';
import { type Layout, layoutOf } from '../harness/layout.ts';
import { carry, clearLoopback } from '../harness/loopback.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own } from '../harness/places.ts';
import { namedPlans } from '../harness/plans.ts';
import { freshServer, type RunningServer, startServer } from '../harness/server.ts';
import { place } from '../harness/writable.ts';

/** Presets whose README is followed to the letter: two platforms, two firewalls, passwords and certificates. */
const followed = ['direct-allowlist', 'private-web-replica', 'payroll-mutual-tls', 'replication-pair'];

/** Programs that a namespace without an init and a network has no use for; each says it was called. The firewalls have their own proofs. */
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
});

interface Step {
  readonly section: string;
  readonly script: string;
}

/** The fenced commands of a README with the heading that each stands under. */
function steps(readme: string): Step[] {
  const found: Step[] = [];
  let section = '';
  let script: string[] | undefined;
  for (const line of readme.split('\n')) {
    if (line.startsWith('## ')) section = line.slice(3);
    if (line === '```sh') script = [];
    else if (line === '```' && script) {
      found.push({ section, script: script.join('\n') });
      script = undefined;
    } else script?.push(line);
  }
  return found;
}

/** Runs the commands of a step; each that asks for a password gets one typed twice. */
async function follow({ script }: Step): Promise<void> {
  const commands = script.includes('\\password') ? script.split('\n') : [script];
  for (const command of commands) {
    const ran: Ran = await run('bash', ['-euo', 'pipefail', '-c', command], {
      cwd: bundle,
      env: { PATH: `${stubs}:${dirname(psql())}:/usr/sbin:/usr/bin:/sbin:/bin` },
      // psql asks at the terminal; where there is none it reads the same answers here.
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
  must('rm', ['-rf', bundle]);
  for (const { path, content, mode } of files) place(join(bundle, path), content, mode ?? 0o644);
}

describe.skipIf(!inNamespace)('the README, followed to the letter', () => {
  it.each(namedPlans().filter(({ name }) => followed.some((id) => name.endsWith(id))))('$name', async ({ plan }) => {
    const layout = layoutOf(plan);
    clearLoopback();
    carry(serverAddresses(plan));
    accountNamed(layout.account);
    await freshServer(plan.server.major, plan.server.superuser, layout);
    const before = records(layout);
    const { files } = generate(plan);
    unpack(files);
    const all = steps(fileAt(files, 'README.md').content);
    const mine = all.filter(({ section }) => ['Your own machine', 'Database server'].includes(section));
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

      const [putBack] = all.filter(({ section }) => section === 'How to undo it');
      if (!putBack) throw new Error('The README says nothing of the way back');
      await follow(putBack);
      await restart();
      expect(records(layout)).toBe(before);
      expect(await knock(plan, true)).toMatchObject({ kind: 'refused' });
    } finally {
      await server.stop();
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
