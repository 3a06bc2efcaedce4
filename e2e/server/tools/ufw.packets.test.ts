import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { must } from '../harness/command.ts';
import { inNamespace } from '../harness/namespace.ts';
import { words } from './cloud.ts';
import { withoutRules } from './firewall.ts';
import { MARK, runScript, tryPackets, version } from './packets.ts';

const CONFIGURATION = '/etc/ufw/ufw.conf';
const enabled = (answer: 'yes' | 'no') =>
  writeFileSync(CONFIGURATION, readFileSync(CONFIGURATION, 'utf8').replace(/^ENABLED=.*$/m, `ENABLED=${answer}`));

/** Whether the chains of ufw exist, whatever its configuration says. */
let loaded = false;

function clear(): void {
  if (loaded) enabled('yes');
  loaded = false;
  withoutRules();
}

/** The rule commands of the script, in their order, as ufw would get them from its functions. */
function commands(script: string): string[][] {
  return script.split('\n').flatMap((line) => {
    const found = /^(put_first|keep_open|ufw|sudo ufw) ((?:allow|deny|proto|prepend) .*)$/.exec(
      line.replace('"postern ssh $run"', 'ssh'),
    );
    if (!found?.[2]) return [];
    const rule = words(found[2]);
    return [
      found[1] === 'put_first' ? ['prepend', ...rule] : found[1] === 'keep_open' ? ['prepend', 'allow', ...rule] : rule,
    ];
  });
}

/** ufw's own code, which writes rules files while the tests run. */
let writer: ChildProcessWithoutNullStreams | undefined;
let answers: AsyncIterator<string> | undefined;

async function write(script: string): Promise<void> {
  if (!writer) {
    writer = spawn('/usr/bin/python3', [fileURLToPath(new URL('ufw-rules.py', import.meta.url))]);
    writer.stderr.resume();
    answers = createInterface({ input: writer.stdout })[Symbol.asyncIterator]();
  }
  writer.stdin.write(`${JSON.stringify(commands(script))}\n`);
  const answer = await answers?.next();
  if (answer?.value !== 'written') throw new Error('ufw did not write the rules');
}

/** Everything by the script itself, which enables ufw; then the chains stay, and only the rules in them change. */
async function whole(script: string): Promise<void> {
  clear();
  rmSync('/var/lib/postern', { recursive: true, force: true });
  await runScript(script, 'ufw.sh');
  loaded = true;
  enabled('no');
  for (const tool of ['iptables', 'ip6tables'])
    must(tool, ['-I', 'INPUT', '1', '-p', 'tcp', '--dport', String(MARK), '-j', 'ACCEPT']);
}

/** The commands to paste; a bastion and a gateway have none. */
function pasted(read: (name: string) => string): string | undefined {
  try {
    return read('ufw commands');
  } catch {
    return undefined;
  }
}

tryPackets({
  target: 'ufw',
  kind: 'ufw',
  others: true,
  files: ['ufw.sh'],
  judgedBy: inNamespace ? version('ufw', ['version']) : 'ufw',
  tried:
    "one plan of forty by ufw.sh itself and one by the commands to paste; for the others ufw's own code wrote its rules files from the commands of one or the other, loaded as ufw-init does; TCP connections tried over a wire",
  use: async (read, index) => {
    if (index % 40 === 0) return whole(read('ufw.sh'));
    // As an administrator pastes them; the tests are root already.
    if (index % 40 === 1 && pasted(read)) return whole(`sudo() { "$@"; }\n${pasted(read)}`);
    await write((index % 2 === 1 && pasted(read)) || read('ufw.sh'));
    must('iptables-restore', ['-w', '-n'], readFileSync('/etc/ufw/user.rules', 'utf8'));
    must('ip6tables-restore', ['-w', '-n'], readFileSync('/etc/ufw/user6.rules', 'utf8'));
  },
  clear: () => {
    writer?.kill();
    writer = undefined;
    clear();
  },
});
