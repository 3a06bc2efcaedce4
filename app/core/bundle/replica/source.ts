import type { AccessModel, Replica } from '../../model/model.ts';
import { streamsByCertificate, streamsByPassword } from '../../model/replicas.ts';
import { type Conninfo, conninfo, conninfoValue } from '../../quote/conninfo.ts';
import { join } from '../../quote/template.ts';
import { rootCertificate } from '../tls/paths.ts';

/** Files of the standby outside the data directory, which a new copy replaces. */
export const STANDBY_DIRECTORY = '/etc/postern';
export const PASSWORD_FILE = `${STANDBY_DIRECTORY}/replication.pass`;
export const CERTIFICATE_FILE = `${STANDBY_DIRECTORY}/replication.crt`;
export const KEY_FILE = `${STANDBY_DIRECTORY}/replication.key`;
export const PRIMARY_CA_FILE = `${STANDBY_DIRECTORY}/primary-ca.crt`;

/** The systems on which the bundle creates the standby. */
export const madeHere = ({ platform }: AccessModel): boolean =>
  platform.platform !== 'windows' && platform.platform !== 'docker';

export const replicationRole = ({ plan }: AccessModel): string =>
  plan.network.pattern === 'private' ? plan.network.replicationRole : '';

/** Name, or address if there is none, by which the replicas reach the primary. */
export const primaryHost = ({ plan }: AccessModel): string =>
  plan.server.name ?? plan.server.addresses.private[0] ?? 'localhost';

/** What the primary's certificate is verified with: libpq supports the system's trust store since 16. */
function rootFile(model: AccessModel): string {
  if (model.plan.security.certificate.source === 'own-ca') return PRIMARY_CA_FILE;
  const root = rootCertificate(model);
  if (root !== 'system') return root.file;
  if (model.release.major >= 16) return 'system';
  return model.platform.platform === 'rhel' ? '/etc/pki/tls/certs/ca-bundle.crt' : '/etc/ssl/certs/ca-certificates.crt';
}

/** How the replica connects, both for its first copy and for streaming. Password and key are in files. */
export function primaryConninfo(model: AccessModel, { slug }: Replica): Conninfo {
  const { plan, release } = model;
  const scram = streamsByPassword(plan) && plan.security.passwordHashing === 'scram-sha-256';
  return join(
    [
      conninfo`host=${conninfoValue(primaryHost(model))}`,
      conninfo`port=${plan.server.port}`,
      conninfo`user=${conninfoValue(replicationRole(model))}`,
      ...(streamsByPassword(plan) ? [conninfo`passfile=${conninfoValue(PASSWORD_FILE)}`] : []),
      ...(streamsByCertificate(plan)
        ? [conninfo`sslcert=${conninfoValue(CERTIFICATE_FILE)}`, conninfo`sslkey=${conninfoValue(KEY_FILE)}`]
        : []),
      conninfo`sslmode=verify-full`,
      conninfo`sslrootcert=${conninfoValue(rootFile(model))}`,
      ...(scram && release.major >= 13 ? [conninfo`channel_binding=require`] : []),
      conninfo`application_name=${conninfoValue(slug)}`,
    ],
    ' ',
  );
}
