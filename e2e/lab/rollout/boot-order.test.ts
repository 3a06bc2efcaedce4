import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { defaultPlan, generate } from '../../../app/core/index.ts';
import { accountNamed } from '../../server/harness/accounts.ts';
import { binaries } from '../../server/harness/binaries.ts';
import { fileAt } from '../../server/harness/bundle.ts';
import { must, run } from '../../server/harness/command.ts';
import { conforms } from '../../server/harness/conformance.ts';
import { layoutOf } from '../../server/harness/layout.ts';
import { clearLoopback } from '../../server/harness/loopback.ts';
import { inNamespace } from '../../server/harness/namespace.ts';
import { own } from '../../server/harness/places.ts';
import { valid } from '../../server/harness/plans.ts';
import { freshServer } from '../../server/harness/server.ts';
import { place } from '../../server/harness/writable.ts';
import { untilWithLog } from './bundle.ts';
import { type Booted, boot } from './machine.ts';

const MAJOR = 18;
const programs = `/usr/lib/postgresql/${MAJOR}`;
const unit = `postgresql@${MAJOR}-main.service`;
const journal = `${own}/boot-order.log`;
const [here, late] = ['203.0.113.10', '2001:db8:10::10'];
const start = defaultPlan('direct');
const plan = valid(
  { ...start, server: { ...start.server, addresses: { ...start.server.addresses, public: [here, late] } } },
  'a server that boots',
);
const layout = layoutOf(plan);
const { files } = generate(plan);
const wait = fileAt(files, 'database-server/wait-for-addresses.sh');
const order = fileAt(files, 'database-server/postgresql-after-network.conf');

/** As Debian's unit: after network.target, which does not wait for addresses. The journal is a file here. */
const service = `[Unit]
DefaultDependencies=no
After=network.target
[Service]
User=postgres
ExecStart=${programs}/bin/postgres -D ${layout.dataDirectory} -c config_file=${layout.configDirectory}/postgresql.conf -c fsync=off
KillSignal=SIGINT
StandardError=append:${journal}
`;
const target = '[Unit]\nDefaultDependencies=no\n';
/** A network that is online before its last address exists. */
const network = { 'network.target': target, 'network-online.target': target };
const addsLater = (seconds: number) => `[Unit]
DefaultDependencies=no
[Service]
ExecStart=/bin/sh -c 'sleep ${seconds}; ip address add ${late}/128 dev lo nodad'
`;

describe.skipIf(!inNamespace)('a server at boot', () => {
  let machine: Booted | undefined;
  const listens = async (address: string) => {
    const { stdout } = await run('ss', ['-ltnH', 'sport = :5432']);
    return stdout.includes(address);
  };
  const booted = async (services: Readonly<Record<string, string>>, bound?: number) => {
    rmSync(journal, { force: true });
    clearLoopback();
    must('ip', ['address', 'add', `${here}/32`, 'dev', 'lo']);
    const text = bound === undefined ? order.content : order.content.replace(/(addresses) 60 /, `$1 ${bound} `);
    place(order.target ?? '', text, 0o644);
    machine = await boot({ [unit]: service, ...services }, network);
    await untilWithLog('PostgreSQL is ready', () => {
      const file = `${layout.dataDirectory}/postmaster.pid`;
      return existsSync(file) && readFileSync(file, 'utf8').trimEnd().endsWith('ready');
    });
  };

  beforeAll(async () => {
    mkdirSync(programs, { recursive: true });
    must('mount', ['--bind', binaries(MAJOR), programs]);
    accountNamed('postgres');
    await freshServer(MAJOR, 'postgres', layout);
    writeFileSync(
      `${layout.configDirectory}/conf.d/postern.conf`,
      `listen_addresses = 'localhost, ${here}, ${late}'\n`,
    );
    place(wait.target ?? '', wait.content, 0o755);
  });
  afterEach(async () => {
    await machine?.run('systemctl', ['stop', unit]);
    await machine?.cut();
    rmSync(dirname(order.target ?? ''), { recursive: true, force: true });
    rmSync(`${layout.dataDirectory}/postmaster.pid`, { force: true });
  });
  afterAll(() => {
    clearLoopback();
    must('umount', [programs]);
  });

  it('listens on an address that appears after the network is online', async () => {
    await booted({ 'late.service': addsLater(4) });
    expect(await listens(late)).toBe(true);
    expect(await listens(here)).toBe(true);
    expect(readFileSync(journal, 'utf8')).not.toContain('could not bind');
    // The packaged unit alone: the address is skipped, and the server stays without it.
    await machine?.run('systemctl', ['stop', unit]);
    await machine?.cut();
    rmSync(dirname(order.target ?? ''), { recursive: true, force: true });
    must('ip', ['address', 'del', `${late}/128`, 'dev', 'lo']);
    machine = await boot({ [unit]: service, 'late.service': addsLater(3) }, network);
    await untilWithLog('the address exists', async () => (await run('ip', ['-o', 'address'])).stdout.includes(late));
    expect(await listens(here)).toBe(true);
    expect(await listens(late)).toBe(false);
    conforms({
      target: 'Boot order',
      files: ['wait-for-addresses.sh', 'postgresql-after-network.conf'],
      judgedBy: `${must('systemctl', ['--version']).split('\n')[0]} as process 1, PostgreSQL ${MAJOR}`,
      tried: 'an address that appears 4 seconds late at boot, and one that never appears; IPv6 late, IPv4 present',
      plans: 1,
      cases: 4,
    });
  });

  it('starts without an address that never appears, and says so in the journal', async () => {
    const since = Date.now();
    await booted({}, 3);
    // bash counts whole seconds.
    expect(Date.now() - since).toBeGreaterThan(2000);
    expect(await listens(here)).toBe(true);
    expect(readFileSync(journal, 'utf8')).toContain(`After 3 seconds these addresses are still missing: ${late}.`);
    // After boot nothing waits.
    await machine?.run('systemctl', ['restart', unit]);
    expect(readFileSync(journal, 'utf8').split('still missing')).toHaveLength(2);
  });

  it('starts even if the program that waits is missing', async () => {
    rmSync(wait.target ?? '');
    try {
      await booted({});
      expect(await listens(here)).toBe(true);
    } finally {
      place(wait.target ?? '', wait.content, 0o755);
    }
  });
});
