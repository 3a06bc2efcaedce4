import { lines } from '../../../quote/lines.ts';
import { sh } from '../../../quote/sh.ts';

/**
 * Where the files of PostgreSQL stand, on this machine and, in `inside`, by the name that the server has for the same
 * folder; and how a program runs as its account: setpriv, or what the official
 * image has.
 */
export const postgresPlaces = lines(sh`
  readonly conf=$config/postgresql.conf drop_in=$config/conf.d/postern.conf hba=$config/pg_hba.conf ident=$config/pg_ident.conf
  become_server() {
    if command -v gosu >/dev/null; then exec gosu "$account" "$@"; fi
    if command -v su-exec >/dev/null; then exec su-exec "$account" "$@"; fi
    exec setpriv --reuid "$account" --regid "$(id -g "$account")" --init-groups -- "$@"
  }
  as_server() (become_server "$@")
  psql_program() { if [ -x "$bin/psql" ]; then echo "$bin/psql"; else command -v psql; fi; }
  add_server_file() { # set, new file, its path
    if [ -e "$1$3" ]; then add_to_set "$1" "$2" "$3"; else add_to_set "$1" "$2" "$3" "$owner" 0640; fi
  }
`);

/** Speaking to the server that runs on this machine. */
export const runningServer = lines(sh`
  readonly server_log=/var/log/postern-server.log
  server_port() { sed -n 4p "$data/postmaster.pid"; }
  server_socket() { sed -n 5p "$data/postmaster.pid"; }
  ask() { # one statement; rows without decoration
    PGOPTIONS='-c lc_messages=C' as_server "$(psql_program)" -XAtq -h "$(server_socket)" -p "$(server_port)" -U "$superuser" -d postgres -c "$1"
  }
  running() { [ -s "$data/postmaster.pid" ] && ask 'select 1' >/dev/null 2>&1; }
  restart_server() {
    if systemd_runs && [ -n "$service" ]; then systemctl restart "$service"
    else
      touch "$server_log"
      chown "$account" "$server_log"
      as_server "$bin/pg_ctl" restart -D "$data" -o "-c config_file=$conf" -m fast -w -t 60 -l "$server_log" >/dev/null 9>&-
    fi
  }
  bring_up() { :; }
  install_certificates() { bash "$here/$certificates" "$here"; }
  try_set() { try_server "$1"; }
`);

/** What has to hold before a change, and the steps of a change, wherever the server runs. */
export const serverSteps = lines(sh`
  ready_postgres() {
    local name path
    if [ ! -d "$data" ] || [ ! -e "$conf" ]; then fail "There is no PostgreSQL $major in $config."; fi
    [ "$(cat "$data/PG_VERSION")" = "$major" ] || fail "This is PostgreSQL $(cat "$data/PG_VERSION"), and the files are for $major."
    running || fail 'PostgreSQL does not run, or does not let its superuser in by the local socket.'
    for name in config_file hba_file ident_file; do
      case $name in config_file) path=$inside/postgresql.conf ;; hba_file) path=$inside/pg_hba.conf ;; *) path=$inside/pg_ident.conf ;; esac
      [ "$(ask "show $name")" = "$path" ] || fail "The running server reads $(ask "show $name") as its $name, and not $path."
    done
    if [ "$mode" = --apply ] && [ -n "$certificates" ]; then install_certificates; fi
  }
  check_postgres() { # a set
    if [ "$mode" = --dry-run ] && [ ! -e "$certificate" ]; then
      tell 'The certificate is not in place yet, so PostgreSQL cannot try its files.'
      return 0
    fi
    try_set "$1"
    tell 'A PostgreSQL of its own has tried the files and takes them.'
  }
  place_postgres() {
    switch_server "$1"
    if [ -n "$override" ]; then put_or_remove "$1" "$override"; fi
  }
`);

/**
 * The candidate set of files is tried by a throw-away server of the same programs and account, which reads the very
 * files and opens no port. What it refuses never reaches the real server.
 */
