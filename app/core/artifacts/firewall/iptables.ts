import type { AccessModel } from '../../access/model.ts';
import { say } from '../../messages/message.ts';
import type { Family } from '../../net/prefix.ts';
import { ini } from '../../quote/ini.ts';
import { lines } from '../../quote/lines.ts';
import { sh, shWord } from '../../quote/sh.ts';
import type { Block, FileDraft } from '../file.ts';
import type { Artifact } from '../list.ts';
import { filled, hasNetfilter, postgresOpenings, shortText, sshSources, tunnelFlow } from './allowed.ts';
import { both, requireRoot, restore, type Tool, tools } from './netfilter.ts';
import { hashLimit, isLimited, limitOf } from './rate.ts';

const CHAIN = sh`POSTERN`;

/** `iptables.sh`, its undo, and a unit that runs it before the network is up. */
export const iptables: Artifact = {
  page: 'iptables',
  render(model) {
    if (model.plan.firewall.kind !== 'iptables' || !hasNetfilter(model)) return [];
    const shared = { machine: 'database-server', language: 'sh', mode: 0o755 } as const;
    return [
      {
        ...shared,
        path: 'database-server/firewall/iptables.sh',
        target: '/usr/local/sbin/postern-iptables',
        title: say('iptables.title'),
        intro: [say('iptables.intro'), ...(model.platform.platform === 'docker' ? [say('firewall.dockerHost')] : [])],
        blocks: [
          requireRoot,
          { lines: firewalldCheck, reason: { message: say('iptables.firewalld'), path: 'firewall.kind' } },
          ...tools.flatMap((tool) => chain(model, tool)),
          { lines: jumps, reason: { message: say('iptables.jump'), path: 'firewall.kind' } },
        ],
      },
      {
        ...shared,
        path: 'database-server/firewall/iptables-undo.sh',
        title: say('iptables.undoTitle'),
        blocks: [requireRoot, { lines: undo, reason: { message: say('iptables.undo'), path: 'firewall.kind' } }],
      },
      bootUnit,
    ];
  },
};

const firewalldCheck = lines(sh`
  if command -v firewall-cmd >/dev/null && firewall-cmd --state >/dev/null 2>&1; then
    echo 'firewalld is running: packets have to pass its rules as well as these.' >&2
  fi
`);

function chain(model: AccessModel, tool: Tool): Block<'sh'>[] {
  const { family } = tool;
  const { port } = model.plan.server;
  const tunnel = tunnelFlow(model);
  const limit = limitOf(model);
  return restore(tool, CHAIN, [
    ...filled(
      sshSources(model).map(({ reason, port: sshPort, from }) => ({
        reason,
        lines: ofFamily(from, family).map(
          (prefix) => sh`-A ${CHAIN} -s ${shWord(shortText(prefix))} -p tcp --dport ${sshPort} -j ACCEPT`,
        ),
      })),
    ),
    ...(tunnel ? [{ reason: tunnel.reason, lines: [sh`-A ${CHAIN} -p udp --dport ${tunnel.port} -j ACCEPT`] }] : []),
    {
      reason: { message: say('iptables.loopback'), path: 'administration.loopback' },
      lines: [sh`-A ${CHAIN} -i lo -p tcp --dport ${port} -j ACCEPT`],
    },
    ...filled(
      postgresOpenings(model).map(({ reason, pairs }) => ({
        reason,
        lines: pairs
          .filter(({ from }) => from.family === family)
          .flatMap(({ from, to }) => {
            const match = sh`-A ${CHAIN} -s ${shWord(shortText(from))} -d ${shWord(shortText(to))} -p tcp --dport ${port}`;
            return [
              ...(isLimited(limit, to) ? [sh`${match} ${hashLimit(limit, family, sh`postern${family}`)}`] : []),
              sh`${match} -j ACCEPT`,
            ];
          }),
      })),
    ),
    {
      reason: { message: say('iptables.drop'), path: 'server.port' },
      lines: [sh`-A ${CHAIN} -p tcp --dport ${port} -j DROP`],
    },
  ]);
}

const ofFamily = <T extends { readonly family: Family }>(prefixes: readonly T[], family: Family): T[] =>
  prefixes.filter((prefix) => prefix.family === family);

const jumps = both(
  lines(sh`
    "$tool" -w -C INPUT -j ${CHAIN} 2>/dev/null || "$tool" -w -I INPUT 1 -j ${CHAIN}
    if [ "$("$tool" -w -S INPUT 1)" != '-A INPUT -j ${CHAIN}' ]; then
      echo "$tool: these rules stand before the new ones and decide first:"
      "$tool" -w -S INPUT | sed -n '2,/-j ${CHAIN}$/p'
    fi
  `),
);

const undo = both(
  lines(sh`
    while "$tool" -w -D INPUT -j ${CHAIN} 2>/dev/null; do :; done
    "$tool" -w -F ${CHAIN} 2>/dev/null || true
    "$tool" -w -X ${CHAIN} 2>/dev/null || true
  `),
);

/** Rules of the kernel are gone after a restart; this puts them back before any network interface is up (systemd.special(7)). */
const bootUnit: FileDraft<'ini'> = {
  path: 'database-server/firewall/postern-iptables.service',
  target: '/etc/systemd/system/postern-iptables.service',
  machine: 'database-server',
  title: say('iptables.unitTitle'),
  intro: [say('iptables.persist')],
  language: 'ini',
  blocks: [
    {
      lines: lines(ini`
        [Unit]
        Description=Rules for the PostgreSQL port, made by Postern
        DefaultDependencies=no
        After=local-fs.target netfilter-persistent.service iptables.service ip6tables.service nftables.service
        Wants=network-pre.target
        Before=network-pre.target shutdown.target
        Conflicts=shutdown.target
      `),
      reason: { message: say('iptables.unitOrder'), path: 'firewall.kind' },
    },
    {
      lines: lines(ini`

        [Service]
        Type=oneshot
        RemainAfterExit=yes
        ExecStart=/usr/local/sbin/postern-iptables

        [Install]
        WantedBy=multi-user.target
      `),
    },
  ],
};
