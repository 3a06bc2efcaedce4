import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { lines } from '../../quote/lines.ts';
import { opensslSubject } from '../../quote/openssl.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import { join } from '../../quote/template.ts';
import type { Artifact, Block, FileDraft, Machine } from '../file.ts';
import { rootOnly } from '../root-only.ts';
import { pairs } from '../tls/install.ts';
import { GATEWAY_ID, gatewayMachine, type Ipsec, ipsecOf, ipsecPaths, peerId, peerKey } from './ipsec.ts';
import { identities } from './swanctl.ts';
import type { TunnelPeer } from './tunnel.ts';

const CA_DAYS = 3650;
/** Validity of a tunnel endpoint's certificate in days. */
const DAYS = 825;

/** The credentials of both ends. No private key ever leaves the machine it was created on. */
export const ipsecKeys: Artifact = {
  page: 'strongswan',
  render(model) {
    const ipsec = ipsecOf(model);
    if (!ipsec) return [];
    return ipsec.authentication === 'certificate' ? certificates(model, ipsec) : sharedKeys(model, ipsec);
  },
};

/** Every machine with a tunnel endpoint and its folder. */
function ends(ipsec: Ipsec): { readonly machine: Machine; readonly folder: string }[] {
  const { peers } = ipsec.tunnel;
  return [
    ...(ipsec.azure ? [] : [gatewayMachine(ipsec)]),
    ...(peers.length > 0 ? [{ machine: 'vpn-peers', folder: 'vpn-peers' } as const] : []),
  ];
}

function certificates(model: AccessModel, ipsec: Ipsec): FileDraft<'sh'>[] {
  const shared = { language: 'sh', mode: 0o755 } as const;
  return [
    ...ends(ipsec).map(({ machine, folder }): FileDraft<'sh'> => {
      const { swanctl } = ipsecPaths(model, machine);
      return {
        ...shared,
        machine,
        path: `${folder}/vpn-key.sh`,
        title: say('vpnKey.title'),
        intro: [say('vpnKey.intro')],
        blocks: [
          { lines: [sh`set -euo pipefail`, sh`umask 077`, rootOnly, sh`directory=${shWord(swanctl)}`] },
          { lines: makeKey, reason: { message: say('vpnKey.make'), path: 'network.software.authentication' } },
          { lines: takeCertificate, reason: { message: say('vpnKey.take'), path: 'network.software.authentication' } },
        ],
      };
    }),
    {
      ...shared,
      machine: 'your-machine',
      path: 'your-machine/vpn/sign-vpn-certificates.sh',
      title: say('vpnSign.title'),
      intro: [say('vpnSign.intro')],
      blocks: [
        { lines: start },
        { lines: authority, reason: { message: say('vpnSign.authority'), path: 'network.software.authentication' } },
        { lines: sign },
        {
          lines: [sh`sign ${shWord('gateway')} ${shWord(GATEWAY_ID)} serverAuth`],
          reason: { message: say('vpnSign.gateway'), path: 'network.gateway.name' },
        },
        ...ipsec.tunnel.peers.map(
          (peer): Block<'sh'> => ({
            lines: [sh`sign ${shWord(`peer-${peerKey(peer)}`)} ${shWord(peerId(peer))} clientAuth`],
            reason: { message: say('vpnSign.peer', { name: peer.peer.name }), path: peer.path },
          }),
        ),
      ],
    },
  ];
}

const makeKey = lines(sh`
  fingerprint() { openssl pkey -pubin -outform DER | openssl dgst -sha256 -r | cut -d ' ' -f 1; } # of a public key
  if [ ! -e "$directory/private/postern.key" ]; then
    mkdir -p "$directory/private" "$directory/x509" "$directory/x509ca"
    # Beside the folder: strongSwan reads whatever is in it.
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out "$directory/postern.key.new"
    mv "$directory/postern.key.new" "$directory/private/postern.key"
  fi
`);

