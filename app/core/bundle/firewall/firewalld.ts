import { say } from '../../messages/message.ts';
import type { AccessModel, Reason } from '../../model/model.ts';
import type { Prefix } from '../../net/prefix.ts';
import { lines } from '../../quote/lines.ts';
import { sh, shWord } from '../../quote/sh.ts';
import { type Xml, xml, xmlText } from '../../quote/xml.ts';
import type { Artifact, Block, FileDraft } from '../file.ts';
import { filled, type Pair, shortText } from './allowed-sources.ts';
import { firewalldReader, hasPolicies } from './firewalld-reader.ts';
import {
  filteredPorts,
  type HostFirewall,
  hostFirewalls,
  inWords,
  openToEveryone,
  type PortRule,
} from './host-firewall.ts';
import { notes, requireRoot } from './netfilter.ts';

const TARGET = '/etc/firewalld/policies/postern.xml';

/**
 * A firewalld policy, the script that activates it, and its undo. A zone is not suitable: a source belongs to one zone,
 * which then applies to all of its packets, including SSH, and a zone has no destination address. A policy with a
 * negative priority is evaluated before every zone and can be limited to this port (firewalld.policies(5)).
 */
export const firewalld: Artifact = {
  page: 'firewalld',
  render: (model) => hostFirewalls(model, 'firewalld').flatMap((hostFirewall) => files(model, hostFirewall)),
};

function files(model: AccessModel, hostFirewall: HostFirewall): FileDraft[] {
  const { machine, folder, host } = hostFirewall;
  const script = { machine, language: 'sh', mode: 0o755 } as const;
  return [
    policy(hostFirewall),
    {
      ...script,
      path: `${folder}/firewalld.sh`,
      covered: true,
      title: say('firewalld.title', inWords(hostFirewall)),
      intro: [say('firewalld.intro'), ...notes(model, host)],
      blocks: [requireRoot, { lines: load, reason: { message: say('firewalld.load'), path: 'firewall.kind' } }],
    },
    {
      ...script,
      path: `${folder}/firewalld-undo.sh`,
      purpose: 'undo',
      title: say('firewalld.undoTitle'),
      blocks: [requireRoot, { lines: undo, reason: { message: say('firewalld.undo'), path: 'firewall.kind' } }],
    },
  ];
}

function policy(hostFirewall: HostFirewall): FileDraft<'xml'> {
  const portChains = filteredPorts(hostFirewall);
  return {
    path: `${hostFirewall.folder}/postern.xml`,
    target: TARGET,
    reader: firewalldReader,
    machine: hostFirewall.machine,
    title: say('firewalld.fileTitle', inWords(hostFirewall)),
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
      ...hostFirewall.ssh.map(
        ({ reason, port: sshPort, from }): Block<'xml'> => ({
          reason,
          lines: from.map(
            (prefix) =>
              xml`  <rule priority="-20" family="${familyOf(prefix)}"><source address="${xmlText(shortText(prefix))}"/><port port="${sshPort}" protocol="tcp"/><accept/></rule>`,
          ),
        }),
      ),
      ...openToEveryone(hostFirewall).map((portRule) => ({
        reason: portRule.reason,
        lines: [xml`  <rule priority="-20">${portOf(portRule)}<accept/></rule>`],
      })),
      ...portChains.flatMap((portRule) =>
        portRule.allowedSources.map(
          ({ reason, pairs }): Block<'xml'> => ({ reason, lines: pairs.map((pair) => accept(portRule, pair)) }),
        ),
      ),
      ...filled([
        {
          reason: { message: say('firewalld.drop'), path: 'server.port' },
          lines: portChains.map((portRule) => xml`  <rule priority="10">${portOf(portRule)}<drop/></rule>`),
        },
      ]),
      { lines: [xml`</policy>`] },
    ],
  };
}

/**
 * The same policy as `firewall-cmd` commands to paste into a shell of each machine. They change the saved configuration,
 * so nothing is different until the last one loads it.
 */
