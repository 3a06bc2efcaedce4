import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { bundleName, generate, type Plan } from '../../../app/core/index.ts';
import { binaries } from '../../server/harness/binaries.ts';
import { fileAt } from '../../server/harness/bundle.ts';
import { passphraseFile } from '../../server/harness/certificates.ts';
import { must, type Ran, run } from '../../server/harness/command.ts';
import { type Attempt, attempt, type Outcome } from '../../server/harness/connect.ts';
import { ofPrimary, serverAddresses, targets } from '../../server/harness/expectations.ts';
import { own, setHosts } from '../../server/harness/places.ts';
import { inside } from '../../server/harness/prefix.ts';
import { partsOf, type Step, steps } from '../../server/harness/readme.ts';
import { until } from '../../server/harness/until.ts';
import { arriveFrom, connect, networkFile } from './cable.ts';
import { Host } from './host.ts';
import { rootOf } from './roots.ts';
import type { Row } from './rows.ts';
import { Unlisted } from './unlisted.ts';

/** Typed where a command prompts for a password. */
const password = 'set at the prompt';

/** Addresses that no plan lists. */
const UNLISTED = ['192.0.2.66', '2001:db8:66::66'];

/** Commands in which the administrator fills in an address, which a test cannot know: none of these is run. */
const FILLED_IN = / ADDRESS$/m;

const isSix = (address: string) => address.includes(':');

/**
 * The machines of one plan: the administrator's own with the unpacked archives, the server, booted from a clean Debian,
 * and a client. Commands of the guides are run unmodified on each.
 */
export class Journey {
  readonly plan: Plan;
  readonly host: Host;
  readonly unlisted: Unlisted;
  /** The runbook, and the steps of apply.sh by hand. */
  readonly readme: readonly Step[];
  readonly manual: readonly Step[];
  readonly #packages: string;
  readonly #major: number | undefined;
  readonly #authorityOnServer: string | undefined;
  readonly #home: string;
  readonly #bundle: string;

