import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { ini } from '../../quote/ini.ts';
import { lines } from '../../quote/lines.ts';
import { sh, shWord } from '../../quote/sh.ts';
import type { Artifact, Block, FileDraft } from '../file.ts';
import { systemdDropIn } from '../readers/systemd.ts';
import { filled, postgresSources, shortText } from './allowed-sources.ts';
import { iptablesScript } from './iptables-reader.ts';
import { both, requireRoot, restore, type Tool, tools } from './netfilter.ts';
import { hashLimit, isLimited, limitOf } from './rate.ts';

const CHAIN = sh`POSTERN-DOCKER`;

/**
 * `docker-user.sh`, its undo, and a drop-in for Docker's unit. Packets for a published port are forwarded to the
 * container, so the rules of `INPUT`, which ufw writes, do not apply to them; `DOCKER-USER` is the chain that Docker
 * reserves for users and evaluates first (docs.docker.com, "Packet filtering and firewalls").
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
        reader: iptablesScript,
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
        purpose: 'undo',
        title: say('dockerUser.undoTitle'),
        blocks: [requireRoot, { lines: undo, reason: { message: say('dockerUser.undo'), path: 'server.platform' } }],
      },
      dropIn,
    ];
  },
};

/**
 * In this chain a packet's destination is already the container's, so the host's address and port come from connection
 * tracking. `--ctstate DNAT` excludes packets that were not translated: containers among themselves, and containers
 * that connect to a PostgreSQL elsewhere. `--ctdir ORIGINAL` lets replies pass.
 */
function chain(model: AccessModel, tool: Tool): Block<'sh'>[] {
  const { port } = model.plan.server;
  const limit = limitOf(model);
  const published = sh`-p tcp -m conntrack --ctstate DNAT --ctdir ORIGINAL --ctorigdstport ${port}`;
  return restore(tool, CHAIN, [
    ...filled(
      postgresSources(model).map(({ reason, pairs }) => ({
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
    {
      reason: { message: say('dockerUser.direct'), path: 'server.port' },
      lines: [
        ...BRIDGES.map((bridge) => sh`-A ${CHAIN} -i ${bridge} -j RETURN`),
        ...BRIDGES.map(
          (bridge) =>
            sh`-A ${CHAIN} -o ${bridge} -p tcp --dport ${port} -m conntrack --ctstate NEW -m conntrack ! --ctstate DNAT -j DROP`,
        ),
      ],
    },
  ]);
}

/** The default bridge of Docker, and those of all networks without a custom name (bridge_linux.go: `br-`, id). */
const BRIDGES = [sh`docker0`, sh`br-+`];

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
      echo 'Until then IPv6 clients connect through a proxy on the host, and PostgreSQL sees the address of the bridge instead of theirs.' >&2
    fi
  `),
];

const undo = both(
  lines(sh`
    while "$tool" -w -D DOCKER-USER -j ${CHAIN} 2>/dev/null; do :; done
    "$tool" -w -F ${CHAIN} 2>/dev/null || true
    "$tool" -w -X ${CHAIN} 2>/dev/null || true
    "$tool" -w -X DOCKER-USER 2>/dev/null || true # refused unless it is empty and not in use
  `),
);

/**
 * Docker keeps a DOCKER-USER chain that exists before it starts, so the rules are in place before any port is
 * published.
 */
const dropIn: FileDraft<'ini'> = {
  path: 'database-server/firewall/docker-postern.conf',
  target: '/etc/systemd/system/docker.service.d/postern.conf',
  reader: systemdDropIn,
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
