import type { AccessModel } from '../../access/model.ts';
import { say } from '../../messages/message.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import type { Block } from '../file.ts';
import type { Artifact } from '../list.ts';
import { asksCertificates, CONTAINER_TLS_DIRECTORY, HOST_TLS_DIRECTORY, serverTlsPaths } from './paths.ts';

/**
 * `install-certificates.sh`: puts the files where `postgresql.conf` names them. The server refuses a key that others may
 * read: 0600 when it is the server account's, 0640 when it is root's (`be-secure-common.c`, `check_ssl_key_file_permissions`).
 */
export const installCertificates: Artifact = {
  page: 'certificates',
  render(model) {
    const own = model.plan.security.certificate.source === 'own-ca';
    if (model.platform.platform === 'windows' || (!own && !asksCertificates(model))) return [];
    return [
      {
        path: 'database-server/install-certificates.sh',
        machine: 'database-server',
        title: say('install.title'),
        intro: [say(own ? 'install.intro' : 'install.clientIntro')],
        language: 'sh',
        mode: 0o755,
        apply: 'reload',
        run: [sh`sudo bash database-server/install-certificates.sh database-server`],
        blocks: [
          { lines: rootAndSource },
          ...(own ? [checks(model)] : []),
          { lines: account(model), reason: accountReason(model) },
          files(model, own),
        ],
      },
    ];
  },
};

const rootAndSource = lines(sh`
  set -euo pipefail
  if [ "$(id -u)" -ne 0 ]; then echo 'Run this as root: sudo bash, then the name of this file.' >&2; exit 1; fi
  from=\${1:-$(dirname "$0")}
`);

const checks = (model: AccessModel): Block<'sh'> => ({
  lines: [
    ...lines(sh`
      name=\${2:-server}
      openssl verify -CAfile "$from/ca.crt" "$from/$name.crt"
    `),
    ...(serverTlsPaths(model).crl === null
      ? []
      : [sh`openssl verify -crl_check -CRLfile "$from/ca.crl" -CAfile "$from/ca.crt" "$from/$name.crt"`]),
    ...pairs(sh`"$from/$name.crt"`, sh`"$from/$name.key"`, say('install.pair').text),
  ],
  reason: { message: say('install.checks'), path: 'security.certificate.source' },
});

/** Stops unless the key is the certificate's own; what cannot be read stops it where it is read. */
export const pairs = (certificate: Sh, key: Sh, otherwise: string): Sh[] =>
  lines(sh`
    certified=$(openssl x509 -in ${certificate} -noout -pubkey)
    if [ "$certified" != "$(openssl pkey -in ${key} -pubout)" ]; then
      echo ${shWord(otherwise)} >&2
      exit 1
    fi
  `);

/**
 * Puts files in place as a set: all are copied beside their places first, so that one that cannot be copied leaves the
 * old ones, and only then each is renamed.
 */
export function putTogether(model: AccessModel, files: readonly (readonly [mode: Sh, from: Sh, to: string])[]): Sh[] {
  const placed = files.map(([mode, from, to]) => ({ mode, from, to: shWord(onHost(model, to)) }));
  return [
    ...placed.map(({ mode, from, to }) => sh`install -o "$owner" -g "$group" -m ${mode} ${from} ${to}.new`),
    ...placed.map(({ to }) => sh`mv -f ${to}.new ${to}`),
  ];
}

/** Sets `owner` and `group`, numbers in a container, whose accounts the host does not have. */
export function account(model: AccessModel): Sh[] {
  const user = shWord(model.platform.osUser);
  if (model.platform.platform !== 'docker') {
    return lines(sh`
      owner=${user}
      group=$(id -gn "$owner")
    `);
  }
  return lines(sh`
    image=\${IMAGE:-postgres:${model.plan.server.major}}
    owner=$(docker run --rm --entrypoint id "$image" -u ${user})
    group=$(docker run --rm --entrypoint id "$image" -g ${user})
    install -d -m 0755 ${shWord(HOST_TLS_DIRECTORY)}
  `);
}

const accountReason = (model: AccessModel) => ({
  message: say(model.platform.platform === 'docker' ? 'install.container' : 'install.account'),
  path: 'server.osUser',
});

/** A path in the container as the host knows it. */
export const onHost = (model: AccessModel, path: string): string =>
  model.platform.platform === 'docker' && path.startsWith(`${CONTAINER_TLS_DIRECTORY}/`)
    ? `${HOST_TLS_DIRECTORY}${path.slice(CONTAINER_TLS_DIRECTORY.length)}`
    : path;

function files(model: AccessModel, own: boolean): Block<'sh'> {
  const paths = serverTlsPaths(model);
  return {
    lines: [
      ...putTogether(model, [
        ...(own
          ? ([
              [sh`0644`, sh`"$from/$name.crt"`, paths.certificate],
              [sh`0600`, sh`"$from/$name.key"`, paths.key],
            ] as const)
          : []),
        ...(paths.clientCa === null ? [] : [[sh`0644`, sh`"$from/ca.crt"`, paths.clientCa] as const]),
        ...(paths.crl === null ? [] : [[sh`0644`, sh`"$from/ca.crl"`, paths.crl] as const]),
      ]),
      sh`echo ${shWord('Installed. Once postgresql.conf names these files, a reload takes them:')}`,
      sh`echo ${shWord(`  ${model.platform.reload}`)}`,
    ],
    reason: { message: say('install.files'), path: 'server.configDirectory' },
  };
}
