import type { TargetPage } from '../page.ts';

export const composePage: TargetPage = {
  id: 'compose',
  title: 'compose.postern.yaml',
  summary: 'Publishes the port of the container on the named addresses of its host, and nowhere else.',
  does: ['Replaces the published ports of the service, and mounts the certificates read-only.'],
  doesNot: ['Start a database of its own: it stands beside your compose.yaml.'],
  undo: ['Leave the file out of the command: docker compose up -d.'],
  pitfalls: [
    {
      text: 'A published port is open to everyone who reaches the host, whatever ufw or firewalld says: Docker writes its own rules before theirs.',
      source: {
        title: 'Docker, Packet filtering and firewalls',
        url: 'https://docs.docker.com/engine/network/packet-filtering-firewalls/',
      },
    },
    {
      text: 'Lists of several files are joined, so ports need !override to be replaced.',
      source: { title: 'Docker, Merge Compose files', url: 'https://docs.docker.com/reference/compose-file/merge/' },
    },
  ],
};
