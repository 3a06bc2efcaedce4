import { lines } from '../../../quote/lines.ts';
import { sh } from '../../../quote/sh.ts';

/** Words for the user, the lock, the modes and the service manager: the same on every machine. */
export const control = lines(sh`
  readonly state=/var/lib/postern/$machine log=/var/log/postern-apply.log unit=postern-$machine-take-back
  readonly at_boot=/etc/systemd/system/$unit-at-boot.service
  mode=\${1:---apply}
  here=$(cd "$(dirname "$0")" && pwd)
  readonly here
  trap '' PIPE # whoever listened may be gone; the work goes on

  tell() { echo "$*" || true; printf '%s %s\n' "$(date +%Y-%m-%dT%H:%M:%S)" "$*" >>"$log" 2>/dev/null || true; }
  fail() { tell "$*" >&2; exit 1; }
  systemd_runs() { [ -d /run/systemd/system ]; }
  attempt() { # a step that may fail, with every command of it counting; the outcome is in $outcome
    set +e
    (set -e; "$@")
    outcome=$?
    set -e
  }

  for program in flock diff cmp sync install setpriv unshare; do
    command -v "$program" >/dev/null || { echo "$program is not installed." >&2; exit 1; }
  done
  [ "$(id -u)" -eq 0 ] || { echo 'Run this as root: sudo bash apply.sh' >&2; exit 1; }
  case $mode in
    --apply | --dry-run | --confirm | --rollback | --take-back | --take-back-at-boot | --status | --try) ;;
    --guard) sleep "$seconds"; mode=--take-back ;;
    *) echo 'Use: apply.sh [--dry-run | --confirm | --rollback | --status]' >&2; exit 2 ;;
  esac
  readonly mode
  mkdir -p "$state"
  if [ "$mode" != --try ]; then
    exec 9>"$state/lock"
    flock -w 120 9 || fail 'Another apply.sh is at work on this machine.'
  fi
`);
