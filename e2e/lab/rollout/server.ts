import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Plan } from '../../../app/core/index.ts';
import { accountNamed } from '../../server/harness/accounts.ts';
import { binaries } from '../../server/harness/binaries.ts';
import { must, type Ran, run } from '../../server/harness/command.ts';
import { serverAddresses } from '../../server/harness/expectations.ts';
import { layoutOf } from '../../server/harness/layout.ts';
import { carry, clearLoopback } from '../../server/harness/loopback.ts';
import { freshServer } from '../../server/harness/server.ts';

/** A server at the paths of its platform, with programs at the paths of its packages. */
export interface AppliedServer {
  readonly config: string;
  readonly data: string;
  readonly bin: string;
  /** With more options of the command line. */
  readonly start: (options?: string) => Promise<void>;
  readonly stop: () => Promise<Ran>;
  /** The process id of its postmaster. */
  readonly postmaster: () => number;
  /** One statement by the local socket. */
  readonly ask: (statement: string) => Promise<string>;
  readonly end: () => Promise<void>;
}

/** A fresh server for a plan of Debian or RHEL, not started yet. */
export async function appliedServer(plan: Plan): Promise<AppliedServer> {
  const { major, platform } = plan.server;
  const layout = layoutOf(plan);
  const account = accountNamed(layout.account);
  const bin = platform === 'debian' ? `/usr/lib/postgresql/${major}/bin` : `/usr/pgsql-${major}/bin`;
  clearLoopback();
  carry(serverAddresses(plan));
  mkdirSync(dirname(bin), { recursive: true });
  must('mount', ['--bind', binaries(major), dirname(bin)]);
  rmSync('/var/lib/postern', { recursive: true, force: true });
  await freshServer(major, plan.server.superuser, layout);
  const control = (...args: string[]) =>
    run(`${bin}/pg_ctl`, [...args, '-D', layout.dataDirectory, '-w', '-t', '30'], { as: account });
  const stop = () => control('stop', '-m', 'immediate');
  const pid = () => readFileSync(`${layout.dataDirectory}/postmaster.pid`, 'utf8').split('\n');
  return {
    config: layout.configDirectory,
    data: layout.dataDirectory,
    bin,
    start: async (more = '') => {
      const options = `-c config_file=${layout.configDirectory}/postgresql.conf -c fsync=off ${more}`;
      const { code, stdout, stderr } = await control('start', '-o', options, '-l', `${account.home}/log`);
      if (code !== 0) throw new Error(`${stdout}${stderr}${readFileSync(`${account.home}/log`, 'utf8').slice(-2000)}`);
    },
    stop,
    postmaster: () => Number(pid()[0]),
    ask: async (statement) => {
      const [, , , port = '', socket = ''] = pid();
      const where = ['-h', socket, '-p', port, '-U', plan.server.superuser, '-d', 'postgres'];
      const { code, stdout, stderr } = await run('psql', ['-XAtq', ...where, '-c', statement], { as: account });
      if (code !== 0) throw new Error(stderr);
      return stdout.trim();
    },
    end: async () => {
      await stop();
      must('umount', [dirname(bin)]);
    },
  };
}
