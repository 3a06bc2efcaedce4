import type { AccessModel } from '../../access/model.ts';
import { say } from '../../messages/message.ts';
import { addressText } from '../../net/prefix.ts';
import { composeString, yaml } from '../../quote/yaml.ts';
import type { Artifact } from '../list.ts';
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
        machine: 'database-server',
        title: say('file.compose'),
        language: 'yaml',
        apply: 'restart',
        blocks: [
          { lines: [yaml`services:`, yaml`  db:`] },
          {
            lines: [
              yaml`    ports: !override`,
              ...publishedAddresses(model).map(
                (address) => yaml`      - ${composeString(`${address}:${port}:${port}`)}`,
              ),
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

/** Addresses of the host on which the port is published, IPv6 ones in brackets. */
function publishedAddresses({ flows }: AccessModel): string[] {
  const reached = flows
    .filter(({ to, service }) => to === 'server' && service === 'postgresql')
    .flatMap(({ addresses }) => addresses);
  const texts = reached.map((address) => (address.family === 6 ? `[${addressText(address)}]` : addressText(address)));
  return [...new Set(['127.0.0.1', '[::1]', ...texts])];
}