  constructor({ plan, suite, major, authority, keeps }: Row) {
    this.plan = plan;
    this.#home = `${own}/journeys/here`;
    this.#major = major;
    this.#authorityOnServer = authority;
    this.#bundle = `${this.#home}/own/${bundleName(plan)}`;
    must('rm', ['-rf', this.#home]);
    const servers = serverAddresses(plan);
    const clients = ofPrimary(plan).flatMap(({ sources }) => sources.flatMap((source) => inside(source).slice(0, 1)));
    const others = [...(keeps ? [keeps.source] : []), ...UNLISTED];
    this.host = new Host('journey', rootOf(suite), (pid) => connect(pid, servers, [...clients, ...others]));
    write(this.host.written('/etc/hostname'), 'db\n');
    write(this.host.written('/etc/hosts'), '127.0.0.1 localhost\n::1 localhost\n127.0.1.1 db\n');
    write(this.host.written('/etc/resolv.conf'), '');
    write(this.host.written('/etc/systemd/network/eth0.network'), networkFile(servers));
    const { files } = generate(plan);
    for (const { path, content } of files) write(`${this.#bundle}/${path}`, content);
    const readme = fileAt(files, 'README.md').content;
    this.readme = steps(readme);
    this.manual = steps(fileAt(files, 'manual-steps.md').content);
    this.#packages = /^\| Database server \| ([^|]*) \|/m.exec(readme)?.[1]?.replaceAll(',', '') ?? '';
    const ways = servers.flatMap((target) =>
      UNLISTED.filter((source) => isSix(source) === isSix(target)).map((source) => ({ source, target })),
    );
    this.unlisted = new Unlisted(ways, plan.server.port);
  }

  /**
   * Installs the packages that the runbook names for the server. certbot is replaced by a stand-in: no journey reaches
   * its CA.
   */
  async install(): Promise<void> {
    const packages = this.#packages.split(' ').filter((name) => name !== 'certbot' && name !== 'none');
    await this.host.must(`apt-get install -y -qq ${packages.join(' ')}`);
    if (this.#major === undefined) return;
    const programs = `/usr/lib/postgresql/${this.#major}`;
    await this.host.must(`mkdir -p ${programs}`);
    must('cp', ['-r', `${binaries(this.#major)}/.`, this.host.at(programs)]);
  }

  /** Runs every command of some steps, in order and unmodified, on the machine that their heading names. */
  async follow(some: readonly Step[]): Promise<void> {
    for (const step of some) {
      for (const command of partsOf(step).filter((one) => !FILLED_IN.test(one))) {
        const { code, stdout, stderr } = await this.#onMachineOf(step, command);
        if (code !== 0) throw new Error(`exit code ${code} for\n${command}\n\n${stdout}${stderr}`);
      }
    }
  }

  #onMachineOf({ section }: Step, command: string): Promise<Ran> {
    switch (section) {
      case 'Your own machine':
        return this.#onOwnMachine(command);
      case 'Client machines':
        return this.#onClient(command);
      case 'Database server':
      case 'Undo':
        return this.onServer(command);
      default:
        throw new Error(`The guides have commands for a machine that is not here: ${section}`);
    }
  }

  /** Commands in the home directory of the server's administrator. */
  onServer(command: string): Promise<Ran> {
    this.unlisted.doing = command;
    // psql prompts at the terminal; without one it reads the same answers here.
    return this.host.sh(command, `${password}\n${password}\n`);
  }

  /** Commands in the folder of the unpacked archives; `scp` brings files to the home directory of the server. */
  #onOwnMachine(command: string): Promise<Ran> {
    const programs = `${this.#home}/programs`;
    const scp = [
      '#!/bin/bash',
      'while [[ $1 == -* ]]; do shift; done',
      'for to in "$@"; do :; done',
      `cp -rp "\${@:1:$#-1}" "${this.host.at('/root')}/\${to#*:}"`,
    ];
    write(`${programs}/scp`, `${scp.join('\n')}\n`);
    chmodSync(`${programs}/scp`, 0o755);
    return run('bash', ['-euo', 'pipefail', '-c', command], {
      cwd: this.#bundle,
      env: { CA_PASSPHRASE_FILE: passphraseFile(), PATH: `${programs}:${process.env.PATH}` },
    });
  }

  /** Commands where the first client runs; the folder of the clients is copied there, with the CA in it. */
  #onClient(command: string): Promise<Ran> {
    const home = `${this.#home}/client`;
    const [client] = ofPrimary(this.plan);
    if (!existsSync(home)) {
      must('mkdir', [home]);
      must('cp', ['-r', `${this.#bundle}/clients`, home]);
      must('cp', [this.#authority, `${home}/clients/ca.crt`]);
      write(`${home}/.pgpass`, `*:*:*:*:${password}\n`);
      chmodSync(`${home}/.pgpass`, 0o600);
    }
    const servers = serverAddresses(this.plan);
    for (const source of client?.sources.flatMap((network) => inside(network).slice(0, 1)) ?? [])
      for (const server of servers.filter((address) => isSix(address) === isSix(source))) arriveFrom(source, server);
    setHosts([{ name: this.plan.server.name ?? '', addresses: servers }]);
    const { certificate } = this.plan.security;
    if (certificate.source === 'existing' && certificate.rootFile !== null)
      write(certificate.rootFile, readFileSync(this.#authority, 'utf8'));
    // A public CA is in the trust store of the client's system.
    const env = { HOME: home, SSL_CERT_FILE: this.#authority };
    return run('bash', ['-euo', 'pipefail', '-c', command], { cwd: home, env });
  }

  /** The CA that the client verifies the server with. */
  get #authority(): string {
    return this.#authorityOnServer === undefined
      ? `${this.#bundle}/your-machine/certificates/ca.crt`
      : this.host.at(this.#authorityOnServer);
  }

  /** A login of a role from an address, with TLS or without: by default as the first client of the plan. */
  async logIn(
    source: string,
    as: { role?: string; secret?: string; database?: string; tls?: string | null } = {},
  ): Promise<Outcome> {
    const [client] = ofPrimary(this.plan);
    if (!client) throw new Error('The plan has no client that logs in');
    const target = targets(this.plan, client.via).find((address) => isSix(address) === isSix(source)) ?? '';
    const ca = as.tls === undefined ? readFileSync(this.#authority, 'utf8') : as.tls;
    const one: Attempt = {
      source,
      target,
      port: this.plan.server.port,
      role: as.role ?? client.roles[0] ?? '',
      database: as.database ?? (client.databases === 'all' ? 'postgres' : (client.databases[0] ?? '')),
      replication: 'none',
      password: as.secret ?? password,
      tls: ca === null ? null : { ca, name: this.plan.server.name ?? target },
    };
    // While the server boots, a lookup of its address on the link may already be failing (RFC 4861, 7.2.2).
    let outcome = await attempt(one);
    await until('the server is found on the link', async () => {
      if (outcome.kind === 'in' || outcome.code !== 'EHOSTUNREACH') return true;
      outcome = await attempt(one);
      return false;
    });
    return outcome;
  }

  async end(): Promise<void> {
    this.unlisted.end();
    await this.host.end();
    must('rm', ['-rf', this.#home]);
  }
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
