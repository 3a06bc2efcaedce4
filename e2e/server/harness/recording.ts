import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { passphraseFile } from './certificates.ts';
import { must, run } from './command.ts';
import { own } from './places.ts';

/** One command that a script ran: its name, its arguments, and its input, if it reads rules. */
export type Recorded = readonly string[];

/** Commands that act on the machine: they are recorded and do nothing. */
const silent = [
  'docker',
  'firewall-cmd',
  'ip',
  'ip6tables',
  'iptables',
  'psql',
  'ss',
  'sysctl',
  'systemctl',
  'ufw',
  'wg',
];
/** These read their rules from the input. */
const reading = ['ip6tables-restore', 'iptables-restore'];
/** These are recorded and run, because the script needs their output. */
const real = ['install', 'openssl'];

const folder = `${own}/recording`;
const log = join(folder, 'log');

function writeStubs(): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'bin'), { recursive: true });
  const note = `printf '%s\\0' "\${0##*/}" "$@" >>${log}`;
  const end = `printf '\\036\\0' >>${log}`;
  const stub = (name: string, lines: readonly string[]) => {
    writeFileSync(join(folder, 'bin', name), `#!/bin/bash\n${lines.join('\n')}\n`);
    chmodSync(join(folder, 'bin', name), 0o755);
  };
  // Scripts look for a rule and delete rules until none is left; here none ever exists.
  const nothingThere = 'case " $* " in *" -C "* | *" -D "* | *" del "*) exit 1 ;; esac';
  for (const name of silent) stub(name, [note, end, nothingThere]);
  for (const name of reading) stub(name, [note, `printf '%s\\0' "$(cat)" >>${log}`, end]);
  // Two runs of a script are compared, and must not differ by their time.
  stub('date', ["echo '2000-01-01T00:00:00'"]);
  for (const name of real) stub(name, [note, end, `exec /usr/bin/${name} "$@"`]);
}

/**
 * Runs a script with real bash, as root, in an empty folder with the given files, and returns the commands that it ran.
 */
export async function commandsOf(
  script: string,
  args: readonly string[],
  files: string | undefined,
): Promise<readonly Recorded[]> {
  writeStubs();
  // Files left by an earlier run would change what this one does.
  for (const left of ['/var/lib/postern', '/etc/wireguard']) rmSync(left, { recursive: true, force: true });
  const home = join(folder, 'home');
  mkdirSync(home);
  if (files) must('cp', ['-a', `${files}/.`, home]);
  writeFileSync(join(home, 'script.sh'), script);
  writeFileSync(log, '');
  await run('bash', ['script.sh', ...args], {
    cwd: home,
    env: {
      PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
      HOME: home,
      PGPASSWORD: 'x',
      CA_PASSPHRASE_FILE: passphraseFile(),
    },
  });
  return readFileSync(log, 'utf8')
    .split('\x1e\0')
    .filter((text) => text !== '')
    .map((text) => text.split('\0').slice(0, -1));
}

/** Whether a name that contains `touch FILE` was run as a command by the last script. */
export const wasTouched = (file: string): boolean => existsSync(join(folder, 'home', file));
