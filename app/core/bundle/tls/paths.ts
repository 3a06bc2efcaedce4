import type { AccessModel } from '../../model/model.ts';
import { streamsByCertificate } from '../../model/replicas.ts';
import { usesCertificate } from '../../model/roles.ts';
import { stableSlug } from '../../model/slug.ts';
import { pathIn } from '../../postgres/platform.ts';

/** Files on the database server that the TLS settings of `postgresql.conf` refer to. */
export interface ServerTlsPaths {
  readonly certificate: string;
  readonly key: string;
  /** The CA of client certificates; null if no client presents one. */
  readonly clientCa: string | null;
  /** The CRL of that CA; null if revocation is not checked. */
  readonly crl: string | null;
}

/**
 * For a container: a separate directory, at the same path on the host and, mounted read-only, in the container.
 * `initdb` rejects a data directory that is not empty, and the image's configuration directory is the data directory.
 */
export const CONTAINER_TLS_DIRECTORY = '/etc/postern';

/** The directory on the container's host: absolute, so that a renewal hook finds it from any directory. */
export const HOST_TLS_DIRECTORY = '/etc/postern';

/** Where libpq looks for the root certificate when no connection string names one (manual 32.19.1). */
export const LIBPQ_ROOT_FILE = '~/.postgresql/root.crt';

/**
 * A role that logs in with a certificate, and its files: `<slug>.crt` and `<slug>.key`, under `certificates/clients/`
 * where they are issued.
 */
export interface ClientCertificate {
  readonly role: string;
  readonly slug: string;
  /** The plan path of the answer that requires it. */
  readonly path: string;
}

/** The certificates with which the replicas log in on the primary: one each, so that each can be revoked separately. */
export function replicaCertificates({ plan, replicas }: AccessModel): (ClientCertificate & { replica: string })[] {
  const { network } = plan;
  if (network.pattern !== 'private' || !streamsByCertificate(plan)) return [];
  return replicas.map(({ slug, name }) => ({
    role: network.replicationRole,
    replica: name,
    slug: `replication-${slug}`,
    path: 'network.replicationAuth',
  }));
}

/** Whether any client presents a certificate to the server. */
export const asksCertificates = (model: AccessModel): boolean =>
  clientCertificates(model).length > 0 || replicaCertificates(model).length > 0;

/** The certificates that the plan's clients need, one per role; also the superuser's if it may log in remotely. */
export function clientCertificates(model: AccessModel): ClientCertificate[] {
  const found = new Map<string, string>();
  for (const { client, path } of model.clients) {
    if (!usesCertificate(client)) continue;
    for (const role of client.roles) if (!found.has(role)) found.set(role, `${path}.auth.method`);
  }
  return [...found].map(([role, path]) => ({ role, path, slug: stableSlug(role) }));
}

/** The directory on the database server that `install-certificates.sh` and the renewal hook write to. */
export const serverTlsDirectory = ({ platform }: AccessModel): string =>
  platform.platform === 'docker' ? CONTAINER_TLS_DIRECTORY : platform.configDirectory;

/** The paths of the server's own certificate, its key and the client CA on the database server. */
export function serverTlsPaths(model: AccessModel): ServerTlsPaths {
  const { certificate } = model.plan.security;
  const own = (name: string) => pathIn(model.platform, serverTlsDirectory(model), name);
  const clientCa = certificate.source === 'own-ca' || asksCertificates(model) ? own('postern-ca.crt') : null;
  // A file, not a directory (ssl_crl_dir, 14): it is the same for every major, and one rename replaces it.
  const crl = certificate.source === 'own-ca' && certificate.revocation ? own('postern-ca.crl') : null;
  return certificate.source === 'existing'
    ? { certificate: certificate.certificateFile, key: certificate.keyFile, clientCa, crl }
    : { certificate: own('postern-server.crt'), key: own('postern-server.key'), clientCa, crl };
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
