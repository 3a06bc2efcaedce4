import type { AccessModel } from '../../access/model.ts';
import { say } from '../../messages/message.ts';
import { lines } from '../../quote/lines.ts';
import { type Nft, nft } from '../../quote/nft.ts';
import { sh } from '../../quote/sh.ts';
import type { Block, FileDraft } from '../file.ts';
import type { Artifact } from '../list.ts';
import { type Guard, guarded, guards, inWords, openToEveryone } from './guard.ts';
import { notes, requireRoot } from './netfilter.ts';
import { isLimited, type Limit, limitOf } from './rate.ts';
import {
  bootUnit,
  by,
  type Door,
  doorOf,
  indented,
  limited,
  meters,
  type NamedGroup,
  reach,
  setsOf,
} from './ruleset.ts';

/** Where the ruleset stands on the machine. */
const TARGET = '/etc/postern/postern.nft';

/** For each machine `postern.nft`, the script that loads it, its undo, and a unit that loads it before the network is up. */
export const nftables: Artifact = {
  page: 'nftables',
  render: (model) => guards(model, 'nftables').flatMap((guard) => files(model, guard)),
};

function files(model: AccessModel, guard: Guard): FileDraft[] {
  const { machine, folder, host } = guard;
  const script = { machine, language: 'sh', mode: 0o755 } as const;
  const words = inWords(guard);
  return [
    ruleset(model, guard),
    {
      ...script,
      path: `${folder}/nftables.sh`,
      title: say('nftables.title', words),
      intro: [say('nftables.intro'), ...notes(model, host)],
      blocks: [requireRoot, { lines: load, reason: { message: say('nftables.load'), path: 'firewall.kind' } }],
    },
    bootUnit(guard, 'nftables'),
    {
      ...script,
      path: `${folder}/nftables-undo.sh`,
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
 * One table for both families. It is declared, emptied and filled in one transaction, so that packets meet the old rules
 * or the new ones and never a part (nft(8), "atomic").
 */
function ruleset(model: AccessModel, guard: Guard): FileDraft<'nft'> {
  const limit = limitOf(model, guard.host.id);
  const doors = guarded(guard).map(doorOf);
  return {
    path: `${guard.folder}/postern.nft`,
    target: TARGET,
    machine: guard.machine,
    title: say('nftables.fileTitle', inWords(guard)),
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
      ...doors.flatMap(setsOf),
      ...(limit ? [meters(limit)] : []),
      {
        lines: [
          ...indented(nft`
            chain input {
              type filter hook input priority filter - 5; policy accept;
          `),
          ...openToEveryone(guard).map(({ protocol, port }) => nft`    ${by(protocol)} dport ${port} accept`),
          ...doors.map(
            ({ protocol, port, chain }) => nft`    iifname != "lo" ${by(protocol)} dport ${port} jump ${chain}`,
          ),
          nft`  }`,
        ],
        reason: { message: say('nftables.loopback'), path: 'administration.loopback' },
      },
      ...(limit ? [limited(limit)] : []),
      ...doors.flatMap((door): Block<'nft'>[] => [
        { lines: indented(nft`chain ${door.chain} {`) },
        ...door.groups.map((group) => ({ lines: rulesOf(door, group, limit), reason: group.reason })),
        {
          lines: [nft`    drop`, nft`  }`],
          reason: { message: say('nftables.drop'), path: 'server.port' },
        },
      ]),
      { lines: [nft`}`] },
    ],
  };
}

function rulesOf(door: Door, group: NamedGroup, limit: Limit | undefined): Nft[] {
  const counted = group.to.filter((prefix) => isLimited(limit, prefix));
  const rest = group.to.filter((prefix) => !counted.includes(prefix));
  return [
    ...(counted.length > 0 ? [nft`${reach(door, group, counted)} goto limited`] : []),
    ...(rest.length > 0 ? [nft`${reach(door, group, rest)} accept`] : []),
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
