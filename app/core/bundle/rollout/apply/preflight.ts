import { firewallOn } from '../../../model/host-firewall.ts';
import type { AccessModel, HostKind } from '../../../model/model.ts';
import { lines } from '../../../quote/lines.ts';
import { type Sh, sh, shWord } from '../../../quote/sh.ts';
import { join } from '../../../quote/template.ts';
import type { Machine } from '../../file.ts';
import type { Host } from './host.ts';
import { programsOf } from './programs.ts';
import { functionOf } from './uses.ts';

/** Free space in MB required where files are written; with less, the change is not started. */
const FREE_MB = 50;

/**
 * `--check`: what could stop the change or take the server down, as a table. It changes nothing, not even the state
 * folder, and runs before anything is installed. Each row is a step that prints what it found and returns 0 (good), 1
 * (warning) or 2 (the change would fail).
 */
export function preflight(model: AccessModel, host: Host): Sh[] {
  const server = host.postgres.length > 0;
  const rows: readonly (readonly [string, Sh])[] = [
    ['System', sh`row_system`],
    ['Programs', sh`row_programs`],
    ['Free space', sh`row_space`],
    ['Clock', sh`row_clock`],
    ['Mandatory access control', sh`row_mac`],
    ['Firewall', sh`row_firewall`],
    ['Earlier change', sh`row_earlier`],
    ...(server
      ? ([
          ['PostgreSQL', sh`row_server`],
          ['Addresses', sh`row_addresses`],
          ['Present settings', sh`row_settings`],
          ['Sessions', sh`row_sessions`],
          ['New files', sh`row_files`],
        ] as const)
      : []),
  ];
  return [
    ...lines(sh`
      stops=0 warnings=0
      row() { # name, step
        local said code word
        set +e
        said=$("$2" 2>&1)
        code=$?
        set -e
        case $code in
          0) word=ok ;;
          1) word=warning warnings=$((warnings + 1)) ;;
          *) word=STOP stops=$((stops + 1)) ;;
        esac
        printf '%-8s %-26s %s\n' "$word" "$1" "$(sed '2,$s/^/                                    /' <<<"$said")"
      }
      has_program() { # command -v also finds a file that is not executable
        [ -x "$(PATH=$PATH:/usr/sbin:/sbin command -v "$1")" ]
      }
      of_release() { sed -nE "s/^$1=\"?([^\"]*)\"?\$/\\1/p" /etc/os-release 2>/dev/null || true; } # os-release(5)
      row_space() {
        local place free least='' where=''
        for place in /etc /var/lib /var/tmp${server ? sh` "$data"` : sh``}; do
          if [ ! -d "$place" ]; then continue; fi
          free=$(df -Pm "$place" | awk 'NR == 2 { print $4 }')
          if [ -z "$least" ] || [ "$free" -lt "$least" ]; then least=$free where=$place; fi
        done
        echo "$least MB free in $where"
        [ "$least" -ge ${FREE_MB} ] || return 2
      }
      row_earlier() {
        if [ -e "/var/lib/postern/$machine/pending" ]; then
          echo 'One waits to be confirmed. Installing the files rolls it back first.'
          return 1
        fi
        echo 'none waits to be confirmed'
      }
      row_clock() { # certificates and logs need the right time
        local synchronized
        date '+%Y-%m-%d %H:%M:%S %Z'
        synchronized=$(timedatectl show -p NTPSynchronized --value 2>/dev/null) || return 0
        if [ "$synchronized" = no ]; then echo 'The clock is not synchronized.'; return 1; fi
      }
      row_mac() {
        local found=''
        if command -v getenforce >/dev/null && [ "$(getenforce)" != Disabled ]; then found="SELinux: $(getenforce)"; fi
        if [ "$(cat /sys/module/apparmor/parameters/enabled 2>/dev/null)" = Y ]; then found="\${found:+$found; }AppArmor is enabled"; fi
        echo "\${found:-none}"
      }
    `),
    ...functionOf(sh`row_system`, systemRow(model, server)),
    ...functionOf(sh`row_programs`, programRow(model, host)),
    ...functionOf(sh`row_firewall`, firewallRow(model, host)),
    ...(server ? serverRows(host) : []),
    ...functionOf(sh`preflight`, [
      ...rows.map(([name, step]) => sh`row ${shWord(name)} ${step}`),
      ...lines(sh`
        echo "$stops would stop the change, $warnings to know first. Nothing was changed."
        [ "$stops" -eq 0 ]
      `),
    ]),
  ];
}

function systemRow(model: AccessModel, server: boolean): Sh[] {
  const { platform } = model.platform;
  const expected = platform === 'debian' ? 'debian' : platform === 'rhel' ? 'rhel' : null;
  return [
    ...lines(sh`
      local name
      name=$(of_release PRETTY_NAME)
      systemd_runs || name="$name, without systemd"
      echo "\${name:-unknown}"
    `),
    ...(server && expected !== null
      ? lines(sh`
          case " $(of_release ID) $(of_release ID_LIKE) " in
            ${expected === 'rhel' ? sh`*' rhel '* | *' fedora '* | *' centos '*` : sh`*' debian '* | *' ubuntu '*`}) ;;
            *)
              echo 'The plan is for another system: its paths may not exist here.'
              return 1 ;;
          esac
        `)
      : []),
  ];
}

