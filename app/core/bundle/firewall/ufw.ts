import { say } from '../../messages/message.ts';
import type { AccessModel, Reason } from '../../model/model.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import { ufwComment, ufwCommentText } from '../../quote/ufw.ts';
import type { Artifact, Block, FileDraft, Windowed } from '../file.ts';
import { rootOnly } from '../root-only.ts';
import { filled, shortText } from './allowed-sources.ts';
import {
  filteredPorts,
  type HostFirewall,
  hostFirewalls,
  inWords,
  openToEveryone,
  type PortRule,
} from './host-firewall.ts';
import { notes } from './netfilter.ts';
import { type UfwRule, ufwStatus } from './ufw-status.ts';

/** For each machine `ufw.sh` and `ufw-undo.sh`: plain `ufw` commands. */
export const ufw: Artifact = {
  page: 'ufw',
  render: (model) => hostFirewalls(model, 'ufw').flatMap((hostFirewall) => files(model, hostFirewall)),
};

function files(model: AccessModel, hostFirewall: HostFirewall): FileDraft[] {
  const { machine, folder, host } = hostFirewall;
  const script = { machine, language: 'sh', mode: 0o755 } as const;
  return [
    {
      ...script,
      path: `${folder}/ufw.sh`,
      guide: { interrupts: { what: say('guide.switchesUfwOn') } },
      title: say('ufw.title', inWords(hostFirewall)),
      intro: [say('ufw.intro'), ...notes(model, host)],
      blocks: [
        start,
        functions,
        checks(hostFirewall),
        sessionBlock,
        ...ssh(hostFirewall),
        ...(host.kind === 'server' ? [] : [sshAsBefore(model, hostFirewall)]),
        staleSsh,
        ...(host.kind === 'gateway' ? [forwardAsBefore] : []),
        ...closing(hostFirewall),
        ...opening(hostFirewall),
        enable,
      ],
      window,
    },
    {
      ...script,
      path: `${folder}/ufw-undo.sh`,
      purpose: 'undo',
      title: say('ufw.undoTitle'),
      intro: [say('ufw.undoIntro')],
      blocks: undo(hostFirewall),
    },
  ];
}

/**
 * ufw keeps its own copy of every rule, and its script records the previous state. A rollback runs no `ufw`: both `ufw
 * disable` and `ufw reload` set the policies of the built-in chains to ACCEPT (/lib/ufw/ufw-init-functions,
 * `ufw_stop`), the first permanently and the second for a moment. The chains are restored in the kernel instead.
 */
const window: Windowed = {
  changes: [
    '/etc/ufw/user.rules',
    '/etc/ufw/user6.rules',
    '/etc/ufw/ufw.conf',
    '/etc/default/ufw',
    '/var/lib/postern/ufw-default-before',
    '/var/lib/postern/ufw-before.txt',
    '/var/lib/postern/ufw-was-inactive',
  ],
  chains: 'ufw6?-',
  programs: ['ufw'],
};

/**
 * The same rules as `ufw` commands to paste into a shell of each machine: SSH first, then the rejections, then who may
 * connect, each put before those that exist. Unlike `ufw.sh` they keep no record of earlier rules. Gateways and bastions
 * have none: what they forward, and who administers them, depends on rules that only the script can look at.
 */
export const ufwCommands = (model: AccessModel): FileDraft<'sh'>[] =>
  hostFirewalls(model, 'ufw')
    .filter(({ host: { kind } }) => kind === 'server' || kind === 'replica')
    .map((hostFirewall) => ({
      path: `${hostFirewall.folder}/ufw commands`,
      machine: hostFirewall.machine,
      page: 'ufw',
      language: 'sh',
      title: say('ufw.commands', inWords(hostFirewall)),
      pasted: {
        instead: [`${hostFirewall.folder}/ufw.sh`],
        check: sh`sudo ufw status`,
        expected: say('ufw.expected'),
        output: ufwStatus(pastedRules(hostFirewall)),
      },
      blocks: filled<'sh'>([
        ...hostFirewall.ssh.map(({ reason, port, from }) => ({
          reason,
          lines: from.map(
            (prefix) =>
              sh`sudo ufw allow proto tcp from ${shWord(shortText(prefix))} to any port ${port} comment 'postern ssh'`,
          ),
        })),
        {
          reason: { message: say('ufw.denyFirst'), path: 'firewall.kind' },
          lines: filteredPorts(hostFirewall).map((portRule) => sh`sudo ufw prepend ${denial(portRule)}`),
        },
        ...openToEveryone(hostFirewall).map((portRule) => ({
          reason: portRule.reason,
          lines: [sh`sudo ufw ${admission(portRule)}`],
        })),
        ...permissions(hostFirewall).map(({ reason, rules }) => ({
          reason,
          lines: rules.map((rule) => sh`sudo ufw prepend ${rule}`),
        })),
        { reason: { message: say('ufw.enableLast'), path: 'firewall.kind' }, lines: [sh`sudo ufw --force enable`] },
      ]),
    }));

