import { file, man, says, test } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const sshLab = test('e2e/lab/ssh.test.ts');
const ours = file('app/core/bundle/bastion/install-tunnel.ts');

export const sshTunnelPage: TargetPage = {
  id: 'ssh-tunnel',
  title: 'SSH tunnel as a service',
  summary: "A client machine keeps its forward open with systemd, for programs that can't open one.",
  does: [
    ...says(sshLab, 'Runs ssh under a dedicated account that can do nothing else, and restarts it when it ends.'),
    ...says(
      man('ssh_config(5)', 'https://man.openbsd.org/ssh_config'),
      'Detects an unreachable bastion within two minutes, and exits if the port is already in use.',
    ),
    ...says(ours, 'Creates its key on the machine; the bastion must know it before the service starts.'),
  ],
  doesNot: says(
    file('app/core/bundle/bastion/tunnel.ts'),
    'Distinguish between programs on the machine: each can use the port, and PostgreSQL requires its login.',
    'Run without pinned host keys, since nobody is there to confirm a fingerprint.',
    'Work without systemd; there, use the Host block of ssh_config.',
  ),
  undo: [
    ...says(sshLab, 'sudo bash clients/postern-tunnel/tunnel-undo.sh'),
    ...says(ours, 'Remove the key from the bastion, or revoke it.'),
  ],
  pitfalls: says(
    man('systemd.service(5), Restart', 'https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html'),
    'While a service restarts, its port is closed: programs have to retry.',
  ),
};
