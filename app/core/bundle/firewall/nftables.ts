import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { lines } from '../../quote/lines.ts';
import { type Nft, nft } from '../../quote/nft.ts';
import { sh } from '../../quote/sh.ts';
import type { Artifact, Block, FileDraft } from '../file.ts';
import { nftReader } from '../readers/nft.ts';
import { filteredPorts, type HostFirewall, hostFirewalls, inWords, openToEveryone } from './host-firewall.ts';
import { notes, requireRoot } from './netfilter.ts';
import { isLimited, type Limit, limitOf } from './rate.ts';
import {
  bootUnit,
  by,
  indented,
  limited,
  meters,
  type NamedGroup,
  type PortChain,
  portChainOf,
  reach,
  setsOf,
} from './ruleset.ts';

/** The path of the ruleset on the machine. */
const TARGET = '/etc/postern/postern.nft';

/** For each machine `postern.nft`, the script that loads it, its undo, and a unit that loads it before the network is up. */
export const nftables: Artifact = {
  page: 'nftables',
  render: (model) => hostFirewalls(model, 'nftables').flatMap((hostFirewall) => files(model, hostFirewall)),
};

function files(model: AccessModel, hostFirewall: HostFirewall): FileDraft[] {
  const { machine, folder, host } = hostFirewall;
  const script = { machine, language: 'sh', mode: 0o755 } as const;
  const words = inWords(hostFirewall);
  return [
    ruleset(model, hostFirewall),
    {
      ...script,
      path: `${folder}/nftables.sh`,
      covered: true,
      title: say('nftables.title', words),
      intro: [say('nftables.intro'), ...notes(model, host)],
      blocks: [requireRoot, { lines: load, reason: { message: say('nftables.load'), path: 'firewall.kind' } }],
    },
    bootUnit(hostFirewall, 'nftables'),
    {
      ...script,
      path: `${folder}/nftables-undo.sh`,
      purpose: 'undo',
      title: say('nftables.undoTitle'),
      blocks: [
        requireRoot,
        {
          lines: [sh`if nft list table inet postern >/dev/null 2>&1; then nft delete table inet postern; fi`],
          reason: { message: say('nftables.undo'), path: 'firewall.kind' },
        },
      ],
    },
  ];
}

/**
 * One table for both families. It is declared, flushed and filled in one transaction, so that packets see either the
 * old rules or the new ones, never a part (nft(8), "atomic").
 */
function ruleset(model: AccessModel, hostFirewall: HostFirewall): FileDraft<'nft'> {
  const limit = limitOf(model, hostFirewall.host.id);
  const portChains = filteredPorts(hostFirewall).map(portChainOf);
  return {
    path: `${hostFirewall.folder}/postern.nft`,
    target: TARGET,
    reader: nftReader,
    machine: hostFirewall.machine,
    title: say('nftables.fileTitle', inWords(hostFirewall)),
    intro: [say('nftables.others')],
    language: 'nft',
    blocks: [
      {
        lines: lines(nft`
          table inet postern
          delete table inet postern
          table inet postern {
        `),
      },
      ...portChains.flatMap(setsOf),
      ...(limit ? [meters(limit)] : []),
      {
        lines: [
          ...indented(nft`
            chain input {
              type filter hook input priority filter - 5; policy accept;
          `),
          ...openToEveryone(hostFirewall).map(({ protocol, port }) => nft`    ${by(protocol)} dport ${port} accept`),
          ...portChains.map(
            ({ protocol, port, chain }) => nft`    iifname != "lo" ${by(protocol)} dport ${port} jump ${chain}`,
          ),
          nft`  }`,
        ],
        reason: { message: say('nftables.loopback'), path: 'administration.loopback' },
      },
      ...(limit ? [limited(limit)] : []),
      ...portChains.flatMap((portChain): Block<'nft'>[] => [
        { lines: indented(nft`chain ${portChain.chain} {`) },
        ...portChain.groups.map((group) => ({ lines: rulesOf(portChain, group, limit), reason: group.reason })),
        {
          lines: [nft`    drop`, nft`  }`],
          reason: { message: say('nftables.drop'), path: 'server.port' },
        },
      ]),
      { lines: [nft`}`] },
    ],
  };
}

function rulesOf(portChain: PortChain, group: NamedGroup, limit: Limit | undefined): Nft[] {
  const counted = group.to.filter((prefix) => isLimited(limit, prefix));
  const rest = group.to.filter((prefix) => !counted.includes(prefix));
  return [
    ...(counted.length > 0 ? [nft`${reach(portChain, group, counted)} goto limited`] : []),
    ...(rest.length > 0 ? [nft`${reach(portChain, group, rest)} accept`] : []),
  ];
}

const load = lines(sh`
  command -v nft >/dev/null || { echo 'nft is not installed. On Debian and Ubuntu: apt install nftables' >&2; exit 1; }
  rules=${sh`/etc/postern/postern.nft`}
  nft -c -f "$rules"
  nft -f "$rules"
  # What another table drops stays dropped, whatever is accepted here.
  nft list ruleset | awk '
    /^table / { table = $2 " " $3 }
    /hook (input|prerouting)/ && /policy drop/ && table != "inet postern" {
      print table " drops what it does not accept: it has to let the port through as well." > "/dev/stderr"
    }
  '
`);
