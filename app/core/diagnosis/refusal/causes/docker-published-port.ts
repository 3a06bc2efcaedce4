import type { Cause } from '../cause.ts';
import { publishedPorts } from '../command.ts';

export const dockerPublishedPort: Cause = {
  id: 'docker-published-port',
  layer: 'firewall',
  title: 'A container publishes the port on every address, bypassing the host firewall',
  explanation:
    'Docker forwards a published port before the packet reaches the rules of ufw and of the INPUT chain, so the database is reachable even though the firewall denies it.',
  fix: 'Publish it on the intended address, such as `127.0.0.1:5432:5432`, or restrict the sources in the DOCKER-USER chain, and start the container again.',
  commands: () => [publishedPorts],
  check: '`docker ps` shows the intended address, such as `127.0.0.1:5432->5432/tcp`.',
  otherwise: "If the container doesn't publish the port, `docker ps` shows `5432/tcp` without an arrow.",
  couldBe: [],
  wordings: ['0.0.0.0:…->5432/tcp', ':::…->5432/tcp', '[::]:…->5432/tcp'],
  examples: ['0.0.0.0:5432->5432/tcp, :::5432->5432/tcp', '[::]:5432->5432/tcp'],
  references: [
    {
      title: 'Docker documentation, Packet filtering and firewalls',
      url: 'https://docs.docker.com/engine/network/packet-filtering-firewalls/',
    },
  ],
};