/** The rules of the commands to paste, in the order in which they end up: each `prepend` goes before those that exist. */
function pastedRules(hostFirewall: HostFirewall): UfwRule[] {
  const { ssh } = hostFirewall;
  const appended = [
    ...ssh.flatMap(({ port, from: sources }) =>
      sources.map(
        (from) => ({ action: 'ALLOW', protocol: 'tcp', port, comment: 'postern ssh', between: { from } }) as const,
      ),
    ),
    ...openToEveryone(hostFirewall).map(
      (portRule) => ({ ...portRule, action: 'ALLOW', comment: markOf(portRule), between: 'both' }) as const,
    ),
  ];
  const prepended = [
    ...filteredPorts(hostFirewall).map(
      (portRule) =>
        ({ ...portRule, action: 'DENY', comment: `${markOf(portRule)}: everyone else`, between: 'both' }) as const,
    ),
    ...filteredPorts(hostFirewall).flatMap((portRule) =>
      portRule.allowedSources.flatMap(({ label, pairs }) =>
        pairs.map((between) => {
          const comment = ufwCommentText(`${markOf(portRule)}: ${label}`);
          return { ...portRule, action: 'ALLOW', comment, between } as const;
        }),
      ),
    ),
  ];
  return [...prepended.toReversed(), ...appended];
}

/** How the comments of our rules begin, by what answers at the port. */
const MARKS = { database: 'postern postgresql', proxy: 'postern proxy', tunnel: 'postern tunnel' } as const;

const markOf = ({ protocol, service }: PortRule): string =>
  protocol === 'udp' ? MARKS.tunnel : service === 'postgresql' ? MARKS.database : MARKS.proxy;

const removeOurs: Sh[] = Object.values(MARKS).map((mark) => sh`remove_rules ${shWord(mark)}`);

/**
 * `ufw prepend` skips a rule that is already in the list, also below a deny rule or with another action (ufw 0.36,
 * `set_rule`). For PostgreSQL such a rule is deleted and prepended; for SSH it is changed in place, so that there is no
 * moment without it.
 */
const putFirst = lines(sh`
  put_first() { # action, rule, comment, text
    local action answer
    answer=$(ufw prepend "$@")
    echo "$answer"
    if [[ $answer == *Skipping* ]]; then
      for action in allow deny reject limit; do ufw delete "$action" "\${@:2:$#-3}"; done
      ufw prepend "$@"
    fi
  }
  keep_open() { # rule, comment, text
    local answer
    answer=$(ufw prepend allow "$@")
    echo "$answer"
    if [[ $answer == *Skipping* ]]; then ufw allow "$@"; fi
  }
`);

/** Deletes rules by their exact comment, so that no other rule is mistaken for one of ours. */
const removeRules = lines(sh`
  remove_rules() { # start of the comment, comment to keep
    local line comment words rules
    mapfile -t rules < <(ufw show added)
    for line in "\${rules[@]}"; do
      [[ $line == "ufw "*" comment '"*"'" ]] || continue
      comment=\${line##* comment \'}
      comment=\${comment%\'}
      [[ $comment == "$1"* && $comment != "\${2:-}" ]] || continue
      read -r -a words <<<"\${line%% comment \'*}"
      ufw delete "\${words[@]:1}" comment "$comment"
    done
  }
`);

const start: Block<'sh'> = {
  lines: lines(sh`
    set -euo pipefail
    ${rootOnly}
    command -v ufw >/dev/null || { echo 'ufw is not installed. On Debian and Ubuntu: apt install ufw' >&2; exit 1; }
    export LC_ALL=C.UTF-8 # the answers of ufw are read below
    state=/var/lib/postern
  `),
};

const functions: Block<'sh'> = { lines: [...putFirst, ...removeRules] };

