import { lines } from '../../../quote/lines.ts';
import { sh } from '../../../quote/sh.ts';

/**
 * Kernel state that is in no file: our own nftables tables, which are named postern…, and our own iptables chains,
 * POSTERN…, with the places from which other chains jump to them. They are restored exactly, each family in one
 * transaction, so that they are never partially present. The same applies to the settings and routes that our files
 * name, now or before; forwarding is stored with its value for each interface, which the kernel changes along with the
 * global one (kernel documentation, ip-sysctl). State of other programs is not changed. The chains of ufw count as ours
 * if our script runs ufw, and then the policies of the built-in chains are restored in the same transaction, because
 * ufw sets them. Rules that others have added since are kept, such as those of fail2ban or Docker. Only if ufw was off,
 * and replaces a whole table when it is enabled, is the whole earlier table restored. Long after a change, the state
 * that it left is compared with the current state. If others have added rules to ufw since, ufw itself deletes the
 * rules of the change and adds those that the change had removed: ufw remains enabled, and SSH remains open.
 */
export const live = lines(sh`
  own_tables() { nft list tables | awk '$3 ~ /^postern/ { print $2, $3 }'; }
  filters() { # the programs of iptables that are here and whose family the kernel knows
    local tool
    for tool in iptables ip6tables; do
      if command -v "$tool-save" >/dev/null && { [ "$tool" = iptables ] || [ -e /proc/net/if_inet6 ]; }; then echo "$tool"; fi
    done
  }
  run_ufw() { LC_ALL=C.UTF-8 ufw "$@"; } # which cannot print every comment otherwise
  save_rules() { # into a folder
    local family table tool
    if command -v nft >/dev/null; then
      own_tables >"$1/tables"
      while read -r family table; do nft -s list table "$family" "$table"; done <"$1/tables" >"$1/nft"
    fi
    for tool in $(filters); do
      "$tool-save" >"$1/$tool"
      # Without a table the kernel accepts. That is said, or the policies of a table that ufw makes would stay behind.
      grep -q '^[*]filter' "$1/$tool" || printf '%s\n' '*filter' ':INPUT ACCEPT [0:0]' ':FORWARD ACCEPT [0:0]' ':OUTPUT ACCEPT [0:0]' COMMIT >>"$1/$tool"
    done
    if [[ $chains == *ufw* ]]; then run_ufw show added 2>/dev/null | grep '^ufw ' >"$1/ufw" || true; fi
  }
  save_live() { # before a change, into a folder
    save_rules "$1"
    name_kernel "$1"
    save_kernel "$1"
    save_units "$1"
  }
  save_left() { # after the change, into a folder
    save_rules "$1"
    cp "$change/live/settings" "$change/live/networks" "$1/"
    save_kernel "$1"
    save_units "$1"
  }
  own_rules() { # folder with saved rules, nftables or a program of iptables: what is ours in them, without what changes by itself
    case $2 in
      nftables)
        [ ! -e "$1/nft" ] || awk '
          /^\t(set|map) / { dynamic = 0 }
          /^\t\tflags .*dynamic/ { dynamic = 1 }
          /^\t\telements = / && dynamic { inside = 1 }
          !inside { print }
          /}/ { inside = 0 }
        ' "$1/nft" ;;
      *) [ ! -e "$1/$2" ] || awk '/^-A POSTERN/ || / -[gj] POSTERN/ || (/^:(INPUT|FORWARD|OUTPUT) / && policies) { sub(/ \[[0-9:]*\]$/, ""); print }' \
        policies="$([[ $chains != *ufw* ]] || echo 1)" "$1/$2" ;;
    esac
  }
  # How the rules in ufw are restored: all of its chains, as its files are; the chains with the rules of users, where it was
  # on before; or rule by rule, where others have changed some since.
  look_at_live() {
    local path
    ufw_way=all
    rm -rf "$run/live"
    mkdir -p "$run/live"
    save_rules "$run/live"
    [[ $chains == *ufw* && -z $forced ]] || return 0
    if grep -qsi '^ENABLED=yes' "$change/before/etc/ufw/ufw.conf"; then ufw_way=users; fi
    for path in /etc/ufw/user.rules /etc/ufw/user6.rules; do
      is_as "$change/before" "$path" "$path" || is_as "$change/after" "$path" "$path" || ufw_way=rules
    done
    [ "$ufw_way" != rules ] || tell 'Rules were added to ufw or removed since: they stay, and so do the SSH rules that the change added. ufw is not switched off.'
  }
  stays_with_ufw() { # path: whether it is left to ufw
    [ "$ufw_way" = rules ] || return 1
    case $1 in
      /etc/ufw/user.rules | /etc/ufw/user6.rules) ;;
      /etc/ufw/ufw.conf | /etc/default/ufw) ! grep -qsi '^ENABLED=yes' "$change/before/etc/ufw/ufw.conf" ;;
      *) return 1 ;;
    esac
  }
  rules_conflict() { # our own rules that others have changed go to $conflicts
    local name
    [ -e "$change/left" ] || return 0
    for name in nftables iptables ip6tables; do
      if is_kept "$name" || grep -qsFx "$name" "$change/overwrite" || [ "$(own_rules "$run/live" "$name")" = "$(own_rules "$change/live" "$name")" ]; then continue; fi
      [ "$(own_rules "$run/live" "$name")" = "$(own_rules "$change/left" "$name")" ] || conflicts+=("$name")
    done
  }
  restore_live() { # what the change has changed
    local live=$change/live family table tool pattern=$chains
    if [ -e "$live/nft" ] && command -v nft >/dev/null && ! is_kept nftables; then
      { own_tables | while read -r family table; do echo "delete table $family $table"; done; cat "$live/nft"; } >"$run/nft.next"
      nft -f "$run/nft.next"
    fi
    case $ufw_way in
      rules)
        pattern=POSTERN
        restore_ufw_rules ;;
      users) pattern=\${pattern/'ufw6?-'/'ufw6?-user-'} ;;
    esac
    for tool in $(filters); do
      if [ ! -e "$live/$tool" ] || is_kept "$tool"; then continue; fi
      if [ "$ufw_way" = all ] && replaced_by_ufw "$tool" "$live/$tool"; then
        if [ -n "$forced" ] || same_filter "$tool"; then "$tool-restore" -w -T filter <"$live/$tool"
        else tell "ufw had replaced the rules of $tool, and others have changed them since: those of before are in $live/$tool."; fi
      fi
      "$tool-save" >"$run/$tool.now"
      own_chains "$pattern" "$live/$tool" "$run/$tool.now" >"$run/$tool.next"
      [ ! -s "$run/$tool.next" ] || "$tool-restore" -w --noflush <"$run/$tool.next"
      # The chain of Docker that docker-user.sh made; refused unless it is empty and not in use.
      grep -q '^:DOCKER-USER ' "$live/$tool" || "$tool" -w -X DOCKER-USER 2>/dev/null || true
    done
    restore_kernel
  }
  same_filter() { # program of iptables: whether its rules are as the change left them
    local strip='/^#/d; s/ \[[0-9:]*\]$//'
    [ -e "$change/left/$1" ] && cmp -s <(sed "$strip" "$change/left/$1") <("$1-save" | sed "$strip")
  }
  restore_ufw_rules() { # by ufw itself, which keeps its policies meanwhile
    local line comment words rules left=$change/left/ufw
    [ -e "$left" ] || left=$run/live/ufw
    mapfile -t rules < <(grep -vFx -f "$change/live/ufw" "$run/live/ufw" | grep -Fx -f "$left" | grep " comment 'postern " | grep -v " comment 'postern ssh ")
    for line in "\${rules[@]}"; do
      comment=\${line##* comment \'}
      read -r -a words <<<"\${line%% comment \'*}"
      run_ufw delete "\${words[@]:1}" comment "\${comment%\'}"
    done
    mapfile -t rules < <(grep -vFx -f "$left" "$change/live/ufw" | grep -vFx -f <(run_ufw show added) | tac)
    for line in "\${rules[@]}"; do
      comment=''
      if [[ $line == *" comment '"*"'" ]]; then
        comment=\${line##* comment \'}
        comment=\${comment%\'}
      fi
      read -r -a words <<<"\${line%% comment \'*}"
      if [ "\${words[1]}" = route ]; then words=(route prepend "\${words[@]:2}"); else words=(prepend "\${words[@]:1}"); fi
      run_ufw "\${words[@]}" \${comment:+comment "$comment"}
    done
  }
  replaced_by_ufw() { # program of iptables, its rules of before: whether enabling ufw has removed the rules of others
    [[ $chains == *ufw* ]] && ! grep -q '^:ufw6*-user-input ' "$2" && "$1-save" -t filter | grep -E '^:(ufw6*-user-input|OUTPUT DROP) ' >/dev/null &&
      { grep -qi '^MANAGE_BUILTINS=yes' /etc/default/ufw || { [ "$1" = ip6tables ] && ! grep -qi '^IPV6=yes' /etc/default/ufw; }; }
  }
  named() { # path, script for sed: what the file of before and that of now name
    local set
    for set in "$state/change.next/before" "$state/then"; do
      if [ -e "$set$1" ]; then sed -nE "$2" "$set$1"; fi
    done | sort -u
  }
  name_kernel() { # the settings and networks that our files name, into a folder
    local path
    for path in "\${plain[@]}"; do
      case $path in
        /etc/sysctl.d/*) named "$path" 's/^(net[.][^ =]*).*/\1/p' ;;
      esac
    done >"$1/settings"
    for path in "\${plain[@]}"; do
      case $path in
        /usr/local/sbin/*) named "$path" 's/^ip (-[46]) route replace ([^ ]*) .*/\1 \2/p' ;;
      esac
    done >"$1/networks"
  }
  save_kernel() { # into a folder with those lists
    local key file
    if [ -s "$1/settings" ]; then
      while read -r key; do echo "$(sysctl -n "$key") /proc/sys/\${key//.//}"; done <"$1/settings" >"$1/values"
      for file in /proc/sys/net/ipv[46]/conf/*/forwarding; do echo "$(cat "$file") $file"; done >>"$1/values"
    fi
    routes_to "$1/networks" >"$1/routes"
  }
  routes_to() { # a list of networks; words that tell a state and are no part of a route are left out
    local family network
    while read -r family network; do
      ip "$family" route show exact "$network" | sed -E "s/ (linkdown|dead|expires [0-9]+sec)//g; s/^/$family /"
    done <"$1"
  }
  left_value() { # path: as the change left it
    [ ! -e "$change/left/values" ] || awk -v path="$1" '$2 == path { print $1; exit }' "$change/left/values"
  }
  wanted_values() { # of before, or the present one where others have changed it or the change has not
    local value path now left
    while read -r value path; do
      [ -e "$path" ] || continue
      now=$(cat "$path") left=$(left_value "$path")
      if [ -z "$forced" ] && [ -n "$left" ] && [ "$now" != "$value" ] && { [ "$left" = "$value" ] || [ "$now" != "$left" ]; }; then
        tell "$path stays $now: that was changed by others since." >&2
        value=$now
      fi
      echo "$value $path"
    done <"$change/live/values"
  }
  restore_kernel() { # one of the settings changes others, so all are written
    local live=$change/live value path family network words now
    if [ -e "$live/values" ]; then
      wanted_values >"$run/values"
      while read -r value path; do
        [ "$(cat "$path")" = "$value" ] || echo "$value" >"$path"
      done <"$run/values"
    fi
    [ -s "$live/networks" ] || return 0
    now=$(routes_to "$live/networks")
    if [ "$now" = "$(cat "$live/routes")" ]; then return 0; fi
    if [ -z "$forced" ] && [ -e "$change/left/routes" ] && [ "$now" != "$(cat "$change/left/routes")" ]; then
      tell "The routes stay, because others have changed them since. Those of before are in $live/routes."
      return 0
    fi
    while read -r family network; do
      while ip "$family" route del "$network" 2>/dev/null; do :; done
    done <"$live/networks"
    while read -r -a words; do ip "\${words[0]}" route add "\${words[@]:1}"; done <"$live/routes"
  }
  own_chains() { # pattern, two files: what brings our chains from the rules of the second file to those of the first
    awk -v own="^($1)" -v jump=" -[gj] ($1)[^ ]*$" '
      /^[*]/ { table = $1; if (!(table in seen)) { seen[table]; order[++tables] = table } }
      file == 1 && /^-A/ { place = ++count[table, $2] }
      /^:/ {
        chain = substr($1, 2)
        if (file == 2) present[table, chain]
        if (file == 1 && $2 != "-") policies[table] = policies[table] ":" chain " " $2 " [0:0]\n"
        if (chain !~ own) next
        if (chain !~ /^POSTERN/) ruled[table]
        if (!((table, chain) in made)) { made[table, chain]; head[table] = head[table] ":" chain " - [0:0]\n" }
        if (file == 1) kept[table, chain]
        else if (!((table, chain) in kept)) gone[table] = gone[table] "-X " chain "\n"
      }
      /^-A/ && $2 ~ own { if (file == 1) rules[table] = rules[table] $0 "\n"; next }
      /^-A/ && $0 ~ jump {
        rest = $0
        sub(/^-A [^ ]+ /, "", rest)
        if (file == 1) { at[++jumps] = table; from[jumps] = $2; where[jumps] = place; to[jumps] = rest }
        else out[table] = out[table] "-D " $2 " " rest "\n"
        next
      }
      file == 2 && /^-A/ { others[table, $2]++ }
      END {
        for (i = 1; i <= jumps; i++) { # to the same place, or to the end of a chain that is shorter now
          table = at[i]
          if (!((table, from[i]) in present)) continue
          last = ++others[table, from[i]]
          back[table] = back[table] "-I " from[i] " " (where[i] < last ? where[i] : last) " " to[i] "\n"
        }
        for (i = 1; i <= tables; i++) {
          table = order[i]
          if (table in head) printf "%s\n%s%s%s%s%s%sCOMMIT\n", table, (table in ruled ? policies[table] : ""), head[table], out[table], rules[table], back[table], gone[table]
        }
      }
    ' file=1 "$2" file=2 "$3"
  }
`);
