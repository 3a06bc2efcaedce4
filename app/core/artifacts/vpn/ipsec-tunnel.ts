import type { AccessModel } from '../../access/model.ts';
import { say } from '../../messages/message.ts';
import { addressText, type Prefix, samePrefix } from '../../net/prefix.ts';
import { ini } from '../../quote/ini.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import type { Block, FileDraft, Machine } from '../file.ts';
import { filled, shortText } from '../firewall/allowed.ts';
import { requireRoot, restore, type Tool, tools } from '../firewall/netfilter.ts';
import type { Artifact } from '../list.ts';
import { gatewayMachine, hasOwnAddress, type Ipsec, ipsecOf } from './ipsec.ts';
import { forwarded } from './tunnel.ts';

const SCRIPT = '/usr/local/sbin/postern-tunnel';
/** The unit that has the addresses of the tunnel ready. */
export const TUNNEL_UNIT = 'postern-tunnel.service';

/**
 * What IPsec does not bring along: the addresses of the tunnel, and a filter that keeps packets of the tunnel from
 * travelling in the clear while it is down. On the gateway the same filter says what is forwarded.
 */
export const ipsecTunnel: Artifact = {
  page: 'strongswan',
  render(model) {
    const ipsec = ipsecOf(model);
    if (!ipsec) return [];
    const { machine, folder } = gatewayMachine(ipsec);
    const { own, ownPath, peers } = ipsec.tunnel;
    return [
      ...(ipsec.azure
        ? []
        : [
            script(machine, folder, own, ownPath, ipsec.tunnel.onServer ? guard(own) : forward(model, ipsec)),
            unit(machine, folder),
          ]),
      ...peers
        .filter(hasOwnAddress)
        .flatMap((peer) => [
          script('vpn-peers', `vpn-peers/${peer.slug}`, peer.own, `${peer.path}.addresses`, nothing),
          unit('vpn-peers', `vpn-peers/${peer.slug}`),
        ]),
    ];
  },
};

/** Rules of netfilter for both families, and what takes them away again. */
interface Filter {
  readonly chains: readonly Sh[];
  /** The jumps, as the words after `-I` or `-D`. */
  readonly jumps: (tool: Tool) => readonly { readonly from: Sh; readonly match: Sh; readonly to: Sh }[];
  readonly rules: (tool: Tool) => readonly Block<'sh'>[];
}

const nothing: Filter = { chains: [], jumps: () => [], rules: () => [] };

function script(
  machine: Machine,
  folder: string,
  own: readonly Prefix[],
  path: string,
  filter: Filter,
): FileDraft<'sh'> {
  return {
    path: `${folder}/postern-tunnel.sh`,
    target: SCRIPT,
    machine,
    title: say(filter.chains.length > 0 ? 'ipsecTunnel.title' : 'ipsecTunnel.siteTitle'),
    intro: [say('ipsecTunnel.intro')],
    language: 'sh',
    mode: 0o755,
    blocks: [
      requireRoot,
      {
        lines: [
          sh`down() {`,
          ...down(own, filter).map((line) => sh`  ${line}`),
          sh`}`,
          sh`if [ "\${1:-up}" = down ]; then down; exit; fi`,
        ],
        reason: { message: say('ipsecTunnel.down'), path },
      },
      {
        lines: own.map((address) => onLoopback(address, sh`replace`)),
        reason: { message: say('ipsecTunnel.addresses'), path },
      },
      ...tools.flatMap(filter.rules),
      ...filled([
        {
          lines: tools.flatMap((tool) =>
            filter
              .jumps(tool)
              .map(
                ({ from, match, to }) =>
                  sh`! available ${tool.name} || ${tool.name} -w -C ${from} ${match} -j ${to} 2>/dev/null || ${tool.name} -w -I ${from} 1 ${match} -j ${to}`,
              ),
          ),
          reason: { message: say('ipsecTunnel.jump'), path },
        },
      ]),
    ],
  };
}

/** The loopback interface is always there, and an address of its own is what packets out of the tunnel are for. */
function onLoopback(address: Prefix, action: Sh): Sh {
  const command = sh`ip address ${action} ${shWord(`${addressText(address)}/${address.length}`)} dev lo`;
  return address.family === 6 ? sh`! available ip6tables || ${command}` : command;
}

function down(own: readonly Prefix[], { chains, jumps }: Filter): Sh[] {
  return [
    ...tools.flatMap((tool) => [
      ...jumps(tool).map(
        ({ from, match, to }) => sh`while ${tool.name} -w -D ${from} ${match} -j ${to} 2>/dev/null; do :; done`,
      ),
      ...chains.flatMap((chain) => [
        sh`${tool.name} -w -F ${chain} 2>/dev/null || true`,
        sh`${tool.name} -w -X ${chain} 2>/dev/null || true`,
      ]),
    ]),
    ...own.map((address) => sh`${onLoopback(address, sh`del`)} 2>/dev/null || true`),
  ];
}

