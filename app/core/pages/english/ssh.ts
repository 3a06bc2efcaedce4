import { file, man, says, test } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const sshTools = test('e2e/server/tools/bastion.test.ts');
const sshLab = test('e2e/lab/ssh.test.ts');
const ours = file('app/core/bundle/bastion/ssh-config.ts');

export const sshPage: TargetPage = {
  id: 'ssh',
  title: 'SSH forwards through the bastion',
  summary:
    'Named accounts can forward to the database and do nothing else; clients verify the bastion by its host key.',
  does: [
    ...says(
      sshTools,
      'Accounts and groups of the plan can forward to the named hosts on the PostgreSQL port. They get no shell, file transfer, remote forwarding, agent forwarding or tunnel on the bastion.',
    ),
    ...says(
      sshLab,
      'Clients accept only the host keys of the plan, under a name of its own, so that neither a new address nor a prompt can bypass them.',
    ),
    ...says(ours, 'Administrators reach the SSH port of the server with ProxyJump; their keys stay on their machine.'),
    ...says(sshLab, 'sshd checks a copy of its whole configuration before the drop-in is activated.'),
  ],
  doesNot: [
    ...says(
      sshTools,
      'Change anything for accounts that are not named, including administrators.',
      "Tell PostgreSQL who connects: it sees the bastion's address for everyone.",
    ),
    ...says(
      file('app/core/bundle/bastion/sshd.ts'),
      "Restrict who can reach the SSH port: the bastion's firewall does that.",
    ),
    ...says(
      file('app/core/bundle/bastion/host-keys.ts'),
      "Pin a key that the plan doesn't have. Without one, everyone compares the fingerprint at the first connection with what host-keys.sh printed on the bastion.",
    ),
  ],
  undo: [
    ...says(sshLab, 'sudo bash bastion/sshd-undo.sh'),
    ...says(ours, 'On clients: remove the Host block from ~/.ssh/config and delete ~/.ssh/postern_known_hosts.'),
  ],
  pitfalls: [
    ...says(
      man('sshd_config(5)', 'https://man.openbsd.org/sshd_config'),
      'For each keyword, sshd uses the first value it finds, so an earlier Match block for the same account wins.',
      'PermitOpen compares the text that the client requests. A name that is not listed is refused, even if it resolves to a listed address.',
    ),
    ...says(
      man('ssh_config(5)', 'https://man.openbsd.org/ssh_config'),
      "Without ExitOnForwardFailure, ssh doesn't exit when a forward fails: it continues even though the port is already in use.",
    ),
  ],
};
