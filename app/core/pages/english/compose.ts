import { says, test, vendor } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const inDocker = test('e2e/lab/rollout/docker.test.ts');

export const composePage: TargetPage = {
  id: 'compose',
  title: 'compose.postern.yaml',
  summary: "Publishes the container's port on the specified addresses of its host, and nowhere else.",
  does: says(inDocker, 'Replaces the published ports of the service, and mounts the certificates read-only.'),
  doesNot: says(inDocker, 'Start its own database: it extends your compose.yaml.'),
  undo: says(
    inDocker,
    'sudo bash database-server/apply.sh --undo, which stops publishing the port before it restores pg_hba.conf.',
  ),
  pitfalls: [
    ...says(
      vendor(
        'Docker, Packet filtering and firewalls',
        'https://docs.docker.com/engine/network/packet-filtering-firewalls/',
      ),
      'A published port is open to everyone who can reach the host, whatever ufw or firewalld says: Docker places its own rules before theirs.',
    ),
    ...says(
      vendor('Docker, Merge Compose files', 'https://docs.docker.com/reference/compose-file/merge/'),
      'Compose merges lists from several files, so ports needs !override to be replaced.',
    ),
  ],
};