const [IN, OUT, FORWARD] = [sh`POSTERN-TUNNEL-IN`, sh`POSTERN-TUNNEL-OUT`, sh`POSTERN-TUNNEL`];

/**
 * On the database server: whoever talks to an address of the tunnel, or from it, has come through the tunnel. What
 * returns from here goes on to the firewall of the server. `ipsec+` is what kernel-libipsec calls its interface.
 */
const guard = (own: readonly Prefix[]): Filter => ({
  chains: [IN, OUT],
  jumps: ({ family }) =>
    own
      .filter((address) => address.family === family)
      .flatMap((address) => [
        { from: sh`INPUT`, match: sh`-d ${shWord(addressText(address))}`, to: IN },
        { from: sh`OUTPUT`, match: sh`-s ${shWord(addressText(address))}`, to: OUT },
      ]),
  rules: (tool) => [...guardChain(tool, IN, sh`-i`, sh`in`), ...guardChain(tool, OUT, sh`-o`, sh`out`)],
});

const guardChain = (tool: Tool, chain: Sh, side: Sh, direction: Sh): Block<'sh'>[] =>
  restore(tool, chain, [
    {
      lines: [
        sh`-A ${chain} ${side} lo -j RETURN`,
        sh`-A ${chain} ${side} ipsec+ -j RETURN`,
        sh`-A ${chain} -m policy --dir ${direction} --pol ipsec -j RETURN`,
        sh`-A ${chain} -j DROP`,
      ],
      reason: { message: say('ipsecTunnel.guard'), path: 'server.addresses.vpn' },
    },
  ]);

/** On a gateway of its own: what the plan names is forwarded, out of the tunnel and answers into it, and nothing else. */
function forward(model: AccessModel, ipsec: Ipsec): Filter {
  const { tunnel } = ipsec;
  const remote = [...tunnel.networks, ...tunnel.peers.flatMap(({ behind }) => behind)];
  const of = ({ family }: Tool) =>
    remote
      .filter((network) => network.family === family)
      .map(shortText)
      .map(shWord);
  return {
    chains: [FORWARD],
    jumps: (tool) =>
      of(tool).flatMap((network) =>
        [sh`-s`, sh`-d`].map((side) => ({ from: sh`FORWARD`, match: sh`${side} ${network}`, to: FORWARD })),
      ),
    rules: (tool) =>
      restore(tool, FORWARD, [
        {
          lines: of(tool).flatMap((network) => [
            sh`-A ${FORWARD} -s ${network} ! -i ipsec+ -m policy --dir in --pol none -j DROP`,
            sh`-A ${FORWARD} -d ${network} ! -o ipsec+ -m policy --dir out --pol none -j DROP`,
          ]),
          reason: { message: say('ipsecTunnel.clear'), path: 'network.tunnel' },
        },
        {
          lines: [sh`-A ${FORWARD} -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT`],
          reason: { message: say('forward.answers'), path: 'network.gateway.placement' },
        },
        ...filled(
          forwarded(model, tunnel).map(({ flow, from }) => ({
            reason: flow.reason,
            lines: [
              ...new Set(
                from
                  .filter(({ family }) => family === tool.family)
                  .flatMap((source) =>
                    flow.addresses
                      .filter((to) => to.family === tool.family && tunnel.database.some((one) => samePrefix(one, to)))
                      .map(
                        (to) =>
                          sh`-A ${FORWARD} -s ${shWord(shortText(source))} -d ${shWord(shortText(to))} -p tcp --dport ${flow.port} -j ACCEPT`,
                      ),
                  ),
              ),
            ],
          })),
        ),
        { lines: [sh`-A ${FORWARD} -j DROP`], reason: { message: say('forward.drop'), path: 'network.peers' } },
      ]),
  };
}

const unit = (machine: Machine, folder: string): FileDraft<'ini'> => ({
  path: `${folder}/${TUNNEL_UNIT}`,
  target: `/etc/systemd/system/${TUNNEL_UNIT}`,
  machine,
  title: say('ipsecTunnel.unitTitle'),
  language: 'ini',
  blocks: [
    {
      lines: lines(ini`
        [Unit]
        Description=Addresses and filter of the tunnel, made by Postern
        Before=strongswan.service

        [Service]
        Type=oneshot
        RemainAfterExit=yes
        ExecStart=/usr/local/sbin/postern-tunnel
        ExecStop=/usr/local/sbin/postern-tunnel down

        [Install]
        WantedBy=multi-user.target
      `),
      reason: { message: say('ipsecTunnel.unit'), path: 'network.software.kind' },
    },
  ],
});
