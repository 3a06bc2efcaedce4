import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import type { Artifact } from '../file.ts';
import { calledScript } from '../readers/script.ts';
import { gettingCertificate } from './get-certificate.ts';
import { account, pairs, putTogether } from './install.ts';
import { serverTlsPaths } from './paths.ts';

/**
 * `letsencrypt-hook.sh`: after each renewal, copies the certificate to a path that the server may read. The originals
 * are readable by root only, and links to them would fail the server's check of the key (certbot manual, "Where are my
 * certificates").
 */
export const letsEncryptHook: Artifact = {
  page: 'lets-encrypt',
  render(model) {
    const { name, platform } = model.plan.server;
    if (model.plan.security.certificate.source !== 'lets-encrypt' || name === null || platform === 'windows') return [];
    const paths = serverTlsPaths(model);
    // As certbot writes names: in lower case.
    const host = name.toLowerCase();
    return [
      ...gettingCertificate(model, host),
      {
        path: 'database-server/letsencrypt-hook.sh',
        target: '/etc/letsencrypt/renewal-hooks/deploy/postern.sh',
        reader: calledScript,
        machine: 'database-server',
        title: say('letsEncrypt.title'),
        intro: [say('letsEncrypt.intro', { name: host })],
        language: 'sh',
        mode: 0o755,
        apply: 'reload',
        blocks: [
          {
            lines: [
              sh`set -euo pipefail`,
              sh`lineage=\${RENEWED_LINEAGE:-/etc/letsencrypt/live/${shWord(host)}}`,
              sh`case " \${RENEWED_DOMAINS:-${shWord(host)}} " in`,
              sh`  *' '${shWord(host)}' '* | *' *.'${shWord(host.replace(/^[^.]*\./, ''))}' '*) ;;`,
              sh`  *) echo "$lineage"${shWord(say('letsEncrypt.other', { name: host }).text)}; exit 0 ;;`,
              sh`esac`,
            ],
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
              sh`${reload(model)} || echo 'PostgreSQL did not reload. This is expected if it is not running yet.' >&2`,
            ],
            reason: { message: say('letsEncrypt.reload'), path: 'server.platform' },
          },
        ],
      },
    ];
  },
};

/**
 * The hook runs as root, where sudo may be missing, and without a project directory: for a container, it reloads the
 * one that publishes the port. pg_ctl refuses to run as root.
 */
function reload({ platform, plan }: AccessModel): Sh {
  const account = shWord(platform.osUser);
  switch (platform.platform) {
    case 'debian':
    case 'rhel':
      return sh`systemctl reload ${shWord(platform.service ?? '')}`;
    case 'docker':
      return sh`docker kill -s HUP "$(docker ps -q --filter label=com.docker.compose.service=db --filter publish=${plan.server.port})"`;
    case 'source':
      return sh`setpriv --reuid ${account} --regid "$group" --init-groups -- /usr/local/pgsql/bin/pg_ctl reload -D ${shWord(platform.dataDirectory)}`;
    default:
      return sh`sudo -u ${account} ${platform.reload as Sh}`;
  }
}
