import { lines } from '../../../quote/lines.ts';
import { sh } from '../../../quote/sh.ts';

/** At boot a change is rolled back before anything reads the files. */
export const bootOfMachine = lines(sh`
  readonly boot_mode=--take-back-at-boot boot_target=sysinit.target
  boot_order() {
    local name
    printf '%s\n' DefaultDependencies=no After=local-fs.target 'Before=sysinit.target shutdown.target' Conflicts=shutdown.target
    # Those of a firewall start as early as this.
    for name in "\${units[@]}"; do
      case $name in *.service | *.timer) ;; *) name=$name.service ;; esac
      echo "Before=$name"
    done
  }
`);

/** Docker restores containers to their last state, so the container is recreated once Docker responds. */
export const bootOfContainer = lines(sh`
  readonly boot_mode=--take-back boot_target=multi-user.target
  boot_order() { printf '%s\n' Wants=docker.service After=docker.service; }
`);

/**
 * The guarded window: a change is in force, and is rolled back unless it is confirmed. The machine-specific steps are
 * `ready`, `make_set`, `check`, `go`, `test_kit`, `save_live` and those of `back`.
 */
export const guardedWindow = lines(sh`
  arm() { # token: rolls back once the time is up, even if this session is gone by then
    if systemd_runs; then
      systemd-run --quiet --collect --on-active="$seconds" --timer-property=AccuracySec=1s --unit="$unit-$(date +%s.%N)" \
        /bin/bash "$state/apply.sh" --take-back "$1"
    else
      # A signal to this session must not reach it, so it says when it has left the session.
      local said=''
      read -r said < <(setsid bash "$state/apply.sh" --guard "$1" 9>&- </dev/null 2>/dev/null) || true
      [ "$said" = guarding ]
    fi
  }
  keep_script() { # where the timer, the next boot and a late undo find it
    [ "$here" != "$state" ] || return 0
    cp "$here/apply.sh" "$state/apply.next"
    sync "$state/apply.next"
    mv "$state/apply.next" "$state/apply.sh"
  }
  guard() {
    local token
    token=$(date +%s.%N)
    keep_script
    arm "$token"
    if systemd_runs; then
      # And should the machine restart within the time.
      {
        printf '%s\n' '[Unit]' 'Description=Rolls back a change that was not confirmed' "ConditionPathExists=$state/pending"
        boot_order
        printf '%s\n' '[Service]' Type=oneshot "ExecStart=/bin/bash $state/apply.sh $boot_mode" '[Install]' "WantedBy=$boot_target"
      } >"$at_boot"
      systemctl --quiet enable "$(basename "$at_boot")"
      sync "$at_boot" "$(dirname "$at_boot")" "$(dirname "$at_boot")/$boot_target.wants"
    fi
    echo "$token" >"$state/pending.next"
    sync "$state/pending.next"
    mv "$state/pending.next" "$state/pending"
    sync "$state"
  }
  unguard() {
    rm -f "$state/pending"
    sync "$state"
    if systemd_runs; then
      if [[ $mode != --take-back* ]]; then systemctl stop "$unit-*.timer" 2>/dev/null || true; fi
      systemctl --quiet disable "$(basename "$at_boot")" 2>/dev/null || true
      rm -f "$at_boot"
    fi
  }
  roll_back() { # to what was in force before the latest change; what is to be restored is in $state/then unless it is forced
    trap '' INT TERM HUP # once begun it is completed
    change=$(last_change)
    [ -n "$change" ] || fail 'There is nothing to roll back.'
    take_note rollback
    if [ -n "$forced" ]; then tell 'Rolling back the change.'; else tell 'Undoing the change.'; fi
    attempt back
    if [ "$outcome" -ne 0 ]; then
      if [ ! -e "$state/pending" ]; then fail "The rollback is not complete: see above. Fix the cause, then run this again: sudo bash $here/apply.sh --undo"; fi
      attempt arm "$(cat "$state/pending")"
      fail "The rollback is not complete: see above. It is tried again in $seconds seconds, or at once with: sudo bash $here/apply.sh --undo"
    fi
    unguard
    drop_change
    if [ -n "$forced" ]; then tell 'The files are as they were before.'; else tell 'Undone.'; fi
    forced=''
  }
  back() { # all files first, then the programs that read them
    local failed=0 set=$state/then
    if [ -n "$forced" ]; then
      # shellcheck disable=SC2034 # read where other files than those of PostgreSQL are restored
      ufw_way=all
      plan_undo
    fi
    narrow_ports "$set"
    attempt back_files "$set"
    [ "$outcome" -eq 0 ] || return 1
    if [ "$mode" = --take-back-at-boot ]; then back_at_boot; else back_programs; fi
    remove_folders "$change/folders"
    return "$failed"
  }
  compare() { # the present files with those of the plan
    rm -rf "$state/now" "$state/then"
    mkdir "$state/now"
    save_set "$state/now"
    cp -a "$state/now" "$state/then"
    make_set "$state/then"
  }
  save() { # before manual steps
    change=$(last_change)
    if [ -n "$change" ] && [ "$(cat "$change/kind")" = manual ] && [ ! -e "$change/left" ]; then
      tell "The state before the manual steps is saved already. After the last step: sudo bash $here/apply.sh --confirm"
      return 0
    fi
    compare
    new_change manual
    begin_change
    keep_script
    tell "Saved. After the last manual step, record what they left: sudo bash $here/apply.sh --confirm"
    tell "To undo them: sudo bash $here/apply.sh --undo"
  }
  confirm() {
    change=$(last_change)
    if [ -e "$state/pending" ]; then
      unguard
      remove_copied_keys
      tell 'Confirmed: the change stays.'
    elif [ -n "$change" ] && [ ! -e "$change/left" ]; then
      record_left
      remove_copied_keys
      tell 'Confirmed: what the manual steps left is recorded.'
    else fail 'There is no change to confirm: it was confirmed before, or rolled back.'; fi
  }
  status() {
    local folders
    change=$(last_change)
    folders=("$state"/changes/[0-9]*)
    if [ -e "$state/pending" ]; then echo 'A change waits to be confirmed.'; else echo 'Nothing waits to be confirmed.'; fi
    if [ -z "$change" ]; then echo 'There is nothing to undo.'; else echo "Changes that can be undone: \${#folders[@]}."; fi
  }
  apply() {
    ready
    compare
    differences "$state/now" "$state/then"
    if same_sets "$state/now" "$state/then"; then
      tell 'The files are in place already.'
      return 0
    fi
    attempt check "$state/then"
    [ "$outcome" -eq 0 ] || fail 'Nothing was changed: the new files are refused.'
    [ "$mode" = --apply ] || { tell 'Dry run: nothing was changed.'; return 0; }
    new_change apply
    attempt guard
    if [ "$outcome" -ne 0 ]; then
      unguard
      drop_change
      fail 'Nothing was changed: the automatic rollback could not be set up.'
    fi
    begin_change
    forced=yes # a rollback of this run asks nobody
    trap 'roll_back; exit 1' INT TERM HUP
    attempt go "$state/then"
    rm -rf "$state/then"
    if [ "$outcome" -ne 0 ]; then roll_back; fail 'The change failed, so it was rolled back.'; fi
    attempt test_kit
    if [ "$outcome" -ne 0 ]; then roll_back; fail 'The test kit failed, so the change was rolled back.'; fi
    attempt record_left
    if [ "$outcome" -ne 0 ]; then roll_back; fail 'What the change has written could not be recorded, so it was rolled back.'; fi
    attempt guard # the time counts from here
    if [ "$outcome" -ne 0 ]; then roll_back; fail 'The automatic rollback could not be set up, so the change was rolled back.'; fi
    trap - INT TERM HUP
    tell "In force. Log in over SSH from another window now, then: sudo bash $here/apply.sh --confirm"
    tell "Unless you confirm, the change is rolled back in $seconds seconds."
  }

  # The sets that are compared may hold a private key, so no run leaves them, whichever way it ends.
  if [ "$mode" = --check ]; then trap 'rm -rf "$state"' EXIT
  elif [ "$mode" != --try ]; then trap 'rm -rf "$state/now" "$state/then" "$state/change.next" "$state/dry"' EXIT; fi

  if [ "$mode" != --try ]; then adopt_earlier_store; fi
  # What an earlier run left unfinished is rolled back first.
  if [ -e "$state/pending" ]; then
    case $mode in
      --apply | --save)
        tell 'An earlier change was never confirmed.'
        forced=yes
        roll_back
        trap - INT TERM HUP ;;
    esac
  elif [ "$mode" = --apply ] || [ "$mode" = --save ] || [ "$mode" = --confirm ] || [ "$mode" = --undo ]; then drop_unbegun
  fi
  case $mode in
    --apply | --dry-run) apply ;;
    --check) preflight ;;
    --try) try_in_view "$2" "$3" ;;
    --save) save ;;
    --confirm) confirm ;;
    --take-back*)
      rollback_due "\${2:-}" || exit 0
      forced=yes
      roll_back ;;
    --undo) undo "\${@:2}" ;;
    --status) status ;;
  esac
`);
