import { lines } from '../../../quote/lines.ts';
import { sh } from '../../../quote/sh.ts';

/**
 * What the kernel holds and no file says: our own tables of nftables, which are named postern…, and our own chains of
 * iptables, POSTERN…, with the places from which other chains jump to them. They come back exactly, each family in one
 * transaction, so that there is no moment with a part of them. So do the settings and routes that our files name, now or
 * before; forwarding with its value for each interface, which the kernel changes along with the one for all
 * (kernel documentation, ip-sysctl). What belongs to others is not touched.
 */
export const live = lines(sh`
  own_tables() { nft list tables | awk '$3 ~ /^postern/ { print $2, $3 }'; }
  filters() { # the programs of iptables that are here and whose family the kernel knows
    local tool
    for tool in iptables ip6tables; do
      if command -v "$tool-save" >/dev/null && { [ "$tool" = iptables ] || [ -e /proc/net/if_inet6 ]; }; then echo "$tool"; fi
    done
  }
  save_live() { # into a folder
    local family table tool
    if command -v nft >/dev/null; then
      own_tables >"$1/tables"
      while read -r family table; do nft -s list table "$family" "$table"; done <"$1/tables" >"$1/nft"
    fi
    for tool in $(filters); do "$tool-save" >"$1/$tool"; done
    save_kernel "$1"
  }
  restore_live() { # from a folder
    local family table tool
    if [ -e "$1/nft" ] && command -v nft >/dev/null; then
      { own_tables | while read -r family table; do echo "delete table $family $table"; done; cat "$1/nft"; } >"$state/nft.next"
      nft -f "$state/nft.next"
    fi
    for tool in $(filters); do
      [ -e "$1/$tool" ] || continue
      "$tool-save" >"$state/$tool.now"
      own_chains "$1/$tool" "$state/$tool.now" >"$state/$tool.next"
      [ ! -s "$state/$tool.next" ] || "$tool-restore" -w --noflush <"$state/$tool.next"
    done
    restore_kernel "$1"
  }
  named() { # path, script for sed: what the file of before and that of now name
    local set
    for set in "$state/backup.next/set" "$state/then"; do
      if [ -e "$set$1" ]; then sed -nE "$2" "$set$1"; fi
    done | sort -u
  }
  save_kernel() { # into a folder
    local path key file
    for path in "\${plain[@]}"; do
      case $path in
        /etc/sysctl.d/*) named "$path" 's/^(net[.][^ =]*).*/\1/p' ;;
      esac
    done >"$1/settings"
    if [ -s "$1/settings" ]; then
      while read -r key; do echo "$(sysctl -n "$key") /proc/sys/\${key//.//}"; done <"$1/settings" >"$1/values"
      for file in /proc/sys/net/ipv[46]/conf/*/forwarding; do echo "$(cat "$file") $file"; done >>"$1/values"
    fi
    for path in "\${plain[@]}"; do
      case $path in
        /usr/local/sbin/*) named "$path" 's/^ip (-[46]) route replace ([^ ]*) .*/\1 \2/p' ;;
      esac
    done >"$1/networks"
    routes_to "$1/networks" >"$1/routes"
  }
  routes_to() { # a list of networks; words that tell a state and are no part of a route are left out
    local family network
    while read -r family network; do
      ip "$family" route show exact "$network" | sed -E "s/ (linkdown|dead|expires [0-9]+sec)//g; s/^/$family /"
    done <"$1"
  }
  restore_kernel() { # from a folder
    local value path family network words
    if [ -e "$1/values" ]; then
      while read -r value path; do
        if [ -e "$path" ] && [ "$(cat "$path")" != "$value" ]; then echo "$value" >"$path"; fi
      done <"$1/values"
    fi
    if [ -s "$1/networks" ] && [ "$(routes_to "$1/networks")" != "$(cat "$1/routes")" ]; then
      while read -r family network; do
        while ip "$family" route del "$network" 2>/dev/null; do :; done
      done <"$1/networks"
      while read -r -a words; do ip "\${words[0]}" route add "\${words[@]:1}"; done <"$1/routes"
    fi
  }
  own_chains() { # what brings our chains from the rules of the second file to those of the first
    awk '
      /^[*]/ { table = $1; if (!(table in seen)) { seen[table]; order[++tables] = table } }
      file == 1 && /^-A/ { place = ++count[table, $2] }
      /^:POSTERN/ {
        chain = substr($1, 2)
        if (!((table, chain) in made)) { made[table, chain]; head[table] = head[table] ":" chain " - [0:0]\n" }
        if (file == 1) kept[table, chain]
        else if (!((table, chain) in kept)) gone[table] = gone[table] "-X " chain "\n"
      }
      /^-A POSTERN/ { if (file == 1) rules[table] = rules[table] $0 "\n"; next }
      / -[gj] POSTERN/ {
        rest = $0
        sub(/^-A [^ ]+ /, "", rest)
        if (file == 1) jumps[table] = jumps[table] "-I " $2 " " place " " rest "\n"
        else out[table] = out[table] "-D " $2 " " rest "\n"
      }
      END {
        for (i = 1; i <= tables; i++) {
          table = order[i]
          if (table in head) printf "%s\n%s%s%s%s%sCOMMIT\n", table, head[table], out[table], rules[table], jumps[table], gone[table]
        }
      }
    ' file=1 "$1" file=2 "$2"
  }
`);