export const firewalldCommands = (model: AccessModel): FileDraft<'sh'>[] =>
  hostFirewalls(model, 'firewalld').map((hostFirewall) => ({
    path: `${hostFirewall.folder}/firewalld commands`,
    machine: hostFirewall.machine,
    page: 'firewalld',
    language: 'sh',
    title: say('firewalld.commands', inWords(hostFirewall)),
    pasted: {
      instead: [`${hostFirewall.folder}/postern.xml`, `${hostFirewall.folder}/firewalld.sh`],
      check: sh`sudo firewall-cmd --policy=postern --list-rich-rules`,
      expected: say('firewalld.expected'),
      output: richRules(hostFirewall).flatMap(({ rules }) => rules),
    },
    blocks: [
      {
        reason: { message: say('firewalld.new'), path: 'firewall.kind' },
        lines: lines(sh`
          sudo firewall-cmd --permanent --delete-policy=postern 2>/dev/null || true
          sudo firewall-cmd --permanent --new-policy=postern
          sudo firewall-cmd --permanent --policy=postern --set-priority=-100
          sudo firewall-cmd --permanent --policy=postern --set-target=CONTINUE
          sudo firewall-cmd --permanent --policy=postern --add-ingress-zone=ANY
          sudo firewall-cmd --permanent --policy=postern --add-egress-zone=HOST
        `),
      },
      ...richRules(hostFirewall).map(({ reason, rules }) => ({
        reason,
        lines: rules.map((rule) => sh`sudo firewall-cmd --permanent --policy=postern --add-rich-rule=${shWord(rule)}`),
      })),
      {
        reason: { message: say('firewalld.loadLast'), path: 'firewall.kind' },
        lines: [sh`sudo firewall-cmd --reload`],
      },
    ],
  }));

/** The rules of the policy in the language of firewalld.richlanguage(5), with their reasons, in order of priority. */
function richRules(hostFirewall: HostFirewall): { readonly reason: Reason; readonly rules: readonly string[] }[] {
  const source = (from: Prefix) => `family="ipv${from.family}" source address="${shortText(from)}"`;
  const port = (number: number, protocol: string) => `port port="${number}" protocol="${protocol}"`;
  return [
    ...hostFirewall.ssh.map(({ reason, port: sshPort, from }) => ({
      reason,
      rules: from.map((prefix) => `rule priority="-20" ${source(prefix)} ${port(sshPort, 'tcp')} accept`),
    })),
    ...openToEveryone(hostFirewall).map((portRule) => ({
      reason: portRule.reason,
      rules: [`rule priority="-20" ${port(portRule.port, portRule.protocol)} accept`],
    })),
    ...filteredPorts(hostFirewall).flatMap((portRule) =>
      portRule.allowedSources.map(({ reason, pairs }) => ({
        reason,
        rules: pairs.map(
          ({ from, to }) =>
            `rule priority="-10" ${source(from)} destination address="${shortText(to)}" ${port(portRule.port, portRule.protocol)} accept`,
        ),
      })),
    ),
    ...filteredPorts(hostFirewall).map((portRule) => ({
      reason: { message: say('firewalld.drop'), path: 'server.port' },
      rules: [`rule priority="10" ${port(portRule.port, portRule.protocol)} drop`],
    })),
  ];
}

const portOf = ({ port, protocol }: PortRule): Xml => xml`<port port="${port}" protocol="${xmlText(protocol)}"/>`;

const accept = (portRule: PortRule, { from, to }: Pair): Xml =>
  xml`  <rule priority="-10" family="${familyOf(from)}"><source address="${xmlText(shortText(from))}"/><destination address="${xmlText(shortText(to))}"/>${portOf(portRule)}<accept/></rule>`;

const familyOf = ({ family }: Pair['from']): Xml => (family === 4 ? xml`ipv4` : xml`ipv6`);

const load = lines(sh`
  command -v firewall-cmd >/dev/null || { echo 'firewalld is not installed. On RHEL: dnf install firewalld' >&2; exit 1; }
  ${hasPolicies} || { echo ${shWord(say('firewalld.tooOld').text)} >&2; exit 1; }
  firewall-cmd --check-config
  if [ "$(firewall-cmd --list-all-zones)" != "$(firewall-cmd --permanent --list-all-zones | sed 's/ *$//')" ]; then
    echo 'Some firewalld rules may exist only until the next reload, which happens now. They are saved in firewalld-before.txt.' >&2
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