function programRow(model: AccessModel, host: Host): Sh[] {
  const family = onServer(host) && model.platform.platform === 'rhel' ? 'rhel' : 'debian';
  return [
    sh`local pair missing='' packages='' programs=(${join(
      programsOf(host, family).map((program) => shWord(`${program.command}:${program.package}`)),
      ' ',
    )})`,
    ...lines(sh`
      for pair in "\${programs[@]}"; do
        has_program "\${pair%%:*}" || missing+=" \${pair%%:*}" packages+=" \${pair#*:}"
      done
      if [ -n "$missing" ]; then
        echo "Not installed:$missing. Packages:$packages"
        return 2
      fi
      echo 'all installed'
    `),
  ];
}

/** Two programs that both manage the rules of one machine undo each other's work. */
function firewallRow(model: AccessModel, host: Host): Sh[] {
  const planned = firewallOn(model.plan, KIND[host.machine] ?? 'peer');
  return [
    ...lines(sh`
    local active='' name
    if command -v ufw >/dev/null && ufw status 2>/dev/null | grep -q '^Status: active'; then active+=' ufw'; fi
    if command -v firewall-cmd >/dev/null && firewall-cmd --state >/dev/null 2>&1; then active+=' firewalld'; fi
    for name in nftables netfilter-persistent; do
      if systemd_runs && systemctl --quiet is-enabled "$name" 2>/dev/null; then active+=" $name"; fi
    done
    echo "In use:\${active:- none}. In the plan: "${shWord(planned)}
    `),
    ...(planned === 'ufw'
      ? lines(sh`
          if [[ $active != *ufw* ]]; then
            echo 'ufw will be switched on, and every port without a rule of ufw is then closed. Listening now:'
            ss -Htuln 2>/dev/null | awk '{ print "  " $1, $5 }'
            return 1
          fi
        `)
      : []),
    ...lines(sh`
    for name in $active; do
      if [ "$name" != ${shWord(planned)} ]; then
        echo "$name manages rules of its own: packets must pass those as well."
        return 1
      fi
    done
    `),
  ];
}

const KIND: Readonly<Partial<Record<Machine, HostKind>>> = {
  'database-server': 'server',
  replicas: 'replica',
  'vpn-gateway': 'gateway',
  bastion: 'bastion',
};

const onServer = ({ machine }: Host): boolean => machine === 'database-server' || machine === 'replicas';

function serverRows(host: Host): Sh[] {
  const restarts = host.postgres.some(({ apply }) => apply === 'restart');
  return lines(sh`
    row_server() {
      attempt ready
      [ "$outcome" -eq 0 ] || return 2
      echo "$(ask 'select version()' | cut -d, -f1), data directory $data, port $(server_port)"
    }
    row_addresses() { # the server listens only on those that are up when it starts
      local address missing=''
      command -v ip >/dev/null || { echo 'Without ip they cannot be checked.'; return 1; }
      for address in "\${addresses[@]}"; do
        [ -n "$(ip -o address show to "$address" 2>/dev/null)" ] || missing+=" $address"
      done
      if [ -n "$missing" ]; then echo "This machine does not have:$missing"; return 1; fi
      echo "present: \${addresses[*]:-none to check}"
    }
    row_settings() { # those that no new file of the plan can set
      local found
      found=$(ask "select string_agg(name || ' = ' || setting || ' (' || source || coalesce(', ' || sourcefile, '') || ')', E'\n' order by name)
        from pg_settings where source in ('command line', 'environment variable') and name not in ('config_file', 'data_directory', 'hba_file', 'ident_file', 'external_pid_file')
          or sourcefile like '%/postgresql.auto.conf'") || return 2
      echo "\${found:-no ALTER SYSTEM, no options of the command line}"
      if [ -n "$(ask 'select name from pg_settings where pending_restart')" ]; then
        echo 'Earlier changes of settings already wait for a restart.'
        return 1
      fi
    }
    row_sessions() {
      local found
      found=$(ask "select string_agg(line, E'\n') from (select count(*) || ' of ' || coalesce(usename, '?') || ' in ' || coalesce(datname, '?') || ' from '
        || coalesce(host(client_addr), 'the local socket') || coalesce(nullif(' (' || application_name || ')', ' ()'), '') as line
        from pg_stat_activity where pid <> pg_backend_pid() and backend_type in ('client backend', 'walsender') group by usename, datname, client_addr, application_name order by count(*) desc limit 10) as sessions") || return 2
      echo "\${found:-none}"
      if [ -n "$found" ] && ${restarts ? sh`true` : sh`false`}; then
        echo 'Settings that need a restart disconnect them.'
        return 1
      fi
    }
    row_files() {
      compare
      if same_sets "$state/now" "$state/then"; then echo 'in place already'; return 0; fi
      attempt check "$state/then"
      [ "$outcome" -eq 0 ] || return 2
    }
  `);
}
