import type { AccessModel } from '../../access/model.ts';
import { say } from '../../messages/message.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import type { Artifact } from '../list.ts';
import { account, pairs, putTogether } from './install.ts';
import { serverTlsPaths } from './paths.ts';

/**
 * `letsencrypt-hook.sh`: after each renewal, copies the certificate to where the server may read it. The originals are
 * readable by root only, and links to them would fail the server's check of the key (certbot manual, "Where are my
 * certificates").
 */
export const letsEncryptHook: Artifact = {
  page: 'lets-encrypt',
  render(model) {
    const { name, platform } = model.plan.server;
    if (model.plan.security.certificate.source !== 'lets-encrypt' || name === null || platform === 'windows') return [];
    const paths = serverTlsPaths(model);
    return [
      {
        path: 'database-server/letsencrypt-hook.sh',
        target: '/etc/letsencrypt/renewal-hooks/deploy/postern.sh',
        machine: 'database-server',
        title: say('letsEncrypt.title'),
        intro: [say('letsEncrypt.intro', { name })],
        language: 'sh',
        mode: 0o755,
        apply: 'reload',
        blocks: [
          {
            lines: lines(sh`
              set -euo pipefail
              lineage=\${RENEWED_LINEAGE:-/etc/letsencrypt/live/${shWord(name)}}
              [ "\${lineage##*/}" = ${shWord(name)} ] || exit 0
            `),
            reason: { message: say('letsEncrypt.lineage'), path: 'server.name' },
          },
          {
            lines: [
              ...pairs(sh`"$lineage/fullchain.pem"`, sh`"$lineage/privkey.pem"`, say('letsEncrypt.pair').text),
              ...account(model),
              ...putTogether(model, [
                [sh`0644`, sh`"$lineage/fullchain.pem"`, paths.certificate],
                [sh`0600`, sh`"$lineage/privkey.pem"`, paths.key],
              ]),
            ],
            reason: { message: say('letsEncrypt.copy'), path: 'security.certificate.source' },
          },
          {
            lines: [
              sh`${reload(model)} || echo 'PostgreSQL did not reload; if it is not running yet, that is expected.' >&2`,
            ],
            reason: { message: say('letsEncrypt.reload'), path: 'server.platform' },
          },
        ],
      },
    ];
  },
};

/** The hook runs without a project directory, so in a container the one that publishes the port is told. */
function reload(model: AccessModel): Sh {
  if (model.platform.platform !== 'docker') return model.platform.reload as Sh;
  return sh`docker kill -s HUP "$(docker ps -q --filter label=com.docker.compose.service=db --filter publish=${model.plan.server.port})"`;
}
