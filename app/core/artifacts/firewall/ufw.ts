import type { AccessModel } from '../../access/model.ts';
import { say } from '../../messages/message.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import { ufwComment } from '../../quote/ufw.ts';
import type { Block, FileDraft, Windowed } from '../file.ts';
import type { Artifact } from '../list.ts';
import { filled, shortText } from './allowed.ts';
import { type Gate, type Guard, guarded, guards, inWords, openToEveryone } from './guard.ts';
import { notes } from './netfilter.ts';

/** For each machine `ufw.sh` and `ufw-undo.sh`: its own firewall as plain `ufw` commands. */
export const ufw: Artifact = {
  page: 'ufw',
  render: (model) => guards(model, 'ufw').flatMap((guard) => files(model, guard)),
};

function files(model: AccessModel, guard: Guard): FileDraft[] {
  const { machine, folder, host } = guard;
  const script = { machine, language: 'sh', mode: 0o755 } as const;
  return [
    {
      ...script,
      path: `${folder}/ufw.sh`,
      title: say('ufw.title', inWords(guard)),
      intro: [say('ufw.intro'), ...notes(model, host)],
      blocks: [
        start,
        functions,
        checks(guard),
        sessionBlock,
        ...ssh(guard),
        ...(host.kind === 'server' ? [] : [sshAsBefore(model, guard)]),
        staleSsh,
        ...(host.kind === 'gateway' ? [forwardAsBefore] : []),
        ...closing(guard),
        ...opening(guard),
        enable,
      ],
      window,
    },
    {
      ...script,
      path: `${folder}/ufw-undo.sh`,
      title: say('ufw.undoTitle'),
      intro: [say('ufw.undoIntro')],
      blocks: undo(guard),
    },
  ];
}

/** ufw keeps its own copy of every rule, and its script what it knows of the time before. */
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
  back: lines(sh`
    if grep -qi '^ENABLED=yes' /etc/ufw/ufw.conf; then ufw reload; else ufw --force disable; fi
  `),
};

/** How the comments of our rules begin, by what answers at the port. */
const MARKS = { database: 'postern postgresql', proxy: 'postern proxy', tunnel: 'postern tunnel' } as const;

const markOf = ({ protocol, service }: Gate): string =>
  protocol === 'udp' ? MARKS.tunnel : service === 'postgresql' ? MARKS.database : MARKS.proxy;

const removeOurs: Sh[] = Object.values(MARKS).map((mark) => sh`remove_rules ${shWord(mark)}`);

/**
 * `ufw prepend` skips a rule that is somewhere in the list already, also below a refusal or with another action
 * (ufw 0.36, `set_rule`). For PostgreSQL such a rule is taken away and put first; for SSH it is changed where it stands,
 * so that there is no moment without it.
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

/** Removes rules by their exact comment, so that a rule of somebody else is never taken for one of ours. */
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
    if [ "$(id -u)" -ne 0 ]; then echo 'Run this as root: sudo bash, then the name of this file.' >&2; exit 1; fi
    command -v ufw >/dev/null || { echo 'ufw is not installed. On Debian and Ubuntu: apt install ufw' >&2; exit 1; }
    export LC_ALL=C.UTF-8 # the answers of ufw are read below
    state=/var/lib/postern
  `),
};

const functions: Block<'sh'> = { lines: [...putFirst, ...removeRules] };

function checks(guard: Guard): Block<'sh'> {
  const named = [
    ...guarded(guard).flatMap(({ openings }) => openings.flatMap(({ pairs }) => pairs.map(({ from }) => from))),
    ...guard.ssh.flatMap(({ from }) => from),
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
          ufw show added >"$state/ufw-before.txt"
          if ufw status | grep -q '^Status: inactive'; then touch "$state/ufw-was-inactive"; fi
        fi
        if ufw status | grep -q '^Status: inactive'; then
          echo 'ufw is about to be switched on. It refuses new connections to every port without a rule. Listening now:'
          ss -tulnp
          if [ -t 0 ]; then read -r -p 'Press Enter to go on, Ctrl+C to stop. '; fi
        fi
      `),
    ],
    reason: { message: say('ufw.checks'), path: 'firewall.kind' },
  };
}

