import { lines } from '../../../quote/lines.ts';
import { sh } from '../../../quote/sh.ts';

/**
 * Undoes the latest change: whatever Postern wrote and nobody has changed since is restored. Files changed by others
 * are listed, and the administrator decides. A change awaiting confirmation is undone without questions, because nobody
 * may be present to answer.
 */
export const undoing = lines(sh`
  is_kept() { [ -s "$change/keep" ] && grep -qsFx -- "$1" "$change/keep"; }
  wrote() { ! is_as "$change/after" "$1" "$change/before$1"; } # path: whether the change wrote it, as far as is known
  restores() { # path: whether it gets its earlier state; what somebody else has changed goes to $conflicts
    if in_switch "$1"; then return 0; fi
    if is_as "$change/before" "$1" "$1" || is_kept "$1" || ! wrote "$1"; then return 1; fi
    if [ -n "$forced" ] || [[ $1 == /var/lib/postern/* ]]; then return 0; fi
    if is_certificate "$1"; then [ -z "$certificates_stay" ]; return; fi
    if stays_with_ufw "$1"; then return 1; fi
    if is_as "$change/after" "$1" "$1"; then return 0; fi
    conflicts+=("$1")
    return 1
  }
  plan_undo() { # the files as they are to be go to $state/then
    local path
    conflicts=() certificates_stay=''
    rm -rf "$state/then"
    mkdir "$state/then"
    if [ -z "$forced" ] && renewed "$change"; then certificates_stay=yes; fi
    for path in "\${paths[@]}"; do
      folder_of "$state/then$path"
      if ! restores "$path"; then
        if [ -e "$path" ]; then cp -a "$path" "$state/then$path"; else : >"$state/then$path.absent"; fi
      elif [ -e "$change/before$path" ]; then cp -al "$change/before$path" "$state/then$path"
      else : >"$state/then$path.absent"; fi
    done
  }
  show_conflict() { # path, or the name of a program with rules
    local record=$change/after$1 now=$1
    tell "$1 was changed by others since:"
    case $1 in
      nftables | iptables | ip6tables)
        diff -u --label "$1 as Postern left it" --label "$1 now" <(own_rules "$change/left" "$1") <(own_rules "$run/live" "$1") || true ;;
      *.key) ;;
      *)
        if [ ! -e "$record" ] && [ ! -e "$record.absent" ]; then
          tell '(What the manual steps left was not recorded, so the earlier state is shown. apply.sh --confirm records it.)'
          record=$change/before$1
        fi
        [ -e "$record" ] || record=/dev/null
        [ -e "$now" ] || now=/dev/null
        diff -u --label "$1 as Postern left it" --label "$1 now" "$record" "$now" | hide_secrets || true ;;
    esac
  }
  merged() { # path: the earlier state with what others have changed since, if both fit together
    [ -f "$change/before$1" ] && [ -f "$change/after$1" ] && [ -f "$1" ] && command -v diff3 >/dev/null &&
      diff3 -m "$1" "$change/after$1" "$change/before$1" >"$run/merged" 2>/dev/null
  }
  set_aside() { # path: a copy of what is about to be discarded
    [ -e "$1" ] || return 0
    folder_of "$state/discarded$1"
    cp -a "$1" "$state/discarded$1"
    tell "A copy of the present $1 is in $state/discarded$1."
  }
  decide() { # keep, overwrite or merge; path
    local path known=''
    for path in "\${paths[@]}" nftables iptables ip6tables; do [ "$path" != "$2" ] || known=yes; done
    [ -n "$known" ] || fail "This change has nothing to do with $2."
    case $1,$2 in
      keep,*) echo "$2" >>"$change/keep" ;;
      overwrite,nftables | overwrite,iptables | overwrite,ip6tables) echo "$2" >>"$change/overwrite" ;;
      overwrite,*)
        if [ -z "$dry" ]; then set_aside "$2"; fi
        record "$change/after" "$2" "$2" ;;
      merge,*)
        merged "$2" || fail "The later edits of $2 and its earlier state do not fit together: choose --keep or --overwrite, or edit the file."
        cp -a "$2" "$change/merge.next"
        cat "$run/merged" >"$change/merge.next"
        mv "$change/merge.next" "$change/before$2"
        : >"$change/merged"
        record "$change/after" "$2" "$2" ;;
    esac
  }
  show_rules() { # what becomes of our rules
    local name
    for name in nftables iptables ip6tables; do
      if is_kept "$name"; then continue; fi
      diff -u --label "$name now" --label "$name then" <(own_rules "$run/live" "$name") <(own_rules "$change/live" "$name") || true
    done
  }
  undo() {
    local decision path kept=("$@")
    change=$(last_change)
    if [ -z "$change" ]; then
      tell 'There is nothing to undo.'
      return 0
    fi
    # The paths of a change are known to the apply.sh that made it.
    cmp -s "$change/apply.sh" "$here/apply.sh" || exec bash "$change/apply.sh" --undo \${kept[@]+"\${kept[@]}"}
    if [ -n "$dry" ]; then
      rm -rf "$state/dry"
      cp -a "$change" "$state/dry"
      change=$state/dry
    fi
    if [ ! -e "$state/pending" ]; then
      for decision in \${decisions[@]+"\${decisions[@]}"}; do decide "\${decision%% *}" "\${decision#* }"; done
      look_at_live
      plan_undo
      rules_conflict
      [ -z "$certificates_stay" ] || tell 'The certificates are no longer those that the change installed, so they stay as they are.'
      if [ "\${#conflicts[@]}" -gt 0 ]; then
        for path in "\${conflicts[@]}"; do show_conflict "$path"; done
        tell 'Nothing was undone. Decide about each of these, in one call:' >&2
        for path in "\${conflicts[@]}"; do
          tell "  sudo bash $here/apply.sh --undo --keep $path        (leaves it as it is now)" >&2
          tell "  sudo bash $here/apply.sh --undo --overwrite $path   (restores it and discards the later edits)" >&2
          if merged "$path"; then tell "  sudo bash $here/apply.sh --undo --merge $path       (restores it and keeps the later edits)" >&2; fi
        done
        exit 1
      fi
    else
      forced=yes
      look_at_live
      plan_undo
    fi
    rm -rf "$state/now"
    mkdir "$state/now"
    save_set "$state/now"
    differences "$state/now" "$state/then"
    show_rules
    if [ -n "$dry" ]; then
      rm -rf "$state/dry"
      tell 'Dry run: nothing was changed.'
      return 0
    fi
    if [ -z "$forced" ]; then
      keeps_slots "$state/then"
      attempt check_earlier "$state/then"
      [ "$outcome" -eq 0 ] || fail 'Nothing was undone: PostgreSQL does not accept the files that this would leave.'
    fi
    roll_back
  }
`);
