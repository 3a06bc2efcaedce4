import { say } from '../../messages/message.ts';
import { lines } from '../../quote/lines.ts';
import { nft } from '../../quote/nft.ts';
import { sh } from '../../quote/sh.ts';
import type { Artifact, Block, FileDraft } from '../file.ts';
import { nftReader } from '../readers/nft.ts';
import { filteredPorts, type HostFirewall, hostFirewalls } from './host-firewall.ts';
import { requireRoot } from './netfilter.ts';
import { isLimited, type Limit, limitOf } from './rate.ts';
import { bootUnit, by, indented, limited, meters, type PortChain, portChainOf, reach, setsOf } from './ruleset.ts';

/**
 * The limit of new connections next to ufw and firewalld, which have no suitable one: a small nftables table that is
 * evaluated before them, drops what a client opens above the limit, and leaves everything else to them. It is separate,
 * so that neither removes it when it loads its own rules.
 */
export const rateTable: Artifact = {
  page: 'rate-limit',
  render: (model) =>
    [...hostFirewalls(model, 'ufw'), ...hostFirewalls(model, 'firewalld')].flatMap((hostFirewall) => {
      // Connections to a container's published port are counted in a separate chain.
      if (hostFirewall.host.kind === 'server' && model.platform.platform === 'docker') return [];
      const limit = limitOf(model, hostFirewall.host.id);
      return limit ? files(hostFirewall, limit) : [];
    }),
};

function files(hostFirewall: HostFirewall, limit: Limit): FileDraft[] {
  const script = { machine: hostFirewall.machine, language: 'sh', mode: 0o755 } as const;
  return [
    ruleset(hostFirewall, limit),
    {
      ...script,
      path: `${hostFirewall.folder}/rate-limit.sh`,
      covered: true,
      title: say('rate.title'),
      intro: [say('rate.intro')],
      blocks: [requireRoot, { lines: load, reason: { message: say('nftables.load'), path: 'firewall.rateLimit' } }],
    },
    bootUnit(hostFirewall, 'rate'),
    {
      ...script,
      path: `${hostFirewall.folder}/rate-limit-undo.sh`,
      purpose: 'undo',
      title: say('rate.undoTitle'),
      blocks: [
        requireRoot,
        {
          lines: [sh`if nft list table inet postern_rate >/dev/null 2>&1; then nft delete table inet postern_rate; fi`],
        },
      ],
    },
  ];
}

function ruleset(hostFirewall: HostFirewall, limit: Limit): FileDraft<'nft'> {
  const portChains = filteredPorts(hostFirewall)
    .map(portChainOf)
    .map((portChain) => ({
      ...portChain,
      groups: portChain.groups.filter(({ to }) => to.some((one) => isLimited(limit, one))),
    }))
    .filter(({ groups }) => groups.length > 0);
  return {
    path: `${hostFirewall.folder}/postern-rate.nft`,
    target: '/etc/postern/postern-rate.nft',
    reader: nftReader,
    machine: hostFirewall.machine,
    title: say('rate.fileTitle'),
    intro: [say('rate.others')],
    language: 'nft',
    blocks: [
      {
        lines: lines(nft`
          table inet postern_rate
          delete table inet postern_rate
          table inet postern_rate {
        `),
      },
      ...portChains.flatMap(setsOf),
      meters(limit),
      {
        lines: [
          ...indented(nft`
            chain input {
              type filter hook input priority filter - 10; policy accept;
          `),
          ...portChains.map(
            ({ protocol, port, chain }) => nft`    iifname != "lo" ${by(protocol)} dport ${port} jump ${chain}`,
          ),
          nft`  }`,
        ],
        reason: { message: say('nftables.loopback'), path: 'administration.loopback' },
      },
      limited(limit),
      ...portChains.map((portChain) => counted(portChain, limit)),
      { lines: [nft`}`] },
    ],
  };
}

const counted = (portChain: PortChain, limit: Limit): Block<'nft'> => ({
  lines: [
    nft`  chain ${portChain.chain} {`,
    ...portChain.groups.map((group) => {
      const to = group.to.filter((prefix) => isLimited(limit, prefix));
      return nft`${reach(portChain, group, to)} goto limited`;
    }),
    nft`  }`,
  ],
});

const load = lines(sh`
  command -v nft >/dev/null || { echo 'nft is not installed. On Debian and Ubuntu: apt install nftables' >&2; exit 1; }
  rules=${sh`/etc/postern/postern-rate.nft`}
  nft -c -f "$rules"
  nft -f "$rules"
`);
