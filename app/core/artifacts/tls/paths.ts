import type { AccessModel } from '../../access/model.ts';
import { pathIn } from '../../postgres/platform.ts';

/** Files on the database server that the TLS settings of `postgresql.conf` name. */
export interface ServerTlsPaths {
  readonly certificate: string;
  readonly key: string;
  /** Who signs client certificates; null where no client shows one. */
  readonly clientCa: string | null;
}

/**
 * In a container the files come from a directory of their own that is mounted read-only: `initdb` refuses a data
 * directory that is not empty, and the configuration directory of the image is the data directory.
 */
export const CONTAINER_TLS_DIRECTORY = '/etc/postern';

/** The same directory on the container's host, beside `compose.yaml`. */
export const HOST_TLS_DIRECTORY = './tls';

/** Where libpq looks for the root certificate when no connection string names one (manual 32.19.1). */
export const LIBPQ_ROOT_FILE = '~/.postgresql/root.crt';

/** True where clients or roles of this plan show a certificate of their own. */
export const needsClientCertificates = (model: AccessModel): boolean => model.roles.some((role) => role.certificate);

/** The directory on the database server that `install-certificates.sh` and the renewal hook write to. */
export const serverTlsDirectory = ({ platform }: AccessModel): string =>
  platform.platform === 'docker' ? CONTAINER_TLS_DIRECTORY : platform.configDirectory;

/** Where the server's own certificate, its key and the authority of the clients lie on the database server. */
export function serverTlsPaths(model: AccessModel): ServerTlsPaths {
  const { certificate } = model.plan.security;
  const own = (name: string) =>
    model.platform.platform === 'docker'
      ? `${CONTAINER_TLS_DIRECTORY}/${name}`
      : pathIn(model.platform, model.platform.configDirectory, name);
  const clientCa = certificate.source === 'own-ca' || needsClientCertificates(model) ? own('postern-ca.crt') : null;
  return certificate.source === 'existing'
    ? { certificate: certificate.certificateFile, key: certificate.keyFile, clientCa }
    : { certificate: own('postern-server.crt'), key: own('postern-server.key'), clientCa };
}

/** What a client verifies the server with: a file on its own machine, or the trust store of its system (libpq 16 and later). */
export function rootCertificate(model: AccessModel): { readonly file: string } | 'system' {
  const { certificate } = model.plan.security;
  switch (certificate.source) {
    case 'own-ca':
      return { file: LIBPQ_ROOT_FILE };
    case 'lets-encrypt':
      return 'system';
    case 'existing':
      return certificate.rootFile === null ? 'system' : { file: certificate.rootFile };
  }
}
