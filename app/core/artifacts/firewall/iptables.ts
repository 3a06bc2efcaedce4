import type { AccessModel } from '../../access/model.ts';
import { say } from '../../messages/message.ts';
import type { Family } from '../../net/prefix.ts';
import { ini } from '../../quote/ini.ts';
import { lines } from '../../quote/lines.ts';
import { sh, shWord } from '../../quote/sh.ts';
import type { Block, FileDraft } from '../file.ts';
import type { Artifact } from '../list.ts';
import { filled, shortText } from './allowed.ts';
import { type Guard, guarded, guards, inWords, openToEveryone } from './guard.ts';
import { both, notes, requireRoot, restore, type Tool, tools } from './netfilter.ts';
import { hashLimit, isLimited, limitOf } from './rate.ts';

const CHAIN = sh`POSTERN`;

/** For each machine `iptables.sh`, its undo, and a unit that runs it before the network is up. */
export const iptables: Artifact = {
  page: 'iptables',
  render: (model) => guards(model, 'iptables').flatMap((guard) => files(model, guard)),
};

function files(model: AccessModel, guard: Guard): FileDraft[] {
  const { machine, folder, host } = guard;
  const shared = { machine, language: 'sh', mode: 0o755 } as const;
  const words = inWords(guard);
  return [
    {
      ...shared,
      path: `${folder}/iptables.sh`,
      target: '/usr/local/sbin/postern-iptables',
      title: say('iptables.title', words),
      intro: [say('iptables.intro'), ...notes(model, host)],
      blocks: [
        requireRoot,
        { lines: firewalldCheck, reason: { message: say('iptables.firewalld'), path: 'firewall.kind' } },
        ...tools.flatMap((tool) => chain(model, guard, tool)),
        { lines: jumps, reason: { message: say('iptables.jump'), path: 'firewall.kind' } },
      ],
    },
    {
      ...shared,
      path: `${folder}/iptables-undo.sh`,
      title: say('iptables.undoTitle'),
      blocks: [requireRoot, { lines: undo, reason: { message: say('iptables.undo'), path: 'firewall.kind' } }],
    },
    bootUnit(guard),
  ];
}

const firewalldCheck = lines(sh`
  if command -v firewall-cmd >/dev/null && firewall-cmd --state >/dev/null 2>&1; then
    echo 'firewalld is running: packets have to pass its rules as well as these.' >&2
  fi
`);

function chain(model: AccessModel, guard: Guard, tool: Tool): Block<'sh'>[] {
  const { family } = tool;
  const limit = limitOf(model, guard.host.id);
  const doors = guarded(guard).map((gate) => ({ gate, match: sh`-p ${shWord(gate.protocol)} --dport ${gate.port}` }));
  return restore(tool, CHAIN, [
    ...filled(
      guard.ssh.map(({ reason, port, from }) => ({
        reason,
        lines: ofFamily(from, family).map(
          (prefix) => sh`-A ${CHAIN} -s ${shWord(shortText(prefix))} -p tcp --dport ${port} -j ACCEPT`,
        ),
      })),
    ),
    ...openToEveryone(guard).map(({ reason, protocol, port }) => ({
      reason,
      lines: [sh`-A ${CHAIN} -p ${shWord(protocol)} --dport ${port} -j ACCEPT`],
    })),
    ...filled([
      {
        reason: { message: say('iptables.loopback'), path: 'administration.loopback' },
        lines: doors.map(({ match }) => sh`-A ${CHAIN} -i lo ${match} -j ACCEPT`),
      },
      ...doors.flatMap(({ gate, match: door }) =>
        gate.openings.map(({ reason, pairs }) => ({
          reason,
          lines: pairs
            .filter(({ from }) => from.family === family)
            .flatMap(({ from, to }) => {
              const match = sh`-A ${CHAIN} -s ${shWord(shortText(from))} -d ${shWord(shortText(to))} ${door}`;
              return [
                ...(isLimited(limit, to) ? [sh`${match} ${hashLimit(limit, family, sh`postern${family}`)}`] : []),
                sh`${match} -j ACCEPT`,
              ];
            }),
        })),
      ),
      {
        reason: { message: say('iptables.drop'), path: 'server.port' },
        lines: doors.map(({ match }) => sh`-A ${CHAIN} ${match} -j DROP`),
      },
    ]),
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
const bootUnit = (guard: Guard): FileDraft<'ini'> => ({
  path: `${guard.folder}/postern-iptables.service`,
  target: '/etc/systemd/system/postern-iptables.service',
  machine: guard.machine,
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
});