function checks(hostFirewall: HostFirewall): Block<'sh'> {
  const named = [
    ...filteredPorts(hostFirewall).flatMap(({ allowedSources }) =>
      allowedSources.flatMap(({ pairs }) => pairs.map(({ from }) => from)),
    ),
    ...hostFirewall.ssh.flatMap(({ from }) => from),
  ];
  return {
    lines: [
      ...(named.some(({ family }) => family === 6)
        ? lines(sh`
            if ! grep -qi '^IPV6=yes' /etc/default/ufw; then
              echo 'Set IPV6=yes in /etc/default/ufw: this plan has IPv6 networks.' >&2
              exit 1
            fi
          `)
        : []),
      ...lines(sh`
        mkdir -p "$state"
        if [ ! -e "$state/ufw-before.txt" ]; then
          if ufw status | grep -q '^Status: inactive'; then touch "$state/ufw-was-inactive"; fi
          ufw show added >"$state/ufw-before.txt.new"
          mv "$state/ufw-before.txt.new" "$state/ufw-before.txt"
        fi
        if ufw status | grep -q '^Status: inactive'; then
          echo 'ufw is about to be enabled. It blocks new connections to every port without a rule. Listening now:'
          ss -tulnp
          if [ -t 0 ] && [ -z "\${POSTERN_APPLY:-}" ]; then read -r -p 'Press Enter to go on, Ctrl+C to stop. '; fi
        fi
      `),
    ],
    reason: { message: say('ufw.checks'), path: 'firewall.kind' },
  };
}

/** `sudo` drops SSH_CONNECTION, so the script also looks for it in the parent processes. */
const sessionBlock: Block<'sh'> = {
  lines: [
    ...lines(sh`
      run=$(date +%Y-%m-%dT%H:%M:%S)
      session=\${SSH_CONNECTION:-}
      above=$PPID
      while [ -z "$session" ] && [ "$above" -gt 1 ]; do
        session=$(tr '\0' '\n' <"/proc/$above/environ" 2>/dev/null | sed -n 's/^SSH_CONNECTION=//p' || true)
        above=$(awk '$1 == "PPid:" { print $2 }' "/proc/$above/status" 2>/dev/null || echo 0)
      done
      if [ -n "$session" ]; then
        read -r peer _ _ port <<<"$session"
        keep_open proto tcp from "\${peer%%%*}" to any port "$port" comment "postern ssh $run"
      fi
    `),
  ],
  reason: { message: say('ufw.session'), path: 'administration.people' },
};

const ssh = (hostFirewall: HostFirewall): Block<'sh'>[] =>
  hostFirewall.ssh.map(({ reason, port, from }) => ({
    reason,
    lines: from.map(
      (prefix) =>
        sh`keep_open proto tcp from ${shWord(shortText(prefix))} to any port ${port} comment "postern ssh $run"`,
    ),
  }));

/**
 * The plan does not know who administers this machine: if ufw was off, SSH remains open to everyone, including on
 * sshd's own ports.
 */
function sshAsBefore({ plan }: AccessModel, { ssh: known }: HostFirewall): Block<'sh'> {
  const port = known[0]?.port ?? plan.administration.sshPort;
  return {
    lines: lines(sh`
      if [ -e "$state/ufw-was-inactive" ]; then
        for port in ${port} $(sshd -T 2>/dev/null | awk '$1 == "port" { print $2 }'); do
          keep_open proto tcp to any port "$port" comment "postern ssh $run"
        done
      fi
    `),
    reason: { message: say('ufw.sshAsBefore'), path: 'firewall.kind' },
  };
}

/** Enabling ufw also blocks forwarding (ufw-framework(8)), which is the purpose of a gateway. */
const forwardAsBefore: Block<'sh'> = {
  lines: lines(sh`
    if [ -e "$state/ufw-was-inactive" ]; then
      if [ ! -e "$state/ufw-default-before" ]; then
        cp -a /etc/default/ufw "$state/ufw-default-before.new"
        mv "$state/ufw-default-before.new" "$state/ufw-default-before"
      fi
      ufw default allow routed
    fi
  `),
  reason: { message: say('ufw.forwardAsBefore'), path: 'network.gateway.placement' },
};

const staleSsh: Block<'sh'> = {
  lines: [sh`remove_rules 'postern ssh ' "postern ssh $run"`],
  reason: { message: say('ufw.staleSsh'), path: 'administration.people' },
};

const portOf = ({ protocol, port }: PortRule): Sh => sh`proto ${shWord(protocol)} to any port ${port}`;