const takeCertificate = [
  ...lines(sh`
    if [ $# -eq 0 ]; then
      umask 022
      openssl req -new -sha384 -key "$directory/private/postern.key" -subj /CN=postern -out postern.csr.new
      mv postern.csr.new postern.csr
      printf 'postern.csr is the request; its public key is\n'
      openssl pkey -in "$directory/private/postern.key" -pubout | fingerprint
      exit
    fi
    certificate=$1 authority=$2
  `),
  ...pairs(
    sh`"$certificate"`,
    sh`"$directory/private/postern.key"`,
    'This certificate is not for the key of this machine. Nothing was changed.',
  ),
  ...lines(sh`
    openssl verify -CAfile "$authority" "$certificate"
    install -m 0644 "$authority" "$directory/postern-ca.crt.new"
    install -m 0644 "$certificate" "$directory/postern.crt.new"
    mv "$directory/postern-ca.crt.new" "$directory/x509ca/postern-ca.crt"
    mv "$directory/postern.crt.new" "$directory/x509/postern.crt"
    echo 'The authority is'
    openssl x509 -in "$authority" -noout -fingerprint -sha256
  `),
];

const start = lines(sh`
  set -euo pipefail
  export MSYS_NO_PATHCONV=1 # Git Bash on Windows would turn a subject into a path
  cd "$(dirname "$0")"
  umask 077
  mkdir -p requests certificates
  rm -f ./*.new certificates/*.new # of a run that was interrupted
  printf '%s\n' '[req]' 'distinguished_name = name' '[name]' '[ca]' 'basicConstraints = critical, CA:TRUE, pathlen:0' \
    'keyUsage = critical, keyCertSign, cRLSign' 'subjectKeyIdentifier = hash' >openssl.cnf
`);

const authority = lines(sh`
  if [ ! -e ca.key ]; then
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out ca.key.new
    mv ca.key.new ca.key
  fi
  if [ ! -e certificates/postern-ca.crt ]; then
    openssl req -x509 -new -sha384 -config openssl.cnf -extensions ca -days ${CA_DAYS} -key ca.key -subj ${opensslSubject('Postern VPN CA')} -out ca.crt.new
    mv ca.crt.new certificates/postern-ca.crt
  fi
`);

/** Only the key is taken from the request: we set names and uses. */
const sign = lines(sh`
  sign() { # name of the request, identity, use; a certificate for the same key that is valid for a month stays
    local request=requests/$1.csr certificate=certificates/$1.crt key old=
    if [ ! -e "$request" ]; then
      printf 'missing: %s\n' "$request"
      return 0
    fi
    key=$(openssl req -in "$request" -noout -pubkey)
    if [ -e "$certificate" ]; then old=$(openssl x509 -in "$certificate" -noout -pubkey); fi
    if [ "$old" != "$key" ] || ! openssl x509 -in "$certificate" -noout -checkend 2592000 >/dev/null ||
      ! openssl verify -CAfile certificates/postern-ca.crt "$certificate" >/dev/null 2>&1; then
      printf '%s\n' 'basicConstraints = critical, CA:FALSE' 'keyUsage = critical, digitalSignature' "extendedKeyUsage = $3" \
        'subjectKeyIdentifier = hash' 'authorityKeyIdentifier = keyid' "subjectAltName = DNS:$2" >extensions.new
      openssl x509 -req -sha384 -in "$request" -CA certificates/postern-ca.crt -CAkey ca.key -set_serial "0x$(openssl rand -hex 16)" \
        -days ${DAYS} -extfile extensions.new -out "$certificate.new" 2>said.new || { cat said.new >&2; return 1; }
      mv "$certificate.new" "$certificate"
      rm extensions.new said.new
    fi
    printf '%s is for %s, public key ' "$certificate" "$2"
    openssl pkey -pubin -outform DER <<<"$key" | openssl dgst -sha256 -r | cut -d ' ' -f 1
  }
`);

