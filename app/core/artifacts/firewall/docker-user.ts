import type { AccessModel } from '../../access/model.ts';
import { say } from '../../messages/message.ts';
import { ini } from '../../quote/ini.ts';
import { lines } from '../../quote/lines.ts';
import { sh, shWord } from '../../quote/sh.ts';
import type { Block, FileDraft } from '../file.ts';
import type { Artifact } from '../list.ts';
import { filled, postgresOpenings, shortText } from './allowed.ts';
import { both, requireRoot, restore, type Tool, tools } from './netfilter.ts';
import { hashLimit, isLimited, limitOf } from './rate.ts';

const CHAIN = sh`POSTERN-DOCKER`;

/**
 * `docker-user.sh`, its undo, and a drop-in for Docker's unit. Packets for a published port are forwarded to the
 * container, so the rules of `INPUT`, which ufw writes, never see them; `DOCKER-USER` is the chain that Docker keeps for
 * its users and goes through first (docs.docker.com, "Packet filtering and firewalls").
 */
export const dockerUser: Artifact = {
  page: 'docker-user',
  render(model) {
    if (model.platform.platform !== 'docker' || model.plan.firewall.kind === 'none') return [];
    const shared = { machine: 'database-server', language: 'sh', mode: 0o755 } as const;
    return [
      {
        ...shared,
        path: 'database-server/firewall/docker-user.sh',
        target: '/usr/local/sbin/postern-docker-user',
        title: say('dockerUser.title'),
        intro: [say('dockerUser.intro')],
        blocks: [
          requireRoot,
          ...tools.flatMap((tool) => chain(model, tool)),
          { lines: jumps, reason: { message: say('dockerUser.jump'), path: 'server.platform' } },
        ],
      },
      {
        ...shared,
        path: 'database-server/firewall/docker-user-undo.sh',
        title: say('dockerUser.undoTitle'),
        blocks: [requireRoot, { lines: undo, reason: { message: say('dockerUser.undo'), path: 'server.platform' } }],
      },
      dropIn,
    ];
  },
};

/**
 * In this chain a packet's destination is the container's already, so the host's address and port are those that
 * connection tracking remembers. `--ctstate DNAT` leaves alone what was not translated: containers among themselves, and
 * containers that connect to a PostgreSQL elsewhere. `--ctdir ORIGINAL` lets the answers pass.
 */
function chain(model: AccessModel, tool: Tool): Block<'sh'>[] {
  const { port } = model.plan.server;
  const limit = limitOf(model);
  const published = sh`-p tcp -m conntrack --ctstate DNAT --ctdir ORIGINAL --ctorigdstport ${port}`;
  return restore(tool, CHAIN, [
    ...filled(
      postgresOpenings(model).map(({ reason, pairs }) => ({
        reason,
        lines: pairs
          .filter(({ from }) => from.family === tool.family)
          .flatMap(({ from, to }) => {
            const match = sh`-A ${CHAIN} -s ${shWord(shortText(from))} ${published} --ctorigdst ${shWord(shortText(to))}`;
            return [
              ...(isLimited(limit, to)
                ? [sh`${match} ${hashLimit(limit, tool.family, sh`postern${tool.family}`)}`]
                : []),
              sh`${match} -j RETURN`,
            ];
          }),
      })),
    ),
    {
      reason: { message: say('dockerUser.drop'), path: 'server.port' },
      lines: [sh`-A ${CHAIN} ${published} -j DROP`],
    },
  ]);
}

const jumps = [
  ...both(
    lines(sh`
      "$tool" -w -N DOCKER-USER 2>/dev/null || true
      "$tool" -w -C DOCKER-USER -j ${CHAIN} 2>/dev/null || "$tool" -w -I DOCKER-USER 1 -j ${CHAIN}
    `),
  ),
  ...lines(sh`
    if available ip6tables && iptables -w -C FORWARD -j DOCKER-USER 2>/dev/null && ! ip6tables -w -C FORWARD -j DOCKER-USER 2>/dev/null; then
      echo 'Docker writes no IPv6 rules here. Set "ip6tables": true in /etc/docker/daemon.json and restart Docker.' >&2
      echo 'Until then IPv6 clients come through a proxy on the host, and PostgreSQL sees the address of the bridge instead of theirs.' >&2
    fi
  `),
];

const undo = both(
  lines(sh`
    while "$tool" -w -D DOCKER-USER -j ${CHAIN} 2>/dev/null; do :; done
    "$tool" -w -F ${CHAIN} 2>/dev/null || true
    "$tool" -w -X ${CHAIN} 2>/dev/null || true
  `),
);

/** Docker keeps a DOCKER-USER chain that is there before it starts, so the rules stand before any port is published. */
const dropIn: FileDraft<'ini'> = {
  path: 'database-server/firewall/docker-postern.conf',
  target: '/etc/systemd/system/docker.service.d/postern.conf',
  machine: 'database-server',
  title: say('dockerUser.unitTitle'),
  intro: [say('dockerUser.persist')],
  language: 'ini',
  blocks: [
    {
      lines: lines(ini`
        [Service]
        ExecStartPre=/usr/local/sbin/postern-docker-user
      `),
      reason: { message: say('dockerUser.unit'), path: 'server.platform' },
    },
  ],
};
