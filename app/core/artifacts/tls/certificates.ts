import type { AccessModel } from '../../access/model.ts';
import { say } from '../../messages/message.ts';
import { ownAuthority } from '../../plan/defaults.ts';
import { lines } from '../../quote/lines.ts';
import { opensslSubject } from '../../quote/openssl.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import { join } from '../../quote/template.ts';
import type { Block } from '../file.ts';
import type { Artifact } from '../list.ts';
import { closing } from './closing.ts';
import { type ServerCertificate, serverCertificates } from './names.ts';
import { asksCertificates, clientCertificates, replicaCertificates } from './paths.ts';

const CA_DAYS = 3650;

/** `make-certificates.sh`: the private authority and what it signs, made on the administrator's own machine. */
export const makeCertificates: Artifact = {
  page: 'certificates',
  render(model) {
    const own = model.plan.security.certificate.source === 'own-ca';
    const roles = clientCertificates(model);
    if (!own && !asksCertificates(model)) return [];
    return [
      {
        path: 'your-machine/make-certificates.sh',
        machine: 'your-machine',
        title: say(own ? 'certificates.title' : 'certificates.clientTitle'),
        intro: [say('certificates.intro')],
        language: 'sh',
        mode: 0o755,
        run: [sh`bash your-machine/make-certificates.sh`, collect(own), ...forReplicas(model, own)],
        blocks: [
          { lines: [...start, ...functions(model)] },
          authority(model, own),
          ...(own ? serverCertificates(model).map(server) : []),
          ...roles.map(({ role, slug, path }) => client(role, `clients/${slug}`, path)),
          ...replicaCertificates(model).map(({ role, slug, path }) => client(role, slug, path)),
          closing(model, own),
        ],
      },
    ];
  },
};

/** The files for the server go beside its own, without the authority's key, which stays here. */
const collect = (own: boolean): Sh =>
  sh`(cd your-machine/certificates && cp ${own ? sh`server.crt server.key ca.crt` : sh`ca.crt`} ../../database-server/)`;

/** Each replica has certificates of its own, beside the script that makes it a standby. */
function forReplicas(model: AccessModel, own: boolean): Sh[] {
  const streams = replicaCertificates(model).length > 0;
  if (!own && !streams) return [];
  return model.replicas.map(({ slug }) => {
    const pairs = [...(own ? [`server-${slug}`] : []), ...(streams ? [`replication-${slug}`] : [])];
    const files = join(
      pairs.map((name) => sh`${shWord(name)}.crt ${shWord(name)}.key`),
      ' ',
    );
    return sh`(cd your-machine/certificates && cp ${files} ca.crt ../../replicas/${shWord(slug)}/)`;
  });
}

const start = lines(sh`
  set -euo pipefail
  export MSYS_NO_PATHCONV=1 # Git Bash on Windows would turn a subject into a path
  cd "$(dirname "$0")"
  umask 077
  mkdir -p certificates/clients
  cd certificates
  printf '%s\n' '[req]' 'distinguished_name = name' 'string_mask = utf8only' '[name]' '[ca]' 'basicConstraints = critical, CA:TRUE, pathlen:0' \
    'keyUsage = critical, keyCertSign, cRLSign' 'subjectKeyIdentifier = hash' >openssl.cnf
`);

/** How keys are made; RSA only where something knows nothing else. */
const KEY: Readonly<Record<'ecdsa' | 'rsa', Sh>> = {
  ecdsa: sh`-algorithm EC -pkeyopt ec_paramgen_curve:P-256`,
  rsa: sh`-algorithm RSA -pkeyopt rsa_keygen_bits:3072`,
};

function functions({ plan }: AccessModel): Sh[] {
  const { certificate } = plan.security;
  // What clients show beside a certificate from elsewhere is made the usual way.
  const { algorithm, days } = certificate.source === 'own-ca' ? certificate : ownAuthority;
  return lines(sh`
  make_key() { # file; a key that is there stays
    [ ! -e "$1" ] || return 0
    openssl genpkey ${KEY[algorithm]} -out "$1.new"
    mv "$1.new" "$1"
  }
  issue() { # file, subject, usage, alternative names; a certificate that still fits and is valid for a month stays
    local name=$1 subject=$2 extensions
    extensions=$(printf '%s\n' 'basicConstraints = critical, CA:FALSE' 'keyUsage = critical, digitalSignature' "extendedKeyUsage = $3" \
      'subjectKeyIdentifier = hash' 'authorityKeyIdentifier = keyid' \${4:+"subjectAltName = $4"})
    make_key "$name.key"
    if [ -e "$name.crt" ] && [ "$(cat "$name.ext" 2>/dev/null)" = "$extensions" ] &&
      openssl x509 -in "$name.crt" -noout -checkend 2592000 >/dev/null &&
      openssl verify -CAfile ca.crt "$name.crt" >/dev/null 2>&1; then
      return 0
    fi
    printf '%s\n' "$extensions" >"$name.ext"
    openssl req -new -utf8 -sha256 -config openssl.cnf -key "$name.key" -subj "$subject" -out "$name.csr"
    openssl x509 -req -sha256 -in "$name.csr" -CA ca.crt -CAkey ca.key -set_serial "0x$(openssl rand -hex 16)" \
      -days ${days} -extfile "$name.ext" -out "$name.crt.new"
    mv "$name.crt.new" "$name.crt"
    rm "$name.csr"
    echo "made certificates/$name.crt"
  }
  tell() { printf '%s\n' "$1"; }
`);
}

function authority({ plan }: AccessModel, own: boolean): Block<'sh'> {
  const { name } = plan.server;
  const title = own ? 'Postern CA' : 'Postern client CA';
  const subject = opensslSubject(name !== null && name.length <= 40 ? `${title} ${name}` : title);
  return {
    lines: lines(sh`
      make_key ca.key
      if [ ! -e ca.crt ]; then
        openssl req -x509 -new -utf8 -sha256 -config openssl.cnf -extensions ca -days ${CA_DAYS} -key ca.key -subj ${subject} -out ca.crt.new
        mv ca.crt.new ca.crt
      fi
      openssl x509 -in ca.crt -noout -checkend 31536000 >/dev/null || echo 'ca.crt expires within a year: plan a new one.' >&2
    `),
    reason: {
      message: say(own ? 'certificates.authority' : 'certificates.clientAuthority'),
      path: 'security.certificate.source',
    },
  };
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
