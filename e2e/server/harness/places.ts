import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { accountNamed } from './accounts.ts';
import { must } from './command.ts';

/** Files that only the tests use. */
export const own = '/run/postern';

/** Folders that are empty in the namespace. */
const empty = ['/run', '/tmp'];

/**
 * Folders in which the platforms install programs, servers and certificates. Reads show the system's files; writes are
 * visible only in this namespace, so that the generated files can be installed at exactly their target paths.
 */
const layered = ['/etc', '/opt', '/srv', '/usr', '/var'];

/** Makes the private places. Called once, before any test, and only inside the namespace. */
export function makePlaces(repository: string): void {
  // Whatever is mounted from here on stays in this namespace.
  must('mount', ['--make-rprivate', '/']);
  for (const folder of empty) {
    keeping(repository, folder, () => must('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'postern', folder]));
  }
  for (const folder of layered.filter((path) => existsSync(path))) {
    const layer = `${own}/layers${folder}`;
    for (const part of ['upper', 'work']) mkdirSync(`${layer}/${part}`, { recursive: true });
    const options = `lowerdir=${folder},upperdir=${layer}/upper,workdir=${layer}/work`;
    keeping(repository, folder, () => must('mount', ['-t', 'overlay', '-o', options, 'postern', folder]));
  }
  chmodSync('/tmp', 0o1777);
  for (const folder of ['/run/postgresql', '/run/sshd', '/run/lock', `${own}/home`])
    mkdirSync(folder, { recursive: true });

  accountNamed('postgres');
  // Names come from the files alone: no name service, no network.
  writeFileSync('/etc/nsswitch.conf', 'passwd: files\ngroup: files\nhosts: files\n');
  setHosts([]);
}

/**
 * Mounts over a folder. The repository below it is mounted again at its own path, because reports are written there,
 * and so is the test material next to it.
 */
function keeping(repository: string, folder: string, mount: () => void): void {
  const beneath = [repository, `${dirname(repository)}/shared`].filter(
    (path) => path.startsWith(`${folder}/`) && existsSync(path),
  );
  const aside = '/mnt';
  if (beneath.length > 0) must('mount', ['-t', 'tmpfs', 'postern', aside]);
  for (const [at, path] of beneath.entries()) {
    mkdirSync(`${aside}/${at}`);
    must('mount', ['--bind', path, `${aside}/${at}`]);
  }
  mount();
  for (const [at, path] of beneath.entries()) {
    mkdirSync(path, { recursive: true });
    must('mount', ['--move', `${aside}/${at}`, path]);
  }
  if (beneath.length > 0) must('umount', [aside]);
}

/** What the client resolves the plan's names to; a client without IPv6 has names without an AAAA record. */
export function setHosts(entries: readonly { readonly name: string; readonly addresses: readonly string[] }[]): void {
  const lines = entries.flatMap(({ name, addresses }) => addresses.map((address) => `${address} ${name}\n`));
  writeFileSync('/etc/hosts', `127.0.0.1 localhost\n::1 localhost\n${lines.join('')}`);
}