/** `sudo` drops SSH_CONNECTION, so it is looked for in the processes above as well. */
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

const ssh = (guard: Guard): Block<'sh'>[] =>
  guard.ssh.map(({ reason, port, from }) => ({
    reason,
    lines: from.map(
      (prefix) =>
        sh`keep_open proto tcp from ${shWord(shortText(prefix))} to any port ${port} comment "postern ssh $run"`,
    ),
  }));

/** The plan does not know who administers this machine: where ufw was off, SSH stays open to everyone, at sshd's own ports too. */
function sshAsBefore({ plan }: AccessModel, { ssh: known }: Guard): Block<'sh'> {
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

/** ufw that is switched on also refuses to forward (ufw-framework(8)), which is what a gateway is for. */
const forwardAsBefore: Block<'sh'> = {
  lines: lines(sh`
    if [ -e "$state/ufw-was-inactive" ]; then
      [ -e "$state/ufw-default-before" ] || cp -a /etc/default/ufw "$state/ufw-default-before"
      ufw default allow routed
    fi
  `),
  reason: { message: say('ufw.forwardAsBefore'), path: 'network.gateway.placement' },
};

const staleSsh: Block<'sh'> = {
  lines: [sh`remove_rules 'postern ssh ' "postern ssh $run"`],
  reason: { message: say('ufw.staleSsh'), path: 'administration.people' },
};

const portOf = ({ protocol, port }: Gate): Sh => sh`proto ${shWord(protocol)} to any port ${port}`;

/** Our earlier rules go, and the refusals come first in the list. */
function closing(guard: Guard): Block<'sh'>[] {
  const closed = guarded(guard);
  const named = closed.map(({ port, protocol }) => shWord(`(^| )${port}(/${protocol})?( |$)`));
  return filled<'sh'>([
    {
      lines: named.flatMap((pattern) =>
        lines(sh`
          if ufw show added | grep -v "comment 'postern " | grep -E ${pattern}; then
            echo 'The rules above name this port too. The new ones go before them, so these no longer decide.'
          fi
        `),
      ),
      reason: { message: say('ufw.wider', inWords(guard)), path: 'server.port' },
    },
    {
      lines: [
        ...removeOurs,
        ...closed.map(
          (gate) => sh`put_first deny ${portOf(gate)} comment ${ufwComment(`${markOf(gate)}: everyone else`)}`,
        ),
      ],
      reason: { message: say('ufw.deny'), path: 'firewall.kind' },
    },
  ]);
}

function opening(guard: Guard): Block<'sh'>[] {
  return [
    ...openToEveryone(guard).map((gate) => ({
      reason: gate.reason,
      lines: [sh`ufw allow ${portOf(gate)} comment ${ufwComment(markOf(gate))}`],
    })),
    ...guarded(guard).flatMap((gate) =>
      gate.openings.map(({ reason, label, pairs }) => ({
        reason,
        lines: pairs.map(({ from, to }): Sh => {
          const [source, target] = [shWord(shortText(from)), shWord(shortText(to))];
          return sh`put_first allow proto ${shWord(gate.protocol)} from ${source} to ${target} port ${gate.port} comment ${ufwComment(`${markOf(gate)}: ${label}`)}`;
        }),
      })),
    ),
  ];
}

const enable: Block<'sh'> = {
  lines: [sh`ufw --force enable`, sh`ufw status verbose`],
  reason: { message: say('ufw.enable'), path: 'firewall.kind' },
};

const undo = ({ host }: Guard): Block<'sh'>[] => [
  { lines: [...start.lines, ...removeRules] },
  {
    lines: lines(sh`
      if [ -e "$state/ufw-was-inactive" ]; then
        ufw disable
        remove_rules 'postern ssh '
      else
        echo 'SSH rules stay, because taking them away could lock you out:'
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
