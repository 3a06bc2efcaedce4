import type { AccessModel } from '../../access/model.ts';
import { say } from '../../messages/message.ts';
import { lines } from '../../quote/lines.ts';
import { sh } from '../../quote/sh.ts';
import { type Xml, xml, xmlText } from '../../quote/xml.ts';
import type { Block, FileDraft } from '../file.ts';
import type { Artifact } from '../list.ts';
import { hasNetfilter, type Pair, postgresOpenings, shortText, sshSources, tunnelFlow } from './allowed.ts';
import { requireRoot } from './netfilter.ts';

const TARGET = '/etc/firewalld/policies/postern.xml';

/**
 * A policy of firewalld's own kind, the script that takes it into use, and its undo. A zone would not do: a source belongs
 * to one zone, which then decides about all of its packets, SSH included, and a zone knows no destination address. A
 * policy with a negative priority is asked before every zone and says something about this port alone
 * (firewalld.policies(5)).
 */
export const firewalld: Artifact = {
  page: 'firewalld',
  render(model) {
    if (model.plan.firewall.kind !== 'firewalld' || !hasNetfilter(model)) return [];
    const script = { machine: 'database-server', language: 'sh', mode: 0o755 } as const;
    return [
      policy(model),
      {
        ...script,
        path: 'database-server/firewall/firewalld.sh',
        title: say('firewalld.title'),
        intro: [say('firewalld.intro'), ...(model.platform.platform === 'docker' ? [say('firewall.dockerHost')] : [])],
        blocks: [requireRoot, { lines: load, reason: { message: say('firewalld.load'), path: 'firewall.kind' } }],
      },
      {
        ...script,
        path: 'database-server/firewall/firewalld-undo.sh',
        title: say('firewalld.undoTitle'),
        blocks: [requireRoot, { lines: undo, reason: { message: say('firewalld.undo'), path: 'firewall.kind' } }],
      },
    ];
  },
};

function policy(model: AccessModel): FileDraft<'xml'> {
  const { port } = model.plan.server;
  const tunnel = tunnelFlow(model);
  const accept = ({ from, to }: Pair): Xml =>
    xml`  <rule priority="-10" family="${familyOf(from)}"><source address="${xmlText(shortText(from))}"/><destination address="${xmlText(shortText(to))}"/><port port="${port}" protocol="tcp"/><accept/></rule>`;
  return {
    path: 'database-server/firewall/postern.xml',
    target: TARGET,
    machine: 'database-server',
    title: say('firewalld.fileTitle'),
    intro: [say('firewalld.policy')],
    language: 'xml',
    blocks: [
      {
        lines: lines(xml`
          <policy priority="-100" target="CONTINUE">
            <short>Postern</short>
            <ingress-zone name="ANY"/>
            <egress-zone name="HOST"/>
        `),
      },
      ...sshSources(model).map(
        ({ reason, port: sshPort, from }): Block<'xml'> => ({
          reason,
          lines: from.map(
            (prefix) =>
              xml`  <rule priority="-20" family="${familyOf(prefix)}"><source address="${xmlText(shortText(prefix))}"/><port port="${sshPort}" protocol="tcp"/><accept/></rule>`,
          ),
        }),
      ),
      ...(tunnel
        ? [
            {
              reason: tunnel.reason,
              lines: [xml`  <rule priority="-20"><port port="${tunnel.port}" protocol="udp"/><accept/></rule>`],
            },
          ]
        : []),
      ...postgresOpenings(model).map(({ reason, pairs }): Block<'xml'> => ({ reason, lines: pairs.map(accept) })),
      {
        reason: { message: say('firewalld.drop'), path: 'server.port' },
        lines: [xml`  <rule priority="10"><port port="${port}" protocol="tcp"/><drop/></rule>`, xml`</policy>`],
      },
    ],
  };
}

const familyOf = ({ family }: Pair['from']): Xml => (family === 4 ? xml`ipv4` : xml`ipv6`);

const load = lines(sh`
  command -v firewall-cmd >/dev/null || { echo 'firewalld is not installed. On RHEL: dnf install firewalld' >&2; exit 1; }
  firewall-cmd --check-config
  if [ "$(firewall-cmd --list-all-zones)" != "$(firewall-cmd --permanent --list-all-zones | sed 's/ *$//')" ]; then
    echo 'Some rules of firewalld may live only until the next reload, which comes now. They are kept in firewalld-before.txt.' >&2
  fi
  mkdir -p /var/lib/postern
  [ -e /var/lib/postern/firewalld-before.txt ] || firewall-cmd --list-all-zones >/var/lib/postern/firewalld-before.txt
  firewall-cmd --reload
  firewall-cmd --info-policy=postern
`);

const undo = lines(sh`
  rm -f ${sh`/etc/firewalld/policies/postern.xml`}
  if firewall-cmd --state >/dev/null 2>&1; then firewall-cmd --reload; fi
`);