function sharedKeys(model: AccessModel, ipsec: Ipsec): FileDraft<'sh'>[] {
  const { peers } = ipsec.tunnel;
  const shared = { language: 'sh', mode: 0o755 } as const;
  const { machine, folder } = gatewayMachine(ipsec);
  const entry = (peer: TunnelPeer, of: Machine): Sh => {
    const ids = identities(ipsec, peer);
    const file = of === 'vpn-peers' ? 'postern-key.conf' : `postern-key-${peerKey(peer)}.conf`;
    return join([shWord(file), shWord(ids.gateway), shWord(ids.site)], ' ');
  };
  const head = (of: Machine): Block<'sh'> => ({
    lines: [
      sh`set -euo pipefail`,
      sh`umask 077`,
      rootOnly,
      sh`directory=${shWord(`${ipsecPaths(model, of).swanctl}/conf.d`)}`,
      ...keep,
    ],
    reason: { message: say('psk.file'), path: 'network.software.authentication' },
  });
  return [
    ...(ipsec.azure
      ? []
      : [
          {
            ...shared,
            machine,
            path: `${folder}/make-keys.sh`,
            title: say('psk.makeTitle'),
            intro: [say('psk.makeIntro')],
            blocks: [
              head(machine),
              { lines: make },
              ...peers.map(
                (peer): Block<'sh'> => ({
                  lines: [sh`make ${shWord(peerKey(peer))} ${entry(peer, machine)} "$@"`],
                  reason: { message: say('psk.peer', { name: peer.peer.name }), path: peer.path },
                }),
              ),
            ],
          },
        ]),
    ...peers.map(
      (peer): FileDraft<'sh'> => ({
        ...shared,
        machine: 'vpn-peers',
        path: `vpn-peers/${peer.slug}/enter-key.sh`,
        title: say('psk.enterTitle', { name: peer.peer.name }),
        intro: [say(ipsec.azure ? 'psk.azureIntro' : 'psk.enterIntro')],
        ...(ipsec.azure
          ? {
              run: [sh`sudo bash ${shWord(`vpn-peers/${peer.slug}/enter-key.sh`)} --make`],
              prepare: say('psk.azureStep'),
            }
          : {}),
        blocks: [
          head('vpn-peers'),
          { lines: [...enter(ipsec.azure), sh`keep ${entry(peer, 'vpn-peers')}`, sh`fingerprint`] },
        ],
      }),
    ),
  ];
}

/** A 256-bit key as text, without characters that are special in the file. */
const keep = lines(sh`
  keep() { # file, both identities; the key is in $secret
    mkdir -p "$directory"
    printf 'secrets {\n  ike-%s {\n    id-gateway = %s\n    id-peer = %s\n    secret = "%s"\n  }\n}\n' \
      "\${1%.conf}" "$2" "$3" "$secret" >"$directory/$1.new"
    mv "$directory/$1.new" "$directory/$1"
  }
  fingerprint() { printf '%s' "$secret" | openssl dgst -sha256 -r | cut -c 1-16; } # to read aloud; it does not give the key away
`);

const make = lines(sh`
  make() { # name, file, both identities, the name whose key is to be shown; a key that is there stays
    local secret
    if [ ! -e "$directory/$2" ]; then
      secret=$(openssl rand -base64 32)
      keep "$2" "$3" "$4"
    fi
    secret=$(sed -n 's/^ *secret = "\(.*\)"$/\1/p' "$directory/$2")
    printf '%s: key %s\n' "$1" "$(fingerprint)"
    if [ "\${5:-}" = "$1" ]; then printf '%s\n' "$secret"; fi
  }
`);

const enter = (azure: boolean): Sh[] =>
  lines(
    azure
      ? sh`
        if [ "\${1:-}" = --make ]; then
          secret=$(sed -n 's/^ *secret = "\(.*\)"$/\1/p' "$directory/postern-key.conf" 2>/dev/null || true)
          [ -n "$secret" ] || secret=$(openssl rand -base64 32) # the key that is there stays
          printf '%s\n' "$secret"
        else
          read -r -s -p 'Key: ' secret
          echo
        fi
        if [[ ! $secret =~ ^[A-Za-z0-9+/]{43}=$ ]]; then echo 'This is not a key that openssl rand -base64 32 printed. Nothing was changed.' >&2; exit 1; fi
      `
      : sh`
        read -r -s -p 'Key: ' secret
        echo
        if [[ ! $secret =~ ^[A-Za-z0-9+/]{43}=$ ]]; then echo 'This is not a key that make-keys.sh created. Nothing was changed.' >&2; exit 1; fi
      `,
  );
