import { type MessageId, say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { type Markdown, markdown, mdCode, mdFence, mdText } from '../../quote/markdown.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import type { Artifact } from '../file.ts';
import { gatewayMachine, type Ipsec, ipsecOf, ipsecPaths, peerKey } from './ipsec.ts';
import { INTERFACE, type Tunnel, tunnelOf } from './tunnel.ts';

/** `key-exchange.md`: what the ends of a tunnel exchange, over which channel, and how both verify that it arrived. */
export const keyExchange: Artifact = {
  render(model) {
    const tunnel = tunnelOf(model);
    if (!tunnel || tunnel.peers.length === 0) return [];
    return [
      {
        path: 'your-machine/key-exchange.md',
        machine: 'your-machine',
        page: tunnel.page,
        title: say('worksheet.title'),
        language: 'markdown',
        blocks: [
          {
            lines: [
              markdown`# ${mdText(say('worksheet.heading').text)}`,
              ...paragraph('worksheet.intro'),
              ...stepsOf(model, tunnel).flatMap(({ message, values, commands }, index) => [
                markdown``,
                markdown`${index + 1}. ${mdText(say(message, values).text)}`,
                ...indented(commands),
              ]),
              markdown``,
              markdown`## ${mdText(say('worksheet.ends').text)}`,
              ...paragraph(tunnel.network.software.kind === 'wireguard' ? 'worksheet.compareKey' : 'worksheet.compare'),
              markdown``,
              ...table(model, tunnel),
              ...paragraph('worksheet.wrong'),
            ],
          },
        ],
      },
    ];
  },
};

interface Step {
  readonly message: MessageId;
  readonly values?: Readonly<Record<string, string>>;
  readonly commands: readonly Sh[];
}

const paragraph = (id: MessageId): Markdown[] => [markdown``, mdText(say(id).text)];
const indented = (commands: readonly Sh[]): Markdown[] =>
  commands.length === 0 ? [] : [markdown``, ...mdFence('sh', commands).map((line) => markdown`   ${line}`)];

function stepsOf(model: AccessModel, tunnel: Tunnel): Step[] {
  const ipsec = ipsecOf(model);
  if (!ipsec) return wireGuardSteps(tunnel);
  if (ipsec.azure) return azureSteps();
  return ipsec.authentication === 'certificate' ? certificateSteps(model, ipsec) : sharedKeySteps(ipsec);
}

const wireGuardSteps = ({ onServer }: Tunnel): Step[] => [
  {
    message: 'worksheet.wireguard.make',
    commands: [
      sh`sudo bash ${shWord(onServer ? 'database-server/wireguard/make-key.sh' : 'vpn-gateway/make-key.sh')}`,
      sh`sudo bash vpn-peers/make-key.sh`,
    ],
  },
  { message: 'worksheet.wireguard.give', commands: [] },
  {
    message: 'worksheet.wireguard.check',
    commands: [
      sh`sudo wg show ${shWord(INTERFACE)} public-key`,
      sh`sudo wg show ${shWord(INTERFACE)} peers`,
      sh`sudo wg show ${shWord(INTERFACE)} latest-handshakes`,
    ],
  },
];

function certificateSteps(model: AccessModel, ipsec: Ipsec): Step[] {
  const { machine, folder } = gatewayMachine(ipsec);
  const { swanctl } = ipsecPaths(model, machine);
  return [
    {
      message: 'worksheet.certificate.request',
      commands: [sh`sudo bash ${shWord(`${folder}/vpn-key.sh`)}`, sh`sudo bash vpn-peers/vpn-key.sh`],
    },
    { message: 'worksheet.certificate.compare', commands: [] },
    {
      message: 'worksheet.certificate.sign',
      commands: [sh`bash your-machine/vpn/sign-vpn-certificates.sh`],
    },
    {
      message: 'worksheet.certificate.take',
      commands: [
        sh`sudo bash ${shWord(`${folder}/vpn-key.sh`)} gateway.crt postern-ca.crt`,
        sh`sudo bash vpn-peers/vpn-key.sh peer.crt postern-ca.crt`,
      ],
    },
    {
      message: 'worksheet.certificate.check',
      commands: [
        sh`openssl x509 -in your-machine/vpn/certificates/postern-ca.crt -noout -fingerprint -sha256`,
        sh`openssl x509 -in ${shWord(`${swanctl}/x509ca/postern-ca.crt`)} -noout -fingerprint -sha256`,
        sh`sudo swanctl --list-sas`,
      ],
    },
  ];
}

function sharedKeySteps(ipsec: Ipsec): Step[] {
  const { folder } = gatewayMachine(ipsec);
  const make = shWord(`${folder}/make-keys.sh`);
  const [first] = ipsec.tunnel.peers;
  return [
    { message: 'worksheet.key.make', commands: [sh`sudo bash ${make}`] },
    { message: 'worksheet.key.show', commands: first ? [sh`sudo bash ${make} ${shWord(peerKey(first))}`] : [] },
    {
      message: 'worksheet.key.enter',
      commands: first ? [sh`sudo bash ${shWord(`vpn-peers/${first.slug}/enter-key.sh`)}`] : [],
    },
    { message: 'worksheet.key.check', commands: [sh`sudo swanctl --list-sas`] },
  ];
}

const azureSteps = (): Step[] => [
  { message: 'worksheet.azure.make', commands: [] },
  { message: 'worksheet.azure.give', commands: [] },
  { message: 'worksheet.azure.address', commands: [] },
  { message: 'worksheet.azure.check', commands: [sh`sudo swanctl --list-sas`] },
];

/** A row for each end: what is already known, and space to write. */
function table(model: AccessModel, tunnel: Tunnel): Markdown[] {
  const ipsec = ipsecOf(model);
  const { gateway } = tunnel.network;
  const head = (
    ['worksheet.machine', 'worksheet.request', 'worksheet.value', 'worksheet.by', 'worksheet.day'] as const
  ).map((id) => mdText(say(id).text));
  const row = (name: string, file: string, key: string | null): Markdown =>
    markdown`| ${mdText(name)} | ${file === '' ? markdown`` : mdCode(file)} | ${key === null ? markdown`` : mdCode(key)} |  |  |`;
  const fileOf = (key: string, peer: boolean) =>
    ipsec === undefined
      ? 'make-key.sh'
      : ipsec.authentication === 'certificate'
        ? `requests/${peer ? `peer-${key}` : key}.csr`
        : ipsec.azure || peer
          ? 'enter-key.sh'
          : 'make-keys.sh';
  const known = (key: string | null) => (ipsec === undefined ? key : null);
  return [
    markdown`| ${head[0] ?? markdown``} | ${head[1] ?? markdown``} | ${head[2] ?? markdown``} | ${head[3] ?? markdown``} | ${head[4] ?? markdown``} |`,
    markdown`| --- | --- | --- | --- | --- |`,
    ...(ipsec?.azure ? [] : [row(gateway.name, fileOf('gateway', false), known(gateway.publicKey))]),
    ...tunnel.peers.map((peer) => row(peer.peer.name, fileOf(peerKey(peer), true), known(peer.peer.publicKey))),
  ];
}
