import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { streamsByCertificate } from '../../model/replicas.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import type { Artifact, Block, FileDraft } from '../file.ts';
import { CERTIFICATE_FILE, KEY_FILE, madeHere } from '../replica/source.ts';
import { rootOnly } from '../root-only.ts';
import { INSTALLER, installer } from './installer.ts';
import { asksCertificates, CONTAINER_TLS_DIRECTORY, HOST_TLS_DIRECTORY, serverTlsPaths } from './paths.ts';

/**
 * `install-certificates.sh`: installs the files at the paths in `postgresql.conf`. The server rejects a key that others
 * may read: 0600 if it belongs to the server account, 0640 if it belongs to root (`be-secure-common.c`,
 * `check_ssl_key_file_permissions`).
 */
export const installCertificates: Artifact = {
  page: 'certificates',
  render(model) {
    const own = model.plan.security.certificate.source === 'own-ca';
    if (model.platform.platform === 'windows' || (!own && !asksCertificates(model))) return [];
    return [
      {
        ...script(model, 'server', own, []),
        path: INSTALLER,
        covered: true,
        guide: { packages: ['openssl'] },
        machine: 'database-server',
        run: [installer(model) as Sh],
      },
      ...(madeHere(model)
        ? model.replicas.map(({ slug }): FileDraft<'sh'> => {
            const proof = streamsByCertificate(model.plan) ? `replication-${slug}` : null;
            return {
              ...script(model, `server-${slug}`, own, proof === null ? [] : shown(proof)),
              path: `replicas/${slug}/install-certificates.sh`,
              machine: 'replicas',
              // make-standby.sh installs the first ones.
              run: [],
            };
          })
        : []),
    ];
  },
};

/** The installer for the certificate with this name. */
function script(
  model: AccessModel,
  name: string,
  own: boolean,
  more: readonly Block<'sh'>[],
): Omit<FileDraft<'sh'>, 'path' | 'machine'> {
  return {
    title: say('install.title'),
    intro: [say(own ? 'install.intro' : 'install.clientIntro')],
    language: 'sh',
    mode: 0o755,
    apply: 'reload',
    server: 'certificates',
    blocks: [
      { lines: rootAndSource },
      ...(own ? [checks(model, name)] : []),
      { lines: account(model), reason: accountReason(model) },
      files(model),
      ...(own ? [removal] : []),
      ...more,
    ],
  };
}

/** What a replica presents to the primary, which requests it at the next connection. */
const shown = (name: string): Block<'sh'>[] => [
  {
    lines: lines(sh`
      proof=${shWord(name)}
      if [ -e "$from/$proof.key" ]; then
        openssl verify -CAfile "$from/ca.crt" -purpose sslclient "$from/$proof.crt"
        install -o "$owner" -g "$group" -m 0600 "$from/$proof.key" ${shWord(KEY_FILE)}.new
        install -o "$owner" -g "$group" -m 0644 "$from/$proof.crt" ${shWord(CERTIFICATE_FILE)}.new
        mv -f ${shWord(KEY_FILE)}.new ${shWord(KEY_FILE)}
        mv -f ${shWord(CERTIFICATE_FILE)}.new ${shWord(CERTIFICATE_FILE)}
        rm -f "$from/$proof.key"
      fi
    `),
    reason: { message: say('install.shown'), path: 'network.replicationAuth' },
  },
];

const rootAndSource = lines(sh`
  set -euo pipefail
  ${rootOnly}
  from=\${1:-$(dirname "$0")}
`);

const checks = (model: AccessModel, name: string): Block<'sh'> => ({
  lines: [
    sh`name=\${2:-${shWord(name)}}`,
    sh`key=$from/$name.key installed=${shWord(onHost(model, serverTlsPaths(model).key))}`,
    sh`[ -e "$key" ] || key=$installed # an earlier run installed it and removed the copy`,
    ...fitting(
      sh`"$from/$name.crt"`,
      sh`"$key"`,
      sh`"$from/ca.crt"`,
      serverTlsPaths(model).crl === null ? null : sh`"$from/ca.crl"`,
    ),
  ],
  reason: { message: say('install.checks'), path: 'security.certificate.source' },
});