/** Our earlier rules are deleted, and the deny rules are added first. */
function closing(hostFirewall: HostFirewall): Block<'sh'>[] {
  const closed = filteredPorts(hostFirewall);
  const named = closed.map(({ port, protocol }) => shWord(`(^| )${port}(/${protocol})?( |$)`));
  return filled<'sh'>([
    {
      lines: named.flatMap((pattern) =>
        lines(sh`
          if ufw show added | grep -v "comment 'postern " | grep -E ${pattern}; then
            echo 'The rules above are also about this port. The new rules are inserted before them and take precedence.'
          fi
        `),
      ),
      reason: { message: say('ufw.wider', inWords(hostFirewall)), path: 'server.port' },
    },
    {
      lines: [...removeOurs, ...closed.map((portRule) => sh`put_first ${denial(portRule)}`)],
      reason: { message: say('ufw.deny'), path: 'firewall.kind' },
    },
  ]);
}

const denial = (portRule: PortRule): Sh =>
  sh`deny ${portOf(portRule)} comment ${ufwComment(`${markOf(portRule)}: everyone else`)}`;

const admission = (portRule: PortRule): Sh => sh`allow ${portOf(portRule)} comment ${ufwComment(markOf(portRule))}`;

/** For each reason, the rules that let its sources in. */
const permissions = (hostFirewall: HostFirewall): { readonly reason: Reason; readonly rules: readonly Sh[] }[] =>
  filteredPorts(hostFirewall).flatMap((portRule) =>
    portRule.allowedSources.map(({ reason, label, pairs }) => ({
      reason,
      rules: pairs.map(({ from, to }): Sh => {
        const [source, target] = [shWord(shortText(from)), shWord(shortText(to))];
        return sh`allow proto ${shWord(portRule.protocol)} from ${source} to ${target} port ${portRule.port} comment ${ufwComment(`${markOf(portRule)}: ${label}`)}`;
      }),
    })),
  );

const opening = (hostFirewall: HostFirewall): Block<'sh'>[] => [
  ...openToEveryone(hostFirewall).map((portRule) => ({
    reason: portRule.reason,
    lines: [sh`ufw ${admission(portRule)}`],
  })),
  ...permissions(hostFirewall).map(({ reason, rules }) => ({
    reason,
    lines: rules.map((rule) => sh`put_first ${rule}`),
  })),
];

const enable: Block<'sh'> = {
  lines: [sh`ufw --force enable`, sh`ufw status verbose`],
  reason: { message: say('ufw.enable'), path: 'firewall.kind' },
};

const undo = ({ host }: HostFirewall): Block<'sh'>[] => [
  { lines: [...start.lines, ...removeRules] },
  {
    lines: lines(sh`
      others=$(ufw show added | grep '^ufw ' | grep -v " comment 'postern " | grep -vFx -f <(cat "$state/ufw-before.txt" 2>/dev/null) || true)
      if [ -e "$state/ufw-was-inactive" ] && [ -z "$others" ]; then
        ufw disable
        remove_rules 'postern ssh '
      else
        if [ -n "$others" ]; then echo 'ufw stays enabled, because rules were added since:' "$others"; fi
        echo 'SSH rules are kept, because removing them could lock you out:'
        ufw show added | grep "comment 'postern ssh " || true
      fi
    `),
    reason: { message: say('ufw.undoSsh'), path: 'administration.people' },
  },
  {
    lines: removeOurs,
    reason: { message: say('ufw.undoRules'), path: 'firewall.kind' },
  },
  ...(host.kind === 'gateway'
    ? [
        {
          lines: [sh`if [ -e "$state/ufw-default-before" ]; then mv "$state/ufw-default-before" /etc/default/ufw; fi`],
          reason: { message: say('ufw.undoForward'), path: 'network.gateway.placement' },
        },
      ]
    : []),
  {
    lines: lines(sh`
      if [ -e "$state/ufw-before.txt" ]; then
        mapfile -t before < <(grep '^ufw ' "$state/ufw-before.txt")
        for line in "\${before[@]}"; do
          if ufw show added | grep -Fx -e "$line" >/dev/null; then continue; fi
          read -r -a words <<<"\${line%% comment \'*}"
          ufw "\${words[@]:1}"
        done
        rm -f "$state/ufw-before.txt" "$state/ufw-was-inactive"
      fi
      ufw show added
    `),
    reason: { message: say('ufw.undoBefore'), path: 'firewall.kind' },
  },
];
