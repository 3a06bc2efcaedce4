import { type MessageId, say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import type { Prefix } from '../../net/prefix.ts';
import { type Conf, conf } from '../../quote/conf.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import type { Artifact, Block, FileDraft, Machine } from '../file.ts';
import { filled, shortText } from '../firewall/allowed-sources.ts';
import { both, requireRoot, restore, type Tool, tools } from '../firewall/netfilter.ts';
import { bootScript, calledScript } from '../readers/script.ts';
import { sysctlReader } from './sysctl-reader.ts';
import { forwarded, INTERFACE, type Tunnel, tunnelOf } from './tunnel.ts';

const CHAIN = sh`POSTERN-TUNNEL`;
const LINK = shWord(INTERFACE);

/** Settings for machines that forward packets: a separate gateway, and the router of a site. */
export const forwarding: Artifact = {
  render(model) {
    const tunnel = tunnelOf(model);
    if (!tunnel) return [];
    const { kind } = tunnel.network.software;
    const sites = tunnel.peers.filter(({ behind }) => behind.length > 0);
    const drafts = [
      ...(tunnel.onServer || kind === 'azure'
        ? []
        : [
            sysctl('vpn-gateway', 'vpn-gateway/sysctl.conf', 'sysctl.gateway', 'network.gateway.placement', [
              ...tunnel.networks,
              ...sites.flatMap(({ behind }) => behind),
            ]),
            ...(kind === 'wireguard' ? rules(model, tunnel) : []),
          ]),
      ...sites.map(({ slug, path, behind }) =>
        sysctl('vpn-peers', `vpn-peers/${slug}/sysctl.conf`, 'sysctl.site', `${path}.networks`, behind),
      ),
    ];
    return drafts.map((draft) => ({ ...draft, page: tunnel.page }));
  },
};

function sysctl(
  machine: Machine,
  path: string,
  why: MessageId,
  answer: string,
  networks: readonly Prefix[],
): FileDraft<'conf'> {
  const uses = (family: 4 | 6) => networks.some((network) => network.family === family);
  const settings: Conf[] = [
    ...(uses(4) ? [conf`net.ipv4.ip_forward = 1`] : []),
    ...(uses(6) ? [conf`net.ipv6.conf.all.forwarding = 1`] : []),
  ];
  return {
    path,
    target: '/etc/sysctl.d/50-postern.conf',
    reader: sysctlReader,
    machine,
    title: say('sysctl.title'),
    intro: [say('sysctl.intro')],
    language: 'conf',
    blocks: [
      { lines: settings, reason: { message: say(why), path: answer } },
      ...(uses(6)
        ? [
            {
              lines: [conf`# net.ipv6.conf.eth0.accept_ra = 2`],
              reason: { message: say('sysctl.acceptRa'), path: answer },
            },
          ]
        : []),
    ],
  };
}

function rules(model: AccessModel, tunnel: Tunnel): FileDraft<'sh'>[] {
  const shared = { machine: 'vpn-gateway', language: 'sh', mode: 0o755 } as const;
  return [
    {
      ...shared,
      path: 'vpn-gateway/postern-forward.sh',
      target: `/etc/wireguard/${INTERFACE}-forward.sh`,
      reader: { ...bootScript, byHand: {} },
      title: say('forward.title'),
      intro: [say('forward.intro')],
      blocks: [
        requireRoot,
        ...tools.flatMap((tool) => chain(model, tunnel, tool)),
        { lines: jumps, reason: { message: say('forward.jump'), path: 'network.gateway.placement' } },
      ],
    },
    {
      ...shared,
      path: 'vpn-gateway/postern-forward-undo.sh',
      target: `/etc/wireguard/${INTERFACE}-forward-undo.sh`,
      reader: calledScript,
      title: say('forward.undoTitle'),
      blocks: [
        requireRoot,
        { lines: undo, reason: { message: say('forward.undo'), path: 'network.gateway.placement' } },
      ],
    },
  ];
}

function chain(model: AccessModel, tunnel: Tunnel, tool: Tool): Block<'sh'>[] {
  const ofFamily = (prefixes: readonly Prefix[]) => prefixes.filter(({ family }) => family === tool.family);
  return restore(tool, CHAIN, [
    {
      lines: [sh`-A ${CHAIN} -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT`],
      reason: { message: say('forward.answers'), path: 'network.gateway.placement' },
    },
    ...filled(
      forwarded(model, tunnel).map(({ flow, from }) => ({
        reason: flow.reason,
        lines: unique(
          ofFamily(from).flatMap((source) =>
            ofFamily(flow.addresses)
              .filter((to) => tunnel.database.some((address) => shortText(address) === shortText(to)))
              .map(
                (to) =>
                  sh`-A ${CHAIN} -i ${LINK} -s ${shWord(shortText(source))} -d ${shWord(shortText(to))} -p tcp --dport ${flow.port} -j ACCEPT`,
              ),
          ),
        ),
      })),
    ),
    { lines: [sh`-A ${CHAIN} -j DROP`], reason: { message: say('forward.drop'), path: 'network.peers' } },
  ]);
}

const unique = (rulesOf: readonly Sh[]): Sh[] => [...new Set(rulesOf)];

const jumps = both(
  lines(sh`
    for way in -i -o; do
      "$tool" -w -C FORWARD "$way" ${LINK} -j ${CHAIN} 2>/dev/null || "$tool" -w -I FORWARD 1 "$way" ${LINK} -j ${CHAIN}
    done
  `),
);

const undo = both(
  lines(sh`
    for way in -i -o; do
      while "$tool" -w -D FORWARD "$way" ${LINK} -j ${CHAIN} 2>/dev/null; do :; done
    done
    "$tool" -w -F ${CHAIN} 2>/dev/null || true
    "$tool" -w -X ${CHAIN} 2>/dev/null || true
  `),
);
