import type { TargetPage } from '../page.ts';

export const dockerUserPage: TargetPage = {
  id: 'docker-user',
  title: 'DOCKER-USER',
  summary: 'Rules for the published port of a container, where its packets pass.',
  does: [
    'Accepts new connections of the clients to the published port and drops all others to it.',
    'Names the address and port of the host, which connection tracking remembers after translation.',
  ],
  doesNot: [
    'Filter what containers send to each other.',
    "Keep a neighbour in the same network segment from the container's own address, where Docker is older than 28.",
  ],
  undo: ['sudo bash database-server/firewall/docker-user-undo.sh'],
  pitfalls: [
    {
      text: 'Rules of ufw and of INPUT do not hold for published ports.',
      source: {
        title: 'Docker, Packet filtering and firewalls',
        url: 'https://docs.docker.com/engine/network/packet-filtering-firewalls/',
      },
    },
  ],
};