export const scratchServer = lines(sh`
  # A setting that waits for a restart is said to be one that could not be applied; one whose value is wrong did not let
  # the throw-away server start.
  bad_rows() { # of the server that "$@" asks
    "$@" "select 'pg_hba.conf line ' || line_number || ': ' || coalesce(error, 'refused without a word') from pg_hba_file_rules
      where type is null union all select sourcefile || ' line ' || sourceline || ': ' || name || ': ' || error
      from pg_file_settings where error <> 'setting could not be applied'"
  }
  try_server() ( # a set of files that is to be
    set -euo pipefail
    scratch=$(mktemp -d /var/tmp/postern-check.XXXXXX)
    server=''
    trap 'if [ -n "$server" ]; then kill -INT "$server"; wait "$server" || true; fi 2>/dev/null; rm -rf "$scratch"' EXIT
    mkdir "$scratch/etc" "$scratch/etc/conf.d"
    cp "$config"/*.conf "$scratch/etc/" 2>/dev/null || true
    cp "$config"/conf.d/*.conf "$scratch/etc/conf.d/" 2>/dev/null || true
    for path in "$conf" "$drop_in" "$hba" "$ident"; do
      rm -f "$scratch/etc\${path#"$config"}"
      [ ! -e "$1$path" ] || cp "$1$path" "$scratch/etc\${path#"$config"}"
    done
    chown -R "$account" "$scratch"
    as_server "$bin/initdb" -D "$scratch/data" -U "$superuser" -A trust --no-sync >"$scratch/log" 2>&1 || { cat "$scratch/log" >&2; exit 1; }
    if [ -e "$data/postgresql.auto.conf" ]; then cp "$data/postgresql.auto.conf" "$scratch/data/"; chown "$account" "$scratch/data/postgresql.auto.conf"; fi
    become_server "$bin/postgres" -D "$scratch/data" -c "config_file=$scratch/etc/postgresql.conf" -c "data_directory=$scratch/data" \
      -c "hba_file=$scratch/etc/pg_hba.conf" -c "ident_file=$scratch/etc/pg_ident.conf" -c external_pid_file= -c listen_addresses= \
      -c "unix_socket_directories=$scratch" -c port=5432 -c shared_buffers=16MB -c huge_pages=off -c logging_collector=off \
      -c log_destination=stderr -c archive_mode=off -c shared_preload_libraries= -c fsync=off 9>&- >"$scratch/log" 2>&1 &
    server=$!
    scratch_ask() { # the plan's pg_hba.conf is in force, so its own local record for the superuser has to let us in
      PGOPTIONS='-c lc_messages=C' as_server "$(psql_program)" -XAtq -h "$scratch" -p 5432 -U "$superuser" -d postgres -c "$1"
    }
    for tries in {1..50}; do
      if scratch_ask 'select 1' >/dev/null 2>&1 || grep -q 'ready to accept connections' "$scratch/log"; then break; fi
      kill -0 "$server" 2>/dev/null || { echo 'PostgreSQL does not start with these files:' >&2; tail -n 20 "$scratch/log" >&2; exit 1; }
      [ "$tries" -lt 50 ] || { echo 'PostgreSQL did not get ready with these files.' >&2; exit 1; }
      sleep 0.2
    done
    # A server that started has read pg_hba.conf without an error; its own views say the same of settings.
    if rows=$(bad_rows scratch_ask 2>/dev/null) && [ -n "$rows" ]; then echo "$rows" >&2; exit 1; fi
  )
`);

/**
 * One switch. The set is up to four files, and only one file can be renamed at a time. So the one that decides is renamed
 * with two lines at its end that point to the others under names of their own; then the others take their usual names;
 * then the two lines go. A server that starts at any moment in between reads the old set or the new one as a whole.
 */
export const switchServer = lines(sh`
  includes_conf_d() { grep -Eq "^[[:space:]]*include_dir[[:space:]]*=?[[:space:]]*'conf[.]d'" "$1"; }
  switch_server() { # to a set
    local set=$1 pivot tag
    # Names of this switch alone: what an interrupted one points to stays until nothing points to it.
    tag=postern-$(date +%s%N)
    if cmp -s "$set$conf" "$conf"; then pivot=$drop_in; else pivot=$conf; fi
    put "$set$hba" "$hba.$tag"
    next_of "$set" "$ident"
    put "$set/next" "$ident.$tag"
    if [ "$pivot" = "$conf" ] && includes_conf_d "$set$conf"; then put_or_remove "$set" "$drop_in"; fi
    next_of "$set" "$pivot"
    printf "\nhba_file = '%s'\nident_file = '%s'\n" "$inside\${hba#"$config"}.$tag" "$inside\${ident#"$config"}.$tag" >>"$set/next"
    put "$set/next" "$pivot" # from here on the new set holds
    put_or_remove "$set" "$hba"
    put_or_remove "$set" "$ident"
    put_or_remove "$set" "$pivot"
    put_or_remove "$set" "$drop_in"
    rm -f "$hba".postern-[0-9]* "$ident".postern-[0-9]* "$config"/*.postern-put "$config"/conf.d/*.postern-put "$set/next"
  }
  next_of() { # set, path: a copy that may be changed; an empty file of the server's where there is none
    rm -f "$1/next"
    if [ -e "$1$2" ]; then cp -p "$1$2" "$1/next"
    else
      cp -p "$1$hba" "$1/next"
      : >"$1/next"
    fi
  }
`);

/** Tells the running server, restarts it where a setting needs that, and makes sure that what it runs is what was put. */
export const useServer = lines(sh`
  use_postgres() {
    local rows loaded tries
    bring_up
    running || { tell 'PostgreSQL does not run.' >&2; return 1; }
    rows=$(bad_rows ask)
    [ -z "$rows" ] || { echo "$rows" >&2; return 1; }
    loaded=$(ask 'select pg_conf_load_time()')
    ask 'select pg_reload_conf()' >/dev/null
    for tries in {1..50}; do
      [ "$(ask 'select pg_conf_load_time()')" = "$loaded" ] || break
      [ "$tries" -lt 50 ] || { tell 'PostgreSQL did not reload: its log says why.' >&2; return 1; }
      sleep 0.1
    done
    sleep 0.3
    if [ -n "$(ask 'select name from pg_settings where pending_restart')" ]; then
      tell 'A setting needs a restart: restarting PostgreSQL.'
      restart_server
    fi
    for tries in {1..60}; do
      ! running || return 0
      sleep "0.$((tries % 5 + 3))"
    done
    return 1
  }
  back_postgres() { # the folder of a backup
    place_postgres "$1/set"
    [ "$mode" != --take-back-at-boot ] || return 0
    attempt use_postgres
    [ "$outcome" -eq 0 ] || restart_server
  }
`);
