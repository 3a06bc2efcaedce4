import type { TargetPage } from '../page.ts';

const sshd = { title: 'sshd_config(5)', url: 'https://man.openbsd.org/sshd_config' };
const client = { title: 'ssh_config(5)', url: 'https://man.openbsd.org/ssh_config' };

export const sshPage: TargetPage = {
  id: 'ssh',
  title: 'SSH forwards through the bastion',
  summary: 'Named accounts forward to the database and do nothing else; clients know the bastion by its key.',
  does: [
    'Accounts and groups of the plan may forward to the named hosts at the port of PostgreSQL. They get no shell, no file transfer, no port, agent or tunnel of the bastion.',
    'Clients hold to the host keys of the plan under a name of their own, so that neither a new address nor a question gets past them.',
    'Administrators reach the SSH port of the server with ProxyJump; their keys stay on their machine.',
    'sshd reads a copy of its whole configuration before the drop-in goes live.',
  ],
  doesNot: [
    'Change anything for accounts that are not named, administrators among them.',
    'Tell PostgreSQL who comes: it sees the address of the bastion for all.',
    'Limit who reaches the SSH port: that is for the firewall of the bastion.',
    'Pin a key that the plan does not have. Without one, everyone compares the fingerprint at the first connection, with what host-keys.sh printed on the bastion.',
  ],
  undo: [
    'sudo bash bastion/sshd-undo.sh',
    'On clients: take the Host block out of ~/.ssh/config and delete ~/.ssh/postern_known_hosts.',
  ],
  pitfalls: [
    {
      text: 'For each keyword the first value that is met counts, so an earlier Match block for the same account wins.',
      source: sshd,
    },
    {
      text: 'PermitOpen compares the text that the client asks for. A name that is not listed is refused, even where it leads to a listed address.',
      source: sshd,
    },
    {
      text: 'A forward ends nowhere without ExitOnForwardFailure: ssh goes on although the port is taken.',
      source: client,
    },
  ],
};
