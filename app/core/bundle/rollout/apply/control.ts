import { lines } from '../../../quote/lines.ts';
import { sh } from '../../../quote/sh.ts';

/** Messages, the lock, the modes and the service manager: the same on every machine. */
export const control = lines(sh`
  state=/var/lib/postern/$machine log=/var/log/postern-apply.log
  run=/run/postern-$machine
  readonly unit=postern-$machine-take-back
  readonly at_boot=/etc/systemd/system/$unit-at-boot.service
  flags=''
  while [[ \${1:-} == --accept-overrides || \${1:-} == --replace-rules || \${1:-} == --block-others ]]; do
    flags+=" $1"
    shift
  done
  given() { [[ "$flags " == *" $1 "* ]]; } # whether a flag was given in front of the mode
  mode=\${1:---apply} forced='' dry='' decisions=()
  here=$(cd "$(dirname "$0")" && pwd)
  if [ "$mode" = --check ]; then # it leaves nothing
    state=$(mktemp -d /tmp/postern-check.XXXXXX)
    run=$state/run
    log=/dev/null
    trap 'rm -rf "$state"' EXIT
  fi
  readonly here state run log
  # What a session brings along, such as a locale that is not installed here, must not decide what a program says of a file.
  export LC_ALL=C
  export POSTERN_APPLY=yes # --check says what ufw.sh would ask while the rollback waits
  unset LANGUAGE "\${!PG@}"
  trap '' PIPE # the reader of the output may be gone; the work goes on

  tell() { echo "$*" || true; { printf '%(%Y-%m-%dT%H:%M:%S)T %s\n' -1 "$*" >>"$log"; } 2>/dev/null || true; }
  fail() { tell "$*" >&2; exit 1; }
  systemd_runs() { [ -d /run/systemd/system ]; }
  attempt() { # a step that may fail, with every command of it counting; the outcome is in $outcome
    set +e
    (set -e; "$@")
    outcome=$?
    set -e
  }
  attempt_within() { # seconds, step: as attempt, and ended when the time is up
    local worker watch
    (set -e; "\${@:2}") &
    worker=$!
    (sleep "$1"; tell 'This step takes too long and is ended.' >&2; end_processes "$worker") 9>&- &
    watch=$!
    outcome=0
    wait "$worker" || outcome=$?
    end_processes "$watch"
    wait "$watch" 2>/dev/null || true
  }
  within() { # seconds, command: repeats it until it succeeds
    local end=$((SECONDS + $1))
    until "\${@:2}"; do
      [ "$SECONDS" -lt "$end" ] || return 1
      sleep 0.3
    done
  }

  # A process and all that it started. What has left its session lives on, such as a server that was just started.
  family() {
    { cat /proc/[0-9]*/stat 2>/dev/null || true; } | awk -v root="$1" '
      { id = $1; sub(/^.*[)] /, ""); parent[id] = $2; session[id] = $4 }
      END {
        if (!(root in parent)) exit
        found[root]
        do {
          more = 0
          for (id in parent) if (!(id in found) && (parent[id] in found) && session[id] == session[root]) { found[id]; more = 1 }
        } while (more)
        for (id in found) print id
      }' | sort -n
  }
  end_processes() { # a process and its family; stopped first, so that none starts another meanwhile
    local ids='' now
    for _ in {1..20}; do
      now=$(family "$1")
      [ "$now" != "$ids" ] || break
      ids=$now
      # shellcheck disable=SC2086 # several words
      kill -STOP $ids 2>/dev/null || true
    done
    # shellcheck disable=SC2086
    [ -z "$ids" ] || kill -KILL $ids 2>/dev/null || true
  }

  take_note() { { mkdir -p "$run" && echo "$$ $1" >"$run/holder"; } 2>/dev/null || true; } # who holds the lock, and what for
  # A rollback must not wait for a run that hangs. One that rolls back itself gets the time that its steps have.
  take_lock() {
    local holder='' doing=''
    case $mode in
      --take-back* | --undo) flock -w 10 9 && return 0 ;;
      *) flock -w 120 9 && return 0; fail 'Another apply.sh is running on this machine.' ;;
    esac
    read -r holder doing <"$run/holder" || true
    if [ "$doing" = rollback ] && flock -w 600 9; then return 0; fi
    # The id may belong to another process by now: only one that has the lock open is meant.
    if [ -n "$holder" ] && [ "/proc/$holder/fd/9" -ef "$state/lock" ]; then
      tell "Another apply.sh has not finished in time (process $holder): it is ended."
      end_processes "$holder"
    fi
    flock -w 10 9 && return 0
    for holder in $(lock_openers); do end_processes "$holder"; done
    flock -w 10 9 || fail 'Another process holds the lock of apply.sh and could not be ended.'
  }
  lock_openers() { # what a run has left that was killed itself, such as a psql that hangs
    local open id
    for open in /proc/[0-9]*/fd/9; do
      id=\${open#/proc/}
      id=\${id%%/*}
      if [ "$open" -ef "$state/lock" ] && [ "$id" != "$$" ] && [ "$id" != "$BASHPID" ]; then echo "$id"; fi
    done
  }
  rollback_due() { # whether this rollback is still wanted: the change is not confirmed, and no later one took its place
    [ -e "$state/pending" ] && { [ -z "\${1:-}" ] || [ "$1" = "$(cat "$state/pending")" ]; }
  }

  usage() {
    printf '%s\n' 'Usage: sudo bash apply.sh [--accept-overrides] [--replace-rules] [--block-others] [MODE]' \
      '  --apply      Install the files (default). Rolls back automatically unless you confirm.' \
      '  --dry-run    Show what --apply would change.' \
      '  --check      Show what could stop the change or take the server down. Changes nothing.' \
      '  --save       Before manual steps: record the present state, so that --undo can restore it.' \
      '  --confirm    Keep the change. After manual steps: record what they left.' \
      '  --undo       Undo the latest change; run it again for the one before.' \
      '  --status     Show whether a change waits to be confirmed, and what can be undone.' \
      '  --help       Show this text.' \
      'After --undo:' \
      '  --dry-run         Show what would change.' \
      '  --keep PATH       Leave PATH as it is now.' \
      '  --overwrite PATH  Restore PATH and discard what others changed in it.' \
      '  --merge PATH      Restore PATH and keep what others changed in it, if diff3 finds no conflict.'
  }
  wrong_use() { usage >&2; exit 2; }
  read_decisions() { # what follows --undo
    while [ $# -gt 0 ]; do
      case $1 in
        --dry-run) dry=yes; shift ;;
        --keep | --overwrite | --merge)
          [ $# -ge 2 ] || wrong_use
          decisions+=("\${1#--} $2")
          shift 2 ;;
        *) wrong_use ;;
      esac
    done
  }

  if [ "$mode" = --help ]; then usage; exit 0; fi
  for program in flock diff cmp sync install setpriv unshare timeout; do
    command -v "$program" >/dev/null || { echo "$program is not installed." >&2; exit 1; }
  done
  [ "$EUID" -eq 0 ] || { echo 'Run this as root: sudo bash apply.sh' >&2; exit 1; }
  case $mode in
    --apply | --dry-run | --check | --save | --confirm | --take-back | --take-back-at-boot | --status | --try) ;;
    --undo) read_decisions "\${@:2}" ;;
    --guard)
      echo guarding || true
      exec >/dev/null
      sleep "$seconds"
      mode=--take-back ;;
    *) wrong_use ;;
  esac
  if [ -n "$flags" ] && [[ $mode != --apply && $mode != --dry-run && $mode != --check ]]; then wrong_use; fi
  readonly mode
  # The guard of a change that is long confirmed or undone leaves nothing.
  if [[ $mode == --take-back* ]]; then rollback_due "\${2:-}" || exit 0; fi
  [ "$mode" = --try ] || mkdir -p "$state"
  if [ "$mode" != --try ]; then
    exec 9>"$state/lock"
    take_lock
    take_note "$mode"
  fi
`);
