import { lines } from '../../../quote/lines.ts';
import { sh } from '../../../quote/sh.ts';

/** At boot a change goes before anything reads the files. */
export const bootOfMachine = lines(sh`
  readonly boot_mode=--take-back-at-boot boot_target=sysinit.target
  boot_order() {
    printf '%s\n' DefaultDependencies=no After=local-fs.target 'Before=sysinit.target shutdown.target' Conflicts=shutdown.target
  }
`);

/** Docker starts containers as they were last, so the container is made anew once Docker answers. */
export const bootOfContainer = lines(sh`
  readonly boot_mode=--take-back boot_target=multi-user.target
  boot_order() { printf '%s\n' Wants=docker.service After=docker.service; }
`);

/**
 * The guarded window: a change is in force, and goes again unless it is confirmed. What differs from machine to machine
 * are the steps `ready`, `make_set`, `check`, `go`, `test_kit`, `save_live` and `back`.
 */
export const guardedWindow = lines(sh`
  guard() { # from now on the change goes again when the time is up, even if this session is gone by then
    local token
    token=$(date +%s.%N)
    cp "$here/apply.sh" "$state/apply.next"
    sync "$state/apply.next"
    mv "$state/apply.next" "$state/apply.sh"
    if systemd_runs; then
      systemd-run --quiet --collect --on-active="$seconds" --timer-property=AccuracySec=1s --unit="$unit-$token" \
        /bin/bash "$state/apply.sh" --take-back "$token"
      # And should the machine restart within the time.
      {
        printf '%s\n' '[Unit]' 'Description=Takes back what nobody confirmed' "ConditionPathExists=$state/pending"
        boot_order
        printf '%s\n' '[Service]' Type=oneshot "ExecStart=/bin/bash $state/apply.sh $boot_mode" '[Install]' "WantedBy=$boot_target"
      } >"$at_boot"
      systemctl --quiet enable "$(basename "$at_boot")"
      sync "$at_boot" "$(dirname "$at_boot")" "$(dirname "$at_boot")/$boot_target.wants"
    else
      setsid bash "$state/apply.sh" --guard "$token" 9>&- </dev/null >/dev/null 2>&1 &
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
  take_back() { # to what was in force before the last apply.sh
    trap '' INT TERM HUP # once begun it is brought to its end
    [ -d "$state/backup/set" ] || fail 'There is nothing to go back to.'
    tell 'Taking the change back.'
    back "$state/backup"
    unguard
    tell 'The files are as they were before.'
  }
  apply() {
    ready
    rm -rf "$state/now" "$state/then"
    mkdir "$state/now"
    save_set "$state/now"
    cp -rp "$state/now" "$state/then"
    make_set "$state/then"
    differences "$state/now" "$state/then"
    if same_sets "$state/now" "$state/then"; then
      tell 'The files are in place already.'
      return 0
    fi
    attempt check "$state/then"
    [ "$outcome" -eq 0 ] || fail 'Nothing was changed: the new files are refused.'
    [ "$mode" = --apply ] || { tell 'Dry run: nothing was changed.'; return 0; }
    rm -rf "$state/backup.next"
    mkdir -p "$state/backup.next/live"
    mv "$state/now" "$state/backup.next/set"
    attempt save_live "$state/backup.next/live"
    [ "$outcome" -eq 0 ] || fail 'Nothing was changed: what is in force now could not be noted.'
    find "$state/backup.next" -exec sync {} +
    rm -rf "$state/backup.before"
    if [ -e "$state/backup" ]; then mv "$state/backup" "$state/backup.before"; fi
    mv "$state/backup.next" "$state/backup"
    guard
    trap 'take_back; exit 1' INT TERM HUP
    attempt go "$state/then"
    if [ "$outcome" -ne 0 ]; then take_back; fail 'The change did not take; everything is as it was before.'; fi
    attempt test_kit
    if [ "$outcome" -ne 0 ]; then take_back; fail 'The test kit failed, so the change was taken back.'; fi
    guard # the time counts from here
    trap - INT TERM HUP
    tell "In force. Try a login from another window now, then: sudo bash $here/apply.sh --confirm"
    tell "Without that, everything is taken back in $seconds seconds."
  }

  # What an earlier run left half done is taken back first.
  if [ -e "$state/pending" ] && [ "$mode" = --apply ]; then
    tell 'An earlier change was never confirmed.'
    take_back
    trap - INT TERM HUP
  fi
  case $mode in
    --apply | --dry-run) apply ;;
    --try) try_in_view "$2" "$3" ;;
    --confirm)
      [ -e "$state/pending" ] || fail 'There is no change to confirm: it was confirmed before, or taken back.'
      unguard
      tell 'Confirmed: the change stays.' ;;
    --take-back*)
      [ -e "$state/pending" ] || exit 0
      [ -z "\${2:-}" ] || [ "$2" = "$(cat "$state/pending")" ] || exit 0
      take_back ;;
    --rollback) take_back ;;
    --status) if [ -e "$state/pending" ]; then echo 'A change waits to be confirmed.'; else echo 'Nothing waits to be confirmed.'; fi ;;
  esac
`);
