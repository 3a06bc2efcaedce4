import { say } from '../../messages/message.ts';
import { opensslSubject } from '../../quote/openssl.ts';
import { sh, shWord } from '../../quote/sh.ts';
import { type Artifact, type Block, RENEWAL } from '../file.ts';
import { authority, rotation, trusted } from './authority.ts';
import { bundleOf, bundling } from './bundles.ts';
import { closing } from './closing.ts';
import { choice, issuing, start } from './issue.ts';
import { sorting } from './machines.ts';
import { type ServerCertificate, serverCertificates } from './names.ts';
import { passphrases } from './passphrase.ts';
import { asksCertificates, clientCertificates, replicaCertificates, serverTlsPaths } from './paths.ts';
import { noRevocation, revocation } from './revocation.ts';

export const MAKE_CERTIFICATES = 'your-machine/make-certificates.sh';

/** `make-certificates.sh`: the private CA and what it signs, created on the administrator's own machine. */
export const makeCertificates: Artifact = {
  page: 'certificates',
  render(model) {
    const own = model.plan.security.certificate.source === 'own-ca';
    if (!own && !asksCertificates(model)) return [];
    const revokes = serverTlsPaths(model).crl !== null;
    const clients = clientCertificates(model);
    return [
      {
        path: MAKE_CERTIFICATES,
        guide: {
          title: say('guide.step.certificates'),
          asks: say('guide.asksPassphrase'),
          before: say('guide.renewal', { file: RENEWAL }),
        },
        machine: 'your-machine',
        title: say(own ? 'certificates.title' : 'certificates.clientTitle'),
        intro: [say('certificates.intro')],
        language: 'sh',
        mode: 0o755,
        run: [sh`bash ${shWord(MAKE_CERTIFICATES)}`],
        blocks: [
          { lines: [...start, ...issuing(model)] },
          passphrases,
          authority(model, own),
          rotation,
          revokes ? revocation : noRevocation,
          ...(clients.length > 0 ? [bundling(own)] : []),
          {
            lines: [...choice, ...(revokes ? [sh`complete_revocations`] : []), ...trusted],
            reason: { message: say('certificates.choice'), path: 'security.certificate' },
          },
          ...(own ? serverCertificates(model).map(server) : []),
          ...clients.map(({ role, slug, path }) => client(role, `clients/${slug}`, path)),
          ...replicaCertificates(model).map(({ role, slug, path }) => client(role, slug, path)),
          ...clients.map((of) => ({ lines: [bundleOf(model, own, of)] })),
          ...(revokes ? [{ lines: [sh`revocation_lists`] }] : []),
          sorting(model),
          closing(model, own),
        ],
      },
    ];
  },
};

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
