import type { TargetPage } from '../page.ts';

export const sshTunnelPage: TargetPage = {
  id: 'ssh-tunnel',
  title: 'SSH tunnel as a service',
  summary: "A client's machine keeps its forward open with systemd, for programs that cannot open one.",
  does: [
    'Runs ssh under an account of its own that can do nothing else, and starts it again when it ends.',
    'Notices a dead bastion within two minutes, and ends when the port is taken.',
    'Makes its key on the machine; the bastion must know it before the service starts.',
  ],
  doesNot: [
    'Tell programs of the machine apart: each may use the port, and PostgreSQL asks for its login.',
    'Run without pinned host keys, since nobody is there to be asked.',
    'Work where there is no systemd; there the Host block of ssh_config does.',
  ],
  undo: ['sudo bash clients/postern-tunnel/tunnel-undo.sh', 'Take the key off the bastion, or revoke it.'],
  pitfalls: [
    {
      text: 'While a service restarts, its port is closed: programs have to try again.',
      source: {
        title: 'systemd.service(5), Restart',
        url: 'https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html',
      },
    },
  ],
};
