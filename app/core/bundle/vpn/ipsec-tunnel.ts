import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { addressText, type Prefix, samePrefix } from '../../net/prefix.ts';
import { ini } from '../../quote/ini.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import type { Artifact, Block, FileDraft, Machine } from '../file.ts';
import { filled, shortText } from '../firewall/allowed-sources.ts';
import { requireRoot, restore, type Tool, tools } from '../firewall/netfilter.ts';
import { bootScript } from '../readers/script.ts';
import { systemdService } from '../readers/systemd.ts';
import { gatewayMachine, hasOwnAddress, type Ipsec, ipsecOf } from './ipsec.ts';
import { forwarded } from './tunnel.ts';

const SCRIPT = '/usr/local/sbin/postern-tunnel';
/** The unit that provides the addresses of the tunnel. */
export const TUNNEL_UNIT = 'postern-tunnel.service';

/**
 * What IPsec itself does not provide: the addresses of the tunnel, and a filter that prevents packets of the tunnel
 * from being sent unencrypted while it is down. On the gateway the same filter determines what is forwarded.
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

/** Netfilter rules for both families, and the commands that remove them. */
interface Filter {
  readonly chains: readonly Sh[];
  /** The jumps, as the arguments after `-I` or `-D`. */
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
    reader: bootScript,
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

/** The loopback interface always exists, and packets out of the tunnel are addressed to its address. */
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
 * On the database server: packets to or from an address of the tunnel must have come through the tunnel. Packets that
 * return from this chain continue to the server's firewall. `ipsec+` matches the interface name of kernel-libipsec.
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

/** On a separate gateway: only what the plan names is forwarded, out of the tunnel, and replies into it. */
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
  reader: systemdService,
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
