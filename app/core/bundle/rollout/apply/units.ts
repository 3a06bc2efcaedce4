import { lines } from '../../../quote/lines.ts';
import { sh } from '../../../quote/sh.ts';

/** Which services are enabled and running: a change may enable or start one, and a rollback restores both. */
export const serviceStates = lines(sh`
  unit_state() { # is-enabled or is-active, unit; the answer is a word, and an exit code other than 0 is no error here
    local word
    word=$(systemctl "$1" "$2" 2>/dev/null | head -n 1) || true
    echo "\${word:-unknown}"
  }
  unit_links() { # the links that enable a service, which may have been set by hand
    local name
    for name in "\${units[@]}"; do
      case $name in *.service | *.timer) ;; *) name=$name.service ;; esac
      find /etc/systemd/system -type l \( -name "$name" -o -lname "*/$name" \) -printf '%p %l\n'
    done | sort -u
  }
  save_units() { # into a folder
    local name
    systemd_runs || return 0
    unit_links >"$1/links"
    for name in "\${units[@]}"; do echo "$name $(unit_state is-enabled "$name") $(unit_state is-active "$name")"; done >"$1/units"
  }
  was_active() { # unit: whether it ran before the change
    systemd_runs && awk -v name="$1" '$1 == name && $3 !~ /^(inactive|failed|unknown)$/ { found = 1 } END { exit !found }' "$change/live/units"
  }
  left_unit() { # unit: its state as the change left it, or the word for the state that is asked about now
    if [ -n "$forced" ] || [ ! -e "$change/left/units" ]; then echo any any
    else awk -v name="$1" '$1 == name { print $2, $3; exit }' "$change/left/units"; fi
  }
  restore_units() { # what the change has changed
    local live=$change/live name enabled active left_enabled left_active now path target
    if [ ! -e "$live/units" ] || ! systemd_runs; then return 0; fi
    while read -r name enabled active; do
      read -r left_enabled left_active < <(left_unit "$name") || true
      now=$(unit_state is-enabled "$name")
      if [ "$left_enabled" != any ] && [ "$now" != "$left_enabled" ] && [ "$now" != "$enabled" ]; then
        tell "$name stays $now: that was changed by others since."
      else
        case $enabled,$now in
          enabled,enabled) ;;
          enabled,*) systemctl --quiet enable "$name" ;;
          disabled,enabled)
            systemctl --quiet disable "$name"
            # This boot means to start it already.
            if [ "$mode" = --take-back-at-boot ] && [ "$active" != active ]; then systemctl --no-block stop "$name"; fi ;;
        esac
      fi
      now=$(unit_state is-active "$name")
      # Whether a service that the change did not touch runs now is the business of others.
      if [ "$left_active" != any ] && [ "$left_active" = "$active" ]; then continue; fi
      case $active,$now in
        inactive,active | failed,active | inactive,activating | failed,activating) systemctl stop "$name" ;;
        active,inactive | active,failed) [ "$mode" = --take-back-at-boot ] || systemctl start "$name" ;;
      esac
    done <"$live/units"
    unit_links >"$run/links"
    if [ -n "$forced" ] || [ ! -e "$change/left/links" ]; then cp "$live/links" "$run/links.next"
    else
      { comm -23 "$run/links" <(comm -13 "$live/links" "$change/left/links"); comm -23 "$live/links" "$change/left/links"; } |
        sort -u >"$run/links.next"
    fi
    cmp -s "$run/links.next" "$run/links" && return 0
    while read -r path target; do
      rm -f "$path"
      rmdir --ignore-fail-on-non-empty "\${path%/*}"
    done < <(comm -13 "$run/links.next" "$run/links")
    while read -r path target; do
      mkdir -p "\${path%/*}"
      ln -s "$target" "$path"
    done < <(comm -23 "$run/links.next" "$run/links")
    systemctl daemon-reload
  }
`);
