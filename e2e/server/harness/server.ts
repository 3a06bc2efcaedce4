import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Account, accountNamed } from './accounts.ts';
import { binaries } from './binaries.ts';
import { must } from './command.ts';
import type { Layout } from './layout.ts';
import { own } from './places.ts';
import { template } from './template.ts';
import { until } from './until.ts';

const COPY = `
rm -rf "$2" "$3"
cp -a "$1" "$2"
if [ -n "$4" ]; then
  mkdir -p "$3/conf.d"
  mv "$2/postgresql.conf" "$2/pg_hba.conf" "$2/pg_ident.conf" "$3"
fi
`;

/** A server as its packages leave it, not started yet: data directory, configuration directory, packaged settings. */
export async function freshServer(major: number, superuser: string, layout: Layout): Promise<void> {
  const from = await template(major, superuser);
  const account = accountNamed(layout.account);
  mkdirSync(dirname(layout.dataDirectory), { recursive: true });
  const apart = layout.configDirectory !== layout.dataDirectory;
  // One shell, because a process that it starts costs a quarter of one that this large process starts.
  must('sh', ['-ec', COPY, 'copy', from, layout.dataDirectory, layout.configDirectory, apart ? 'apart' : '']);
  const settings = `${layout.configDirectory}/postgresql.conf`;
  writeFileSync(settings, `${readFileSync(settings, 'utf8')}\n${layout.settings.join('\n')}\n`);
  const folders = [layout.dataDirectory, layout.configDirectory, layout.socketDirectory ?? layout.dataDirectory].filter(
    (folder) => folder !== '/tmp',
  );
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  must('chown', ['-R', `${account.uid}:${account.gid}`, ...new Set(folders)]);
}

export interface RunningServer {
  readonly log: () => string;
  readonly reload: () => void;
  readonly stop: () => Promise<void>;
}

/** Starts the server in the foreground as its own account and waits until it accepts connections. */
export async function startServer(major: number, layout: Layout): Promise<RunningServer> {
  const account = accountNamed(layout.account);
  const logFile = `${own}/server.log`;
  const out = openSync(logFile, 'w');
  // Durability is not tested, so nothing waits for the disk. Command-line options change no file.
  const args = [
    '-D',
    layout.dataDirectory,
    '-c',
    `config_file=${layout.configDirectory}/postgresql.conf`,
    '-c',
    'fsync=off',
  ];
  const started = spawn(`${binaries(major)}/bin/postgres`, args, {
    uid: account.uid,
    gid: account.gid,
    cwd: layout.dataDirectory,
    env: { PATH: process.env.PATH, LANG: 'C', HOME: account.home },
    stdio: ['ignore', out, out],
  });
  closeSync(out);
  const log = () => readFileSync(logFile, 'utf8');
  await ready(started, layout, account, log);
  return { log, reload: () => started.kill('SIGHUP'), stop: () => stopped(started) };
}

/** The last line of postmaster.pid says `ready` once connections are accepted (`pidfile.h`, since PostgreSQL 10). */
async function ready(started: ChildProcess, layout: Layout, account: Account, log: () => string): Promise<void> {
  chownSync(layout.dataDirectory, account.uid, account.gid);
  const isReady = () => {
    if (started.exitCode !== null) throw new Error(`The server did not start. Its log:\n${log()}`);
    return readOr(`${layout.dataDirectory}/postmaster.pid`, '').trimEnd().endsWith('ready');
  };
  try {
    await until('the server is ready', isReady, log);
  } catch (error) {
    started.kill('SIGKILL');
    throw error;
  }
}

/** SIGINT is a fast shutdown: clients are disconnected, and the data directory is left consistent. */
export async function stopped(started: ChildProcess): Promise<void> {
  if (started.exitCode !== null || started.signalCode !== null) return;
  const ended = new Promise((resolve) => started.once('exit', resolve));
  started.kill('SIGINT');
  const late = setTimeout(() => started.kill('SIGQUIT'), 60_000);
  await ended;
  clearTimeout(late);
}

function readOr(file: string, otherwise: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return otherwise;
  }
}
