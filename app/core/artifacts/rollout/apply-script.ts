import { lines } from '../../quote/lines.ts';
import { sh } from '../../quote/sh.ts';

/** Paths, words for the user, the lock, and how the server is spoken to. */
export const control = lines(sh`
  readonly server_log=/var/log/postern-server.log state=/var/lib/postern log=/var/log/postern-apply.log
  readonly conf=$config/postgresql.conf drop_in=$config/conf.d/postern.conf hba=$config/pg_hba.conf ident=$config/pg_ident.conf
  mode=\${1:---apply}
  here=$(cd "$(dirname "$0")" && pwd)
  readonly here

  tell() { echo "$*" || true; printf '%s %s\n' "$(date +%Y-%m-%dT%H:%M:%S)" "$*" >>"$log" 2>/dev/null || true; }
  fail() { tell "$*" >&2; exit 1; }
  become_server() { exec setpriv --reuid "$account" --regid "$(id -g "$account")" --init-groups -- "$@"; }
  as_server() (become_server "$@")
  psql_program() { if [ -x "$bin/psql" ]; then echo "$bin/psql"; else command -v psql; fi; }
  server_port() { sed -n 4p "$data/postmaster.pid"; }
  server_socket() { sed -n 5p "$data/postmaster.pid"; }
  ask() { # one statement; rows without decoration
    PGOPTIONS='-c lc_messages=C' as_server "$(psql_program)" -XAtq -h "$(server_socket)" -p "$(server_port)" -U "$superuser" -d postgres -c "$1"
  }
  running() { [ -s "$data/postmaster.pid" ] && ask 'select 1' >/dev/null 2>&1; }
  systemd_runs() { [ -d /run/systemd/system ] && [ -n "$service" ]; }
  restart_server() {
    if systemd_runs; then systemctl restart "$service"
    else
      touch "$server_log"
      chown "$account" "$server_log"
      as_server "$bin/pg_ctl" restart -D "$data" -o "-c config_file=$conf" -m fast -w -t 60 -l "$server_log" >/dev/null 9>&-
    fi
  }
  attempt() { # a step that may fail, with every command of it counting; the outcome is in $outcome
    set +e
    (set -e; "$@")
    outcome=$?
    set -e
  }
  wait_for_server() {
    local tries
    for tries in {1..60}; do
      if running; then return 0; fi
      sleep "0.$((tries % 5 + 3))"
    done
    return 1
  }

  for program in setpriv flock diff cmp sync install; do
    command -v "$program" >/dev/null || { echo "$program is not installed." >&2; exit 1; }
  done
  [ "$(id -u)" -eq 0 ] || { echo 'Run this as root: sudo bash apply.sh' >&2; exit 1; }
  case $mode in
    --apply | --dry-run | --confirm | --rollback | --take-back | --take-back-at-boot | --status) ;;
    --guard) sleep "$seconds"; mode=--take-back ;;
    *) echo 'Use: apply.sh [--dry-run | --confirm | --rollback | --status]' >&2; exit 2 ;;
  esac
  readonly mode
  mkdir -p "$state"
  exec 9>"$state/lock"
  flock -w 120 9 || fail 'Another apply.sh is at work on this machine.'
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
  check_set() ( # a folder with the set of files that is to be
    set -euo pipefail
    scratch=$(mktemp -d /var/tmp/postern-check.XXXXXX)
    server=''
    trap 'if [ -n "$server" ]; then kill -INT "$server"; wait "$server" || true; fi 2>/dev/null; rm -rf "$scratch"' EXIT
    mkdir "$scratch/etc" "$scratch/etc/conf.d"
    cp "$config"/*.conf "$scratch/etc/" 2>/dev/null || true
    cp "$config"/conf.d/*.conf "$scratch/etc/conf.d/" 2>/dev/null || true
    rm -f "$scratch/etc/conf.d/postern.conf"
    for name in postgresql.conf pg_hba.conf pg_ident.conf; do [ ! -e "$1/$name" ] || cp "$1/$name" "$scratch/etc/$name"; done
    [ ! -e "$1/postern.conf" ] || cp "$1/postern.conf" "$scratch/etc/conf.d/postern.conf"
    chown -R "$account:" "$scratch"
    as_server "$bin/initdb" -D "$scratch/data" -U "$superuser" -A trust --no-sync >"$scratch/log" 2>&1 || { cat "$scratch/log" >&2; exit 1; }
    if [ -e "$data/postgresql.auto.conf" ]; then cp "$data/postgresql.auto.conf" "$scratch/data/"; chown "$account:" "$scratch/data/postgresql.auto.conf"; fi
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
export const placing = lines(sh`
  keys=(postgresql.conf postern.conf pg_hba.conf pg_ident.conf)
  path_of() { case $1 in postgresql.conf) echo "$conf" ;; postern.conf) echo "$drop_in" ;; pg_hba.conf) echo "$hba" ;; *) echo "$ident" ;; esac; }
  save_set() { # the files as they are now, into a folder; what is not there is noted
    local key path
    mkdir -p "$1"
    for key in "\${keys[@]}"; do
      path=$(path_of "$key")
      if [ -e "$path" ]; then cp -p "$path" "$1/$key"; else : >"$1/$key.absent"; fi
    done
  }
  make_set() { # the files as they are to be, from those of $1, into $2
    rm -rf "$2"
    cp -rp "$1" "$2"
    cp "$here/$new_conf" "$2/postern.conf"
    rm -f "$2/postern.conf.absent"
    if [ -n "$new_hba" ]; then cp "$here/$new_hba" "$2/pg_hba.conf"; rm -f "$2/pg_hba.conf.absent"; fi
    if [ -n "$new_ident" ]; then cp "$here/$new_ident" "$2/pg_ident.conf"; rm -f "$2/pg_ident.conf.absent"; fi
    if [ -n "$include_line" ] && ! includes_conf_d "$2/postgresql.conf"; then
      printf '\n%s\n' "$include_line" >>"$2/postgresql.conf"
    fi
  }
  includes_conf_d() { grep -Eq "^[[:space:]]*include_dir[[:space:]]*=?[[:space:]]*'conf[.]d'" "$1"; }
  put() { # a file under a path, whole or not at all; owner and mode as what stood there, else the server's own
    local next=$2.postern-put
    [ -d "$(dirname "$2")" ] || install -d -o "$account" -g "$(id -g "$account")" -m 0755 "$(dirname "$2")"
    cp "$1" "$next"
    if [ -e "$2" ]; then chown --reference="$2" "$next"; chmod --reference="$2" "$next"
    else chown "$account:" "$next"; chmod 0640 "$next"; fi
    if command -v restorecon >/dev/null; then restorecon "$next" 2>/dev/null || true; fi
    sync "$next"
    mv -f "$next" "$2"
    sync "$(dirname "$2")"
  }
  put_or_remove() { # key of the set in $1
    if [ -e "$1/$2" ]; then put "$1/$2" "$(path_of "$2")"
    elif [ -e "$1/$2.absent" ]; then rm -f "$(path_of "$2")"; fi
  }
  switch_to() { # a folder with a set
    local set=$1 pivot target tag
    # Names of this switch alone: what an interrupted one points to stays until nothing points to it.
    tag=postern-$(date +%s%N)
    if cmp -s "$set/postgresql.conf" "$conf"; then pivot=postern.conf; else pivot=postgresql.conf; fi
    target=$(path_of "$pivot")
    put "$set/pg_hba.conf" "$hba.$tag"
    if [ -e "$set/pg_ident.conf" ]; then cp "$set/pg_ident.conf" "$set/next"; else : >"$set/next"; fi
    put "$set/next" "$ident.$tag"
    if [ "$pivot" = postgresql.conf ] && includes_conf_d "$set/postgresql.conf"; then put_or_remove "$set" postern.conf; fi
    if [ -e "$set/$pivot" ]; then cp "$set/$pivot" "$set/next"; else : >"$set/next"; fi
    printf "\nhba_file = '%s'\nident_file = '%s'\n" "$hba.$tag" "$ident.$tag" >>"$set/next"
    put "$set/next" "$target" # from here on the new set holds
    put_or_remove "$set" pg_hba.conf
    put_or_remove "$set" pg_ident.conf
    put_or_remove "$set" "$pivot"
    put_or_remove "$set" postern.conf
    rm -f "$hba".postern-[0-9]* "$ident".postern-[0-9]* "$config"/*.postern-put "$config"/conf.d/*.postern-put "$set/next"
  }
  use_files() { # tells the server, restarts where a setting needs it, and makes sure that what it runs is what was put
    local rows loaded tries
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
    wait_for_server
  }
`);

/** The modes: apply within a guarded window, confirm, take back. */
export const confirmation = lines(sh`
  differences() { # between two sets
    local key outcome
    for key in "\${keys[@]}"; do
      outcome=0
      diff -u --label "$(path_of "$key") now" --label "$(path_of "$key") then" \
        "$([ -e "$1/$key" ] && echo "$1/$key" || echo /dev/null)" "$([ -e "$2/$key" ] && echo "$2/$key" || echo /dev/null)" || outcome=$?
      [ "$outcome" -le 1 ]
    done
  }
  same_sets() {
    local key
    for key in "\${keys[@]}"; do
      if [ -e "$1/$key" ] || [ -e "$2/$key" ]; then cmp -s "$1/$key" "$2/$key" || return 1; fi
    done
  }
  guard() { # takes the change back later, even if this session is gone by then
    install -m 0700 "$here/apply.sh" "$state/apply.sh"
    if systemd_runs; then
      systemctl stop postern-take-back.timer 2>/dev/null || true
      systemd-run --quiet --collect --on-active="$seconds" --unit=postern-take-back /bin/bash "$state/apply.sh" --take-back
      # And before the server starts, should the machine restart within the time.
      printf '%s\n' '[Unit]' "ConditionPathExists=$state/pending" "Before=$service" '[Service]' Type=oneshot \
        "ExecStart=/bin/bash $state/apply.sh --take-back-at-boot" '[Install]' WantedBy=multi-user.target \
        >/etc/systemd/system/postern-take-back-boot.service
      systemctl daemon-reload
      systemctl --quiet enable postern-take-back-boot.service
    else
      setsid bash "$state/apply.sh" --guard "$(cat "$state/pending")" 9>&- </dev/null >/dev/null 2>&1 &
    fi
  }
  unguard() {
    rm -f "$state/pending"
    if systemd_runs; then
      [[ $mode == --take-back* ]] || systemctl stop postern-take-back.timer 2>/dev/null || true
      systemctl --quiet disable postern-take-back-boot.service 2>/dev/null || true
      rm -f /etc/systemd/system/postern-take-back-boot.service
    fi
  }
  take_back() { # to the set in force before the last apply.sh
    [ -e "$state/backup/set/postgresql.conf" ] || fail 'There is nothing to go back to.'
    tell 'Taking the change back.'
    switch_to "$state/backup/set"
    if [ "$mode" != --take-back-at-boot ]; then
      outcome=1
      if running; then attempt use_files; fi
      [ "$outcome" -eq 0 ] || restart_server
    fi
    unguard
    tell 'The files are as they were before.'
  }
  is_ours() { # the running server reads the files that are about to change
    local name path
    for name in config_file hba_file ident_file; do
      case $name in config_file) path=$conf ;; hba_file) path=$hba ;; *) path=$ident ;; esac
      [ "$(ask "show $name")" = "$path" ] || fail "The running server reads $(ask "show $name") as its $name, and not $path."
      [ ! -L "$path" ] || fail "$path is a link: put the files in place by the README."
    done
  }
  apply() {
    if [ ! -d "$data" ] || [ ! -e "$conf" ]; then fail "There is no PostgreSQL $major in $config."; fi
    [ "$(cat "$data/PG_VERSION")" = "$major" ] || fail "This is PostgreSQL $(cat "$data/PG_VERSION"), and the files are for $major."
    running || fail 'PostgreSQL does not run, or does not let its superuser in by the local socket.'
    is_ours
    if [ "$mode" = --apply ] && [ -n "$certificates" ]; then bash "$here/$certificates" "$here"; fi
    rm -rf "$state/now" "$state/then"
    save_set "$state/now"
    make_set "$state/now" "$state/then"
    differences "$state/now" "$state/then"
    if same_sets "$state/now" "$state/then"; then
      tell 'The files are in place already.'
      return 0
    fi
    if [ "$mode" = --dry-run ] && [ ! -e "$certificate" ]; then
      tell 'The certificate is not in place yet, so the files cannot be tried.'
    else
      attempt check_set "$state/then"
      [ "$outcome" -eq 0 ] || fail 'Nothing was changed: PostgreSQL refuses these files.'
      tell 'A PostgreSQL of its own has tried the files and takes them.'
    fi
    [ "$mode" = --apply ] || { tell 'Dry run: nothing was changed.'; return 0; }
    rm -rf "$state/backup.next"
    mkdir "$state/backup.next"
    mv "$state/now" "$state/backup.next/set"
    sync "$state"/backup.next/set/* "$state/backup.next/set" "$state/backup.next"
    rm -rf "$state/backup.before"
    if [ -e "$state/backup" ]; then mv "$state/backup" "$state/backup.before"; fi
    mv "$state/backup.next" "$state/backup"
    date +%s.%N >"$state/pending"
    sync "$state/pending" "$state"
    guard
    trap 'take_back; exit 1' INT TERM HUP
    switch_to "$state/then"
    attempt use_files
    if [ "$outcome" -ne 0 ]; then take_back; fail 'PostgreSQL did not take the files; they are as they were before.'; fi
    trap - INT TERM HUP
    tell "In force. Try a login from another window now, then: sudo bash $here/apply.sh --confirm"
    tell "Without that, everything is taken back in $seconds seconds."
  }

  # What an earlier run left half done is taken back first.
  if [ -e "$state/pending" ] && [ "$mode" = --apply ]; then
    tell 'An earlier change was never confirmed.'
    take_back
  fi
  case $mode in
    --apply | --dry-run) apply ;;
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