/** Stops unless the certificate matches the key, is signed by the CA, and is not revoked. */
export const fitting = (certificate: Sh | null, key: Sh | null, ca: Sh | null, crl: Sh | null): Sh[] =>
  certificate === null || key === null || ca === null
    ? []
    : [
        sh`openssl verify -CAfile ${ca} ${certificate}`,
        ...(crl === null ? [] : [sh`openssl verify -crl_check -CRLfile ${crl} -CAfile ${ca} ${certificate}`]),
        ...pairs(certificate, key, say('install.pair').text),
      ];

/**
 * A file that is installed on the server: its name where certificates are issued, its path on the server, and the
 * setting that refers to it.
 */
export interface InstalledFile {
  readonly name: 'server.crt' | 'server.key' | 'ca.crt' | 'ca.crl';
  readonly path: string;
  readonly setting: 'ssl_cert_file' | 'ssl_key_file' | 'ssl_ca_file' | 'ssl_crl_file';
  readonly mode: '0644' | '0600';
}

/** What `install-certificates.sh` and `apply.sh` install. */
export function installedFiles(model: AccessModel): InstalledFile[] {
  const own = model.plan.security.certificate.source === 'own-ca';
  const { certificate, key, clientCa, crl } = serverTlsPaths(model);
  return (
    [
      { name: 'server.crt', path: own ? certificate : null, setting: 'ssl_cert_file', mode: '0644' },
      { name: 'server.key', path: own ? key : null, setting: 'ssl_key_file', mode: '0600' },
      { name: 'ca.crt', path: clientCa, setting: 'ssl_ca_file', mode: '0644' },
      { name: 'ca.crl', path: crl, setting: 'ssl_crl_file', mode: '0644' },
    ] as const
  ).flatMap(({ path, ...file }) => (path === null ? [] : [{ ...file, path: onHost(model, path) }]));
}

/** Stops unless the key matches the certificate; an unreadable file stops it when it is read. */
export const pairs = (certificate: Sh, key: Sh, otherwise: string): Sh[] =>
  lines(sh`
    certified=$(openssl x509 -in ${certificate} -noout -pubkey)
    if [ "$certified" != "$(openssl pkey -in ${key} -pubout)" ]; then
      echo ${shWord(otherwise)} >&2
      exit 1
    fi
  `);

/**
 * Installs files as a set: all are copied next to their targets first, so that a failed copy leaves the old ones, and
 * only then each is renamed.
 */
export function putTogether(model: AccessModel, files: readonly (readonly [mode: Sh, from: Sh, to: string])[]): Sh[] {
  const placed = files.map(([mode, from, to]) => ({ mode, from, to: shWord(onHost(model, to)) }));
  return [
    ...placed.map(({ mode, from, to }) => sh`install -o "$owner" -g "$group" -m ${mode} ${from} ${to}.new`),
    ...placed.map(({ to }) => sh`mv -f ${to}.new ${to}`),
  ];
}

/** Sets `owner` and `group`, as numbers in a container, whose accounts the host does not have. */
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

/** The host's path for a path in the container. */
export const onHost = (model: AccessModel, path: string): string =>
  model.platform.platform === 'docker' && path.startsWith(`${CONTAINER_TLS_DIRECTORY}/`)
    ? `${HOST_TLS_DIRECTORY}${path.slice(CONTAINER_TLS_DIRECTORY.length)}`
    : path;

/** The folder where certificates are issued retains its keys, which `make-certificates.sh` needs. */
const removal: Block<'sh'> = {
  lines: lines(sh`
    if [ ! -e "$from/signing" ] && cmp -s "$from/$name.key" "$installed"; then rm -f "$from/$name.key"; fi
  `),
  reason: { message: say('install.remove'), path: 'security.certificate.source' },
};

function files(model: AccessModel): Block<'sh'> {
  const beside = { 'server.crt': sh`"$from/$name.crt"`, 'server.key': sh`"$key"` } as const;
  return {
    lines: [
      ...putTogether(
        model,
        installedFiles(model).map(({ name, path, mode }) => [
          shWord(mode),
          name === 'server.crt' || name === 'server.key' ? beside[name] : sh`"$from"/${shWord(name)}`,
          path,
        ]),
      ),
      sh`echo ${shWord('Installed. If postgresql.conf names these files, PostgreSQL reads them at the next reload:')}`,
      sh`echo ${shWord(`  ${model.platform.reload}`)}`,
    ],
    reason: { message: say('install.files'), path: 'server.configDirectory' },
  };
}
