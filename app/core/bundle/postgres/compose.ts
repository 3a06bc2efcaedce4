import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { addressText } from '../../net/prefix.ts';
import { composeString, yaml } from '../../quote/yaml.ts';
import type { Artifact } from '../file.ts';
import { CONTAINER_TLS_DIRECTORY } from '../tls/paths.ts';

/** `compose.postern.yaml`, on Docker: the port published on the plan's addresses and loopback, nowhere else. */
export const composeFile: Artifact = {
  page: 'compose',
  render(model) {
    if (model.plan.server.platform !== 'docker') return [];
    const { port } = model.plan.server;
    return [
      {
        path: 'database-server/compose.postern.yaml',
        server: 'compose',
        machine: 'database-server',
        title: say('file.compose'),
        language: 'yaml',
        apply: 'restart',
        blocks: [
          { lines: [yaml`services:`, yaml`  db:`] },
          {
            lines: [
              yaml`    ports: !override`,
              ...['127.0.0.1', '::1', ...publishedAddresses(model)].map((address) => {
                const host = address.includes(':') ? `[${address}]` : address;
                return yaml`      - ${composeString(`${host}:${port}:${port}`)}`;
              }),
            ],
            reason: { message: say('compose.ports'), path: 'server.addresses' },
          },
          {
            lines: [
              yaml`    volumes:`,
              yaml`      - ${composeString(`${CONTAINER_TLS_DIRECTORY}:${CONTAINER_TLS_DIRECTORY}:ro`)}`,
            ],
            reason: { message: say('compose.tls'), path: 'security.certificate' },
          },
        ],
      },
    ];
  },
};

/** Addresses of the host on which the port is published, besides loopback. */
export function publishedAddresses({ flows }: AccessModel): string[] {
  const reached = flows
    .filter(({ to, service }) => to === 'server' && service === 'postgresql')
    .flatMap(({ addresses }) => addresses.map(addressText));
  return [...new Set(reached)].filter((address) => address !== '127.0.0.1' && address !== '::1');
}
