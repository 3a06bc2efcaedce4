import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { must, run } from '../harness/command.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own } from '../harness/places.ts';
import { until } from '../harness/until.ts';
import { runScript, tryPackets, version } from './packets.ts';

const programs: ChildProcess[] = [];

/** A system bus without the accounts that the packaged one names. */
const bus = `<busconfig>
  <type>system</type>
  <listen>unix:path=/run/dbus/system_bus_socket</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow own="*"/><allow user="*"/><allow receive_sender="*"/>
  </policy>
</busconfig>
`;

/** A separate bus and firewalld in the namespace. Its zone allows everything, so that only the policy blocks. */
async function start(): Promise<void> {
  mkdirSync('/run/dbus', { recursive: true });
  mkdirSync('/etc/firewalld/policies', { recursive: true });
  writeFileSync(
    '/etc/firewalld/firewalld.conf',
    'DefaultZone=trusted\nFirewallBackend=nftables\nCleanupOnExit=yes\nIPv6_rpfilter=no\n',
  );
  writeFileSync(`${own}/bus.conf`, bus);
  programs.push(
    spawn('dbus-daemon', [`--config-file=${own}/bus.conf`, '--nofork', '--nopidfile'], { stdio: 'ignore' }),
  );
  await until('the bus listens', () => existsSync('/run/dbus/system_bus_socket'));
  programs.push(spawn('firewalld', ['--nofork', '--nopid'], { stdio: 'ignore' }));
  await until('firewalld runs', async () => (await run('firewall-cmd', ['--state'])).code === 0);
}

/** Calls the running firewalld as firewall-cmd does, without the half second of starting Python. */
async function reload(): Promise<void> {
  const name = 'org.fedoraproject.FirewallD1';
  const answer = await run('dbus-send', [
    '--system',
    '--print-reply',
    `--dest=${name}`,
    `/${name.replaceAll('.', '/')}`,
    `${name}.reload`,
  ]);
  expect(answer, answer.stderr).toMatchObject({ code: 0 });
}

/** The commands to paste, as an administrator does; the tests are root already. Their check prints what the guide says. */
async function paste(commands: string): Promise<void> {
  await runScript(`sudo() { "$@"; }\n${commands}`, 'firewalld-commands.sh');
  const rules = [...commands.matchAll(/--add-rich-rule='(.*)'$/gm)].map(([, rule]) => rule);
  expect(must('firewall-cmd', ['--policy=postern', '--list-rich-rules']).trimEnd().split('\n')).toEqual(rules);
}

tryPackets({
  target: 'firewalld',
  kind: 'firewalld',
  others: true,
  files: ['postern.xml', 'firewalld.sh'],
  judgedBy: inNamespace ? `firewalld ${version('firewall-offline-cmd', ['--version'])}` : 'firewalld',
  tried:
    'rules of random plans loaded, one plan of forty by firewalld.sh itself and one of twenty by the commands to paste; TCP connections tried over a wire',
  // The others do what the script does to the running firewall.
  use: (read, index) =>
    index % 40 === 0
      ? runScript(read('firewalld.sh'), 'firewalld.sh')
      : index % 20 === 1
        ? paste(read('firewalld commands'))
        : reload(),
  prepare: start,
  clear: () => {
    for (const program of programs.splice(0)) program.kill();
    must('nft', ['flush', 'ruleset']);
  },
});
