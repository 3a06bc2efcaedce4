import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import type { Family } from '../../net/prefix.ts';
import { ini } from '../../quote/ini.ts';
import { lines } from '../../quote/lines.ts';
import { sh, shWord } from '../../quote/sh.ts';
import type { Artifact, Block, FileDraft } from '../file.ts';
import { systemdService } from '../readers/systemd.ts';
import { filled, shortText } from './allowed-sources.ts';
import { filteredPorts, type HostFirewall, hostFirewalls, inWords, openToEveryone } from './host-firewall.ts';
import { iptablesScript } from './iptables-reader.ts';
import { both, notes, requireRoot, restore, type Tool, tools } from './netfilter.ts';
import { hashLimit, isLimited, limitOf } from './rate.ts';

const CHAIN = sh`POSTERN`;

/** For each machine `iptables.sh`, its undo, and a unit that runs it before the network is up. */
export const iptables: Artifact = {
  page: 'iptables',
  render: (model) => hostFirewalls(model, 'iptables').flatMap((hostFirewall) => files(model, hostFirewall)),
};

function files(model: AccessModel, hostFirewall: HostFirewall): FileDraft[] {
  const { machine, folder, host } = hostFirewall;
  const shared = { machine, language: 'sh', mode: 0o755 } as const;
  const words = inWords(hostFirewall);
  return [
    {
      ...shared,
      path: `${folder}/iptables.sh`,
      target: '/usr/local/sbin/postern-iptables',
      reader: iptablesScript,
      title: say('iptables.title', words),
      intro: [say('iptables.intro'), ...notes(model, host)],
      blocks: [
        requireRoot,
        { lines: firewalldCheck, reason: { message: say('iptables.firewalld'), path: 'firewall.kind' } },
        ...tools.flatMap((tool) => chain(model, hostFirewall, tool)),
        { lines: jumps, reason: { message: say('iptables.jump'), path: 'firewall.kind' } },
      ],
    },
    {
      ...shared,
      path: `${folder}/iptables-undo.sh`,
      purpose: 'undo',
      title: say('iptables.undoTitle'),
      blocks: [requireRoot, { lines: undo, reason: { message: say('iptables.undo'), path: 'firewall.kind' } }],
    },
    bootUnit(hostFirewall),
  ];
}

const firewalldCheck = lines(sh`
  if command -v firewall-cmd >/dev/null && firewall-cmd --state >/dev/null 2>&1; then
    echo 'firewalld is running: its rules apply to packets as well as these.' >&2
  fi
`);

function chain(model: AccessModel, hostFirewall: HostFirewall, tool: Tool): Block<'sh'>[] {
  const { family } = tool;
  const limit = limitOf(model, hostFirewall.host.id);
  const portChains = filteredPorts(hostFirewall).map((portRule) => ({
    portRule,
    match: sh`-p ${shWord(portRule.protocol)} --dport ${portRule.port}`,
  }));
  return restore(tool, CHAIN, [
    ...filled(
      hostFirewall.ssh.map(({ reason, port, from }) => ({
        reason,
        lines: ofFamily(from, family).map(
          (prefix) => sh`-A ${CHAIN} -s ${shWord(shortText(prefix))} -p tcp --dport ${port} -j ACCEPT`,
        ),
      })),
    ),
    ...openToEveryone(hostFirewall).map(({ reason, protocol, port }) => ({
      reason,
      lines: [sh`-A ${CHAIN} -p ${shWord(protocol)} --dport ${port} -j ACCEPT`],
    })),
    ...filled([
      {
        reason: { message: say('iptables.loopback'), path: 'administration.loopback' },
        lines: portChains.map(({ match }) => sh`-A ${CHAIN} -i lo ${match} -j ACCEPT`),
      },
      ...portChains.flatMap(({ portRule, match: portChain }) =>
        portRule.allowedSources.map(({ reason, pairs }) => ({
          reason,
          lines: pairs
            .filter(({ from }) => from.family === family)
            .flatMap(({ from, to }) => {
              const match = sh`-A ${CHAIN} -s ${shWord(shortText(from))} -d ${shWord(shortText(to))} ${portChain}`;
              return [
                ...(isLimited(limit, to) ? [sh`${match} ${hashLimit(limit, family, sh`postern${family}`)}`] : []),
                sh`${match} -j ACCEPT`,
              ];
            }),
        })),
      ),
      {
        reason: { message: say('iptables.drop'), path: 'server.port' },
        lines: portChains.map(({ match }) => sh`-A ${CHAIN} ${match} -j DROP`),
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
      echo "$tool: these rules come before the new ones and decide first:"
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

/** Kernel rules are lost on restart; this restores them before any network interface is up (systemd.special(7)). */
const bootUnit = (hostFirewall: HostFirewall): FileDraft<'ini'> => ({
  path: `${hostFirewall.folder}/postern-iptables.service`,
  target: '/etc/systemd/system/postern-iptables.service',
  reader: systemdService,
  machine: hostFirewall.machine,
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
