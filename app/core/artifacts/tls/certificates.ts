import type { AccessModel } from '../../access/model.ts';
import { say } from '../../messages/message.ts';
import { opensslSubject } from '../../quote/openssl.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import { join } from '../../quote/template.ts';
import type { Block } from '../file.ts';
import type { Artifact } from '../list.ts';
import { authority, rotation, trusted } from './authority.ts';
import { bundleOf, bundling } from './bundles.ts';
import { closing } from './closing.ts';
import { choice, issuing, start } from './issue.ts';
import { type ServerCertificate, serverCertificates } from './names.ts';
import { asksCertificates, clientCertificates, replicaCertificates, serverTlsPaths } from './paths.ts';
import { noRevocation, revocation } from './revocation.ts';

/** `make-certificates.sh`: the private authority and what it signs, made on the administrator's own machine. */
export const makeCertificates: Artifact = {
  page: 'certificates',
  render(model) {
    const own = model.plan.security.certificate.source === 'own-ca';
    if (!own && !asksCertificates(model)) return [];
    const revokes = serverTlsPaths(model).crl !== null;
    const clients = clientCertificates(model);
    return [
      {
        path: 'your-machine/make-certificates.sh',
        machine: 'your-machine',
        title: say(own ? 'certificates.title' : 'certificates.clientTitle'),
        intro: [say('certificates.intro')],
        language: 'sh',
        mode: 0o755,
        run: [sh`bash your-machine/make-certificates.sh`, ...collecting(model)],
        blocks: [
          { lines: [...start, ...issuing(model)] },
          authority(model, own),
          rotation,
          revokes ? revocation : noRevocation,
          ...(clients.length > 0 ? [bundling(own)] : []),
          {
            lines: [...choice, ...trusted],
            reason: { message: say('certificates.choice'), path: 'security.certificate' },
          },
          ...(own ? serverCertificates(model).map(server) : []),
          ...clients.map(({ role, slug, path }) => client(role, `clients/${slug}`, path)),
          ...replicaCertificates(model).map(({ role, slug, path }) => client(role, slug, path)),
          ...clients.map((of) => ({ lines: [bundleOf(model, own, of)] })),
          ...(revokes ? [{ lines: [sh`revocation_lists`] }] : []),
          closing(model, own),
        ],
      },
    ];
  },
};

/** Puts what was made beside the scripts of the servers, without the authority's key, which stays here. */
export function collecting(model: AccessModel): Sh[] {
  const own = model.plan.security.certificate.source === 'own-ca';
  const trust = serverTlsPaths(model).crl === null ? sh`ca.crt` : sh`ca.crt ca.crl`;
  return [
    sh`(cd your-machine/certificates && cp ${own ? sh`server.crt server.key ` : sh``}${trust} ../../database-server/)`,
    ...forReplicas(model, own, trust),
  ];
}

/** Each replica has certificates of its own, beside the script that makes it a standby. */
function forReplicas(model: AccessModel, own: boolean, trust: Sh): Sh[] {
  const streams = replicaCertificates(model).length > 0;
  if (!own && !streams) return [];
  return model.replicas.map(({ slug }) => {
    const pairs = [...(own ? [`server-${slug}`] : []), ...(streams ? [`replication-${slug}`] : [])];
    const files = join(
      pairs.map((name) => sh`${shWord(name)}.crt ${shWord(name)}.key`),
      ' ',
    );
    return sh`(cd your-machine/certificates && cp ${files} ${trust} ../../replicas/${shWord(slug)}/)`;
  });
}

function server({ file, commonName, names, addresses, path }: ServerCertificate): Block<'sh'> {
  const alternatives = [...names.map((name) => `DNS:${name}`), ...addresses.map((address) => `IP:${address}`)];
  return {
    lines: [sh`issue ${shWord(file)} ${opensslSubject(commonName)} serverAuth ${shWord(alternatives.join(','))}`],
    reason: { message: say('certificates.server', { names: [...names, ...addresses].join(', ') }), path },
  };
}

const client = (role: string, file: string, path: string): Block<'sh'> => ({
  lines: [sh`issue ${shWord(file)} ${opensslSubject(role)} clientAuth`],
  reason: { message: say('certificates.client', { role }), path },
});
