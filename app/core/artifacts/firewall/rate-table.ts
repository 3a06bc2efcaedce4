import { say } from '../../messages/message.ts';
import { lines } from '../../quote/lines.ts';
import { nft } from '../../quote/nft.ts';
import { sh } from '../../quote/sh.ts';
import type { Block, FileDraft } from '../file.ts';
import type { Artifact } from '../list.ts';
import { type Guard, guarded, guards } from './guard.ts';
import { requireRoot } from './netfilter.ts';
import { isLimited, type Limit, limitOf } from './rate.ts';
import { bootUnit, by, type Door, doorOf, indented, limited, meters, reach, setsOf } from './ruleset.ts';

/**
 * The limit of new connections beside ufw and firewalld, which have none that fits: a small table of nftables that is
 * asked before them, drops what a client opens over the limit, and leaves everything else to them. It stands apart, so
 * that neither loses it when it loads its own rules.
 */
export const rateTable: Artifact = {
  page: 'rate-limit',
  render: (model) =>
    [...guards(model, 'ufw'), ...guards(model, 'firewalld')].flatMap((guard) => {
      // What a container publishes is counted in its own chain.
      if (guard.host.kind === 'server' && model.platform.platform === 'docker') return [];
      const limit = limitOf(model, guard.host.id);
      return limit ? files(guard, limit) : [];
    }),
};

function files(guard: Guard, limit: Limit): FileDraft[] {
  const script = { machine: guard.machine, language: 'sh', mode: 0o755 } as const;
  return [
    ruleset(guard, limit),
    {
      ...script,
      path: `${guard.folder}/rate-limit.sh`,
      title: say('rate.title'),
      intro: [say('rate.intro')],
      blocks: [requireRoot, { lines: load, reason: { message: say('nftables.load'), path: 'firewall.rateLimit' } }],
    },
    bootUnit(guard, 'rate'),
    {
      ...script,
      path: `${guard.folder}/rate-limit-undo.sh`,
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

function ruleset(guard: Guard, limit: Limit): FileDraft<'nft'> {
  const doors = guarded(guard)
    .map(doorOf)
    .map((door) => ({ ...door, groups: door.groups.filter(({ to }) => to.some((one) => isLimited(limit, one))) }))
    .filter(({ groups }) => groups.length > 0);
  return {
    path: `${guard.folder}/postern-rate.nft`,
    target: '/etc/postern/postern-rate.nft',
    machine: guard.machine,
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
      ...doors.flatMap(setsOf),
      meters(limit),
      {
        lines: [
          ...indented(nft`
            chain input {
              type filter hook input priority filter - 10; policy accept;
          `),
          ...doors.map(
            ({ protocol, port, chain }) => nft`    iifname != "lo" ${by(protocol)} dport ${port} jump ${chain}`,
          ),
          nft`  }`,
        ],
        reason: { message: say('nftables.loopback'), path: 'administration.loopback' },
      },
      limited(limit),
      ...doors.map((door) => counted(door, limit)),
      { lines: [nft`}`] },
    ],
  };
}

const counted = (door: Door, limit: Limit): Block<'nft'> => ({
  lines: [
    nft`  chain ${door.chain} {`,
    ...door.groups.map((group) => {
      const to = group.to.filter((prefix) => isLimited(limit, prefix));
      return nft`${reach(door, group, to)} goto limited`;
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
