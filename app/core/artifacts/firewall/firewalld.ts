import type { AccessModel } from '../../access/model.ts';
import { say } from '../../messages/message.ts';
import { lines } from '../../quote/lines.ts';
import { sh } from '../../quote/sh.ts';
import { type Xml, xml, xmlText } from '../../quote/xml.ts';
import type { Block, FileDraft } from '../file.ts';
import type { Artifact } from '../list.ts';
import { filled, type Pair, shortText } from './allowed.ts';
import { type Gate, type Guard, guarded, guards, inWords, openToEveryone } from './guard.ts';
import { notes, requireRoot } from './netfilter.ts';

const TARGET = '/etc/firewalld/policies/postern.xml';

/**
 * A policy of firewalld's own kind, the script that takes it into use, and its undo. A zone would not do: a source belongs
 * to one zone, which then decides about all of its packets, SSH included, and a zone knows no destination address. A
 * policy with a negative priority is asked before every zone and says something about this port alone
 * (firewalld.policies(5)).
 */
export const firewalld: Artifact = {
  page: 'firewalld',
  render: (model) => guards(model, 'firewalld').flatMap((guard) => files(model, guard)),
};

function files(model: AccessModel, guard: Guard): FileDraft[] {
  const { machine, folder, host } = guard;
  const script = { machine, language: 'sh', mode: 0o755 } as const;
  return [
    policy(guard),
    {
      ...script,
      path: `${folder}/firewalld.sh`,
      title: say('firewalld.title', inWords(guard)),
      intro: [say('firewalld.intro'), ...notes(model, host)],
      blocks: [requireRoot, { lines: load, reason: { message: say('firewalld.load'), path: 'firewall.kind' } }],
    },
    {
      ...script,
      path: `${folder}/firewalld-undo.sh`,
      title: say('firewalld.undoTitle'),
      blocks: [requireRoot, { lines: undo, reason: { message: say('firewalld.undo'), path: 'firewall.kind' } }],
    },
  ];
}

function policy(guard: Guard): FileDraft<'xml'> {
  const doors = guarded(guard);
  return {
    path: `${guard.folder}/postern.xml`,
    target: TARGET,
    machine: guard.machine,
    title: say('firewalld.fileTitle', inWords(guard)),
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
      ...guard.ssh.map(
        ({ reason, port: sshPort, from }): Block<'xml'> => ({
          reason,
          lines: from.map(
            (prefix) =>
              xml`  <rule priority="-20" family="${familyOf(prefix)}"><source address="${xmlText(shortText(prefix))}"/><port port="${sshPort}" protocol="tcp"/><accept/></rule>`,
          ),
        }),
      ),
      ...openToEveryone(guard).map((gate) => ({
        reason: gate.reason,
        lines: [xml`  <rule priority="-20">${portOf(gate)}<accept/></rule>`],
      })),
      ...doors.flatMap((gate) =>
        gate.openings.map(
          ({ reason, pairs }): Block<'xml'> => ({ reason, lines: pairs.map((pair) => accept(gate, pair)) }),
        ),
      ),
      ...filled([
        {
          reason: { message: say('firewalld.drop'), path: 'server.port' },
          lines: doors.map((gate) => xml`  <rule priority="10">${portOf(gate)}<drop/></rule>`),
        },
      ]),
      { lines: [xml`</policy>`] },
    ],
  };
}

const portOf = ({ port, protocol }: Gate): Xml => xml`<port port="${port}" protocol="${xmlText(protocol)}"/>`;

const accept = (gate: Gate, { from, to }: Pair): Xml =>
  xml`  <rule priority="-10" family="${familyOf(from)}"><source address="${xmlText(shortText(from))}"/><destination address="${xmlText(shortText(to))}"/>${portOf(gate)}<accept/></rule>`;

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
