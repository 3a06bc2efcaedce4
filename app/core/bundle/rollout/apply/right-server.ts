import { lines } from '../../../quote/lines.ts';
import { sh } from '../../../quote/sh.ts';

/**
 * Several servers may run on one machine, and a plan may name the files of one and the unit or the port of another. So
 * the data directory, the process that uses it, its unit and its port are compared before anything changes. The port
 * may differ if the plan moves the server to another one that is not in use.
 */
export const rightServer = lines(sh`
  wrong_server() {
    tell "$1" >&2
    if command -v pg_lsclusters >/dev/null; then
      tell 'pg_lsclusters shows these servers:' >&2
      tell "$(pg_lsclusters 2>&1)" >&2
    fi
    fail 'Nothing was changed: the plan must describe one server. Correct its cluster name, directories or port.'
  }
  same_data() {
    local shown
    shown=$(ask 'show data_directory')
    [ "$shown" -ef "$data" ] || wrong_server "The plan's data directory is $data, and the server there reports $shown."
  }
  same_unit() {
    local id main holder
    if [ -z "$service" ] || ! systemd_runs; then return 0; fi
    id=$(postmaster)
    main=$(systemctl show -p MainPID "$service" | sed -n 's/^MainPID=//p')
    [ "$main" != "$id" ] || return 0
    holder=$(sed -nE 's/.*[/]([^/]*[.](service|scope))$/\1/p' "/proc/$id/cgroup" | head -n 1)
    case $main in
      '' | 0) main='no process' ;;
      *) main="process $main" ;;
    esac
    wrong_server "The unit $service runs $main, and PostgreSQL in $data is process $id of \${holder:-no unit}."
  }
  port_taken() { # who else has the port of the plan: another cluster, even one that is stopped, or whatever listens there
    local taken=''
    if command -v pg_lsclusters >/dev/null; then
      taken=$(pg_lsclusters -h | awk -v port="$port" -v data="$data" '$3 == port && $6 != data { print "cluster " $1 "/" $2; exit }')
    fi
    if [ -z "$taken" ] && cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
      awk -v port="$(printf ':%04X' "$port")" '$4 == "0A" && substr($2, length($2) - 4) == port { found = 1 } END { exit !found }'; then
      taken='another program'
    fi
    echo "$taken"
  }
  same_port() {
    local now taken
    now=$(server_port)
    [ "$now" != "$port" ] || return 0
    taken=$(port_taken)
    [ -z "$taken" ] || wrong_server "The plan's port is $port, which belongs to $taken. PostgreSQL in $data uses port $now."
    tell "PostgreSQL moves from port $now to port $port."
  }
  same_socket() {
    local folder
    folder=$(server_socket)
    [ "$folder" -ef "$socket" ] || tell "The local socket is in $folder: use that instead of $socket in the commands of the README."
  }
  right_server() {
    same_data
    same_unit
    same_port
    same_socket
  }
`);
