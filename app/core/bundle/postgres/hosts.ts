import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import type { HostCertificate } from '../../plan/schema.ts';
import { HOSTS_NAME } from '../../postgres/hosts/hosts.ts';
import { pathIn } from '../../postgres/platform.ts';
import { type Hba, hba, hbaToken } from '../../quote/hba.ts';
import { join } from '../../quote/template.ts';
import type { Artifact } from '../file.ts';
import { serverTlsPaths } from '../tls/paths.ts';

/**
 * `pg_hosts.conf`: the certificates of further host names, and at its end the server's own one for every other name and
 * for clients that send none. Without that line the server rejects them during the handshake.
 */
export const hostsFile: Artifact = {
  page: 'pg-hosts',
  render(model) {
    const groups = certificateGroups(model.plan.security.hostCertificates);
    if (groups.length === 0) return [];
    const { certificate, key } = serverTlsPaths(model);
    return [
      {
        path: 'database-server/pg_hosts.conf',
        machine: 'database-server',
        target: hostsPath(model),
        server: 'hosts',
        title: say('file.hosts'),
        intro: [say('hosts.columns')],
        language: 'hba',
        mode: 0o640,
        apply: 'reload',
        blocks: [
          ...groups.map(({ names, certificateFile, keyFile, index }) => ({
            lines: [line(model, join(names.map(hbaToken), ','), certificateFile, keyFile)],
            reason: { message: say('hosts.names'), path: `security.hostCertificates.${index}` },
          })),
          {
            lines: [line(model, hba`*`, certificate, key)],
            reason: { message: say('hosts.others'), path: 'security.certificate' },
          },
        ],
      },
    ];
  },
};

/** Where the server reads it: next to `pg_hba.conf`. */
export const hostsPath = ({ platform }: AccessModel): string => pathIn(platform, platform.configDirectory, HOSTS_NAME);

/** Host names with the same certificate. */
export interface CertificateGroup extends Omit<HostCertificate, 'name'> {
  readonly names: readonly string[];
  /** The position of the first one in the plan. */
  readonly index: number;
}

export function certificateGroups(found: readonly HostCertificate[]): CertificateGroup[] {
  const groups = new Map<string, CertificateGroup>();
  for (const [index, { name, certificateFile, keyFile }] of found.entries()) {
    const files = `${certificateFile}\n${keyFile}`;
    const group = groups.get(files) ?? { names: [], certificateFile, keyFile, index };
    groups.set(files, { ...group, names: [...group.names, name] });
  }
  return [...groups.values()];
}

/** With the CA of client certificates: the server does not use `ssl_ca_file` while this file has entries. */
function line(model: AccessModel, names: Hba, certificate: string, key: string): Hba {
  const { clientCa } = serverTlsPaths(model);
  return join([names, ...[certificate, key, ...(clientCa === null ? [] : [clientCa])].map(hbaToken)], ' ');
}
