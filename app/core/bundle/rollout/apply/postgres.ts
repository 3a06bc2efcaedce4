import { lines } from '../../../quote/lines.ts';
import { sh } from '../../../quote/sh.ts';

/**
 * PostgreSQL's files on this machine and, in `inside`, the server's name for the same folder; and how a program runs as
 * its account: setpriv, or the equivalent in the official image. Settings name the files in `named_files`.
 */
export const postgresPlaces = lines(sh`
  readonly conf=$config/postgresql.conf drop_in=$config/conf.d/postern.conf hba=$config/pg_hba.conf
  named_files=()
  for path in "\${file_names[@]}"; do named_files+=("$config/$path"); done
  pid_line() { # a line of the running server's postmaster.pid
    local lines
    mapfile -t lines <"$data/postmaster.pid" && echo "\${lines[$1 - 1]-}"
  }
  server_port() { pid_line 4; }
  server_socket() { pid_line 5; }
  account_group=$(id -g "$account" 2>/dev/null) || true # asked once
  become_server() {
    if command -v gosu >/dev/null; then exec gosu "$account" "$@"; fi
    if command -v su-exec >/dev/null; then exec su-exec "$account" "$@"; fi
    exec setpriv --reuid "$account" --regid "\${account_group:-$(id -g "$account")}" --init-groups -- "$@"
  }
  as_server() (cd / && become_server "$@") # from a directory that it may enter
  psql_program() { if [ -x "$bin/psql" ]; then echo "$bin/psql"; else command -v psql; fi; }
  add_server_file() { # set, new file, its path
    if [ -e "$1$3" ]; then add_to_set "$1" "$2" "$3"; else add_to_set "$1" "$2" "$3" "$owner" 0640; fi
  }
  add_certificate() { # set, name of the new file in this folder, its path, mode; one that is installed already may stay
    if [ -e "$here/$2" ]; then add_to_set "$1" "$here/$2" "$3" "$(stat -c %u:%g "$data")" "$4"
    elif [ ! -e "$1$3" ] && [ "$mode" = --apply ]; then fail "Nothing was changed: $2 is missing. Copy it from make-certificates.sh into $here."; fi
  }
  remove_server_keys() { # next to this script, once they are in place
    local index
    for index in "\${!tls[@]}"; do
      case \${tls_names[index]} in
        *.key) if cmp -s "$here/\${tls_names[index]}" "\${tls[index]}"; then rm -f "$here/\${tls_names[index]}"; fi ;;
      esac
    done
  }
`);

/** Commands for the server that runs on this machine. */
export const runningServer = lines(sh`
  readonly server_log=/var/log/postern-server.log
  postmaster() { # its process id, if it lives
    local id
    id=$(head -n 1 "$data/postmaster.pid" 2>/dev/null) && [ "/proc/$id/cwd" -ef "$data" ] && echo "$id"
  }
  ask() { # one statement; rows without decoration
    PGOPTIONS='-c lc_messages=C' as_server timeout --foreground -k 2 "\${patience:-30}" "$(psql_program)" \
      -XAtq -h "$(server_socket)" -p "$(server_port)" -U "$superuser" -d postgres -c "$1"
  }
  ask_script() { # statements on standard input, of any length
    PGOPTIONS='-c lc_messages=C' as_server timeout --foreground -k 2 60 "$(psql_program)" \
      -XAtq -v ON_ERROR_STOP=1 -h "$(server_socket)" -p "$(server_port)" -U "$superuser" -d postgres -f -
  }
  signal_reload() { kill -HUP "$(postmaster)"; }
  restart_server() {
    if systemd_runs && [ -n "$service" ]; then systemctl restart "$service"
    else
      touch "$server_log"
      chown "$account" "$server_log"
      as_server "$bin/pg_ctl" restart -D "$data" -o "-c config_file=$conf" -m fast -w -t 60 -l "$server_log" >/dev/null 9>&-
    fi
  }
  bring_up() { :; }
  narrowed() { return 1; }
  narrow_ports() { :; }
  try_set() { try_server "$1"; }
`);

/** The preconditions of a change, and the steps of a change, wherever the server runs. */
export const serverSteps = lines(sh`
  running() {
    local patience=10
    [ -s "$data/postmaster.pid" ] && ask 'select 1' >/dev/null 2>&1
  }
  hangs() { # it lives and does not answer; one that refuses answers
    local patience=10
    [ -n "$(postmaster)" ] || return 1
    attempt ask 'select 1' >/dev/null 2>&1
    [ "$outcome" -ge 124 ]
  }
  reads() { # name of a setting, path: whether the running server reads this file, by this name or another one
    local shown
    shown=$(ask "show $1")
    [ "$shown" = "$2" ] || [ "$config\${shown#"$inside"}" -ef "$config\${2#"$inside"}" ] ||
      fail "The running server reads $shown as its $1, and not $2."
  }
  ready_postgres() {
    local path
    if [ ! -d "$data" ] || [ ! -e "$conf" ]; then fail "There is no PostgreSQL $major in $config."; fi
    [ "$(cat "$data/PG_VERSION")" = "$major" ] || fail "This is PostgreSQL $(cat "$data/PG_VERSION"), and the files are for $major."
    running || fail 'PostgreSQL does not run, or does not accept its superuser on the local socket.'
    right_server
    reads config_file "$inside/postgresql.conf"
    reads hba_file "$inside/pg_hba.conf"
    reads ident_file "$inside/pg_ident.conf"
    keep_host_certificates
    keep_client_ca
    for path in "\${brought[@]}"; do
      [ -s "$path" ] || fail "Nothing was changed: $path is missing, and PostgreSQL does not start without it. $bring"
    done
    bind_passwords
  }
  bind_passwords() { # pg_hba.conf names these files, and PostgreSQL rejects it without them
    local index file
    for index in "\${!bind_files[@]}"; do
      file=\${bind_files[index]}
      if [[ $file != /* ]]; then file=$config/$file; fi
      grep -qsFx -- "# \${bind_dns[index]}" "$file" ||
        fail "Nothing was changed: the LDAP password of \${bind_dns[index]} was not entered. Run enter-ldap-password.sh first."
    done
  }
  in_switch() { # path: whether a switch was cut off that had begun with this file
    case $1 in
      "$conf" | "$drop_in") grep -qs "[.]postern-[0-9][0-9]*'" "$1" ;;
      *) narrowed "$1" ;;
    esac
  }
  renewed() { # change: whether the certificates are neither those of before nor those that it installed
    local path
    for path in "\${tls[@]}"; do
      is_as "$1/before" "$path" "$path" || is_as "$1/after" "$path" "$path" || return 0
    done
    return 1
  }
  is_certificate() {
    local path
    for path in "\${tls[@]}"; do [ "$path" != "$1" ] || return 0; done
    return 1
  }
  check_postgres() { # a set
    local path found
    for path in "$certificate" "\${tls[@]}"; do
      if [[ $mode == --dry-run || $mode == --check ]] && [ ! -e "$1$path" ] && [ ! -e "$path" ]; then
        tell "$path does not exist yet, so PostgreSQL cannot check its files."
        return 0
      fi
    done
    fits "$1"
    found=$(try_set "$1")
    judge_overrides "$found"
    tell 'A separate PostgreSQL has read the files and accepts them.'
  }
  check_earlier() { # a set to restore; only a mixture with later edits has not been in force before
    local path mixed=''
    for path in "$conf" "$drop_in" "\${named_files[@]}"; do is_as "$change/before" "$path" "$1$path" || mixed=yes; done
    if [ -n "$mixed" ] || [ -e "$change/merged" ]; then try_set "$1" >/dev/null; fi
  }
  place_postgres() { # a set
    attempt switch_server "$1"
    sweep_switch
    [ "$outcome" -eq 0 ] || return 1
    if [ -n "$override" ]; then put_or_remove "$1" "$override"; fi
  }
`);

/**
 * The candidate set of files is tested by a temporary server with the same programs and account, which reads exactly
 * these files and opens no port. A set that it rejects never reaches the real server.
 */
export const scratchServer = lines(sh`
  # A setting that waits for a restart is said to be one that could not be applied; one whose value is wrong did not let
  # the throw-away server start.
  bad_rows() { # of the server that "$@" asks
    "$@" "select 'pg_hba.conf line ' || line_number || ': ' || coalesce(error, 'refused without a word') from pg_hba_file_rules
      where type is null union all select sourcefile || ' line ' || sourceline || ': ' || name || ': ' || error
      from pg_file_settings where error <> 'setting could not be applied'"
  }
  link_rest() { # folder, its view: links for what the view does not have, so that relative names lead to the same files
    local path
    for path in "$1"/*; do
      case \${path##*/} in
        postmaster.* | *.signal | recovery.* | backup_label* | tablespace_map* | *.postern-*) continue ;;
      esac
      if [ -e "$path" ] && [ ! -e "$2/\${path##*/}" ]; then ln -s "$path" "$2/"; fi
    done
  }
  link_above() { # folder, root of the view: links next to the folder and to those above it, for names with ..
    local path=$1
    while [ -n "$path" ]; do
      path=\${path%/*}
      ln -s "$path"/* "$2$path/" 2>/dev/null || true # those that exist stay
    done
  }
  view_file() { # file of the set, its name in the view, to which lines go that include another of the set by its full name
    local line
    cp -a "$1" "$2"
    grep -Eqi '^[[:space:]]*include' "$1" && grep -qF "$config/" "$1" || return 0
    while IFS= read -r line || [ -n "$line" ]; do
      if [[ \${line,,} =~ ^[[:space:]]*include ]]; then line=\${line//"$config/"/"$view/"}; fi
      printf '%s\n' "$line"
    done <"$1" >"$2"
  }
  name_certificate() { # path of a certificate or key, another path for it, a pg_hosts.conf that may name it
    local text
    grep -qsF -- "\"$1\"" "$3" || return 0
    text=$(cat "$3")
    text=\${text//"\"$1\""/"\"$2\""}
    printf '%s\n' "$text" >"$3"
    sync "$3"
  }
  remove_scratch() { # what a run left that was killed, its server too
    local folder id
    for folder in /var/tmp/postern-check.*; do
      [ -d "$folder/root$data" ] || continue # of another server on this machine
      id=$(head -n 1 "$folder/root$data/postmaster.pid" 2>/dev/null) || true
      if [ -n "$id" ] && [ "/proc/$id/cwd" -ef "$folder/root$data" ]; then kill -QUIT "$id"; fi
      rm -rf "$folder"
    done
  }
  kept_validators='' # validator and rule of each existing rule with OAuth that stays
  keep_validators() { # such a rule may name no validator, and would take it from the new list
    local libraries validator rule changed=''
    [ -n "$kept_validators" ] || return 0
    libraries=$(as_server "$bin/postgres" -C oauth_validator_libraries "\${options[@]}" 2>/dev/null) || { echo 'PostgreSQL does not say its oauth_validator_libraries.' >&2; exit 1; }
    while read -r validator rule; do
      [[ ,\${libraries//[ \"]/}, == *",$validator,"* ]] || changed+=$'\n'"  $rule"
    done <<<"$kept_validators"
    [ -n "$changed" ] || return 0
    echo "Nothing was changed: with oauth_validator_libraries = '$libraries', these existing rules would get another validator than now:$changed" >&2
    echo "Write validator=NAME with their present validator in these rules, and add a client with this validator to the plan, so that the list has it." >&2
    exit 1
  }
  try_server() ( # a set of files that is to be
    set -euo pipefail
    export LC_ALL=C
    remove_scratch
    scratch=$(mktemp -d /var/tmp/postern-check.XXXXXX)
    server=''
    trap 'if [ -n "$server" ] && kill -INT "$server"; then wait "$server" || true; fi 2>/dev/null; rm -rf "$scratch"' EXIT
    chown "$account" "$scratch"
    # Below a root of its own each folder has its usual place, so that relative names lead where they lead for the real server.
    root=$scratch/root
    copy=$root$data view=$root$config
    (umask 022; mkdir -p "$copy")
    chown "$account" "$copy"
    as_server "$bin/initdb" -D "$copy" -U "$superuser" -A trust --no-locale --no-sync >"$scratch/log" 2>&1 || { cat "$scratch/log" >&2; exit 1; }
    rm -f "$copy"/{postgresql,pg_hba,pg_ident}.conf
    if [ -e "$data/postgresql.auto.conf" ]; then cp "$data/postgresql.auto.conf" "$copy/"; chown "$account" "$copy/postgresql.auto.conf"; fi
    (umask 022; mkdir -p "$view/conf.d" "$scratch/tls")
    for path in "$conf" "$drop_in" "\${named_files[@]}"; do
      if [ -e "$1$path" ]; then view_file "$1$path" "$view\${path#"$config"}"; fi
    done
    for path in "\${tls[@]}"; do
      if [ -e "$1$path" ]; then
        cp -a "$1$path" "$scratch/tls/"
        name_certificate "$path" "$scratch/tls/\${path##*/}" "$view/pg_hosts.conf"
      fi
    done
    link_rest "$config/conf.d" "$view/conf.d"
    link_rest "$config" "$view"
    link_rest "$data" "$copy"
    link_above "$config" "$root"
    link_above "$data" "$root"
    options=(-D "$copy" -c "config_file=$view/postgresql.conf" -c "data_directory=$copy" -c external_pid_file= -c listen_addresses=
      -c "unix_socket_directories=$scratch" -c port=5432 -c shared_buffers=16MB -c huge_pages=off -c logging_collector=off
      -c log_destination=stderr -c archive_mode=off -c shared_preload_libraries= -c fsync=off)
    for index in "\${!file_names[@]}"; do options+=(-c "\${file_settings[index]}=$view/\${file_names[index]}"); done
    # In 11 to 14 this folder may be that of the server that runs.
    if [ "$(cat "$copy/PG_VERSION")" -lt 15 ]; then options+=(-c stats_temp_directory=pg_stat_tmp); fi
    # The new certificates are not installed yet: settings that name them get the candidates.
    for index in "\${!tls[@]}"; do
      path=\${tls[index]}
      [ -e "$1$path" ] || continue
      named=$(as_server "$bin/postgres" -C "\${tls_settings[index]}" "\${options[@]}" 2>/dev/null) || continue
      if [ "$named" = "$path" ] || [ "$data/$named" = "$path" ]; then
        options+=(-c "\${tls_settings[index]}=$scratch/tls/\${path##*/}")
      fi
    done
    become_server "$bin/postgres" "\${options[@]}" 9>&- >"$scratch/log" 2>&1 &
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
    keep_validators
    # To standard output, by the names that the files have on the server.
    if rows=$(overridden "''" scratch_ask 2>/dev/null); then
      printf '%s' "\${rows//"$root/"//}"
    fi
  )
`);

/**
 * One atomic switch. The set is several files, and only one file can be renamed at a time. So the file that decides is
 * renamed with lines at its end that point to the others, including the certificates, under temporary names; then the
 * others get their usual names; then the lines are removed. A server that starts at any moment in between reads either
 * the old set or the new one, completely.
 */
export const switchServer = lines(sh`
  includes_conf_d() { grep -Eq "^[[:space:]]*include_dir[[:space:]]*=?[[:space:]]*'conf[.]d'" "$1"; }
  setting() { # name, value, as postgresql.conf has it
    local value=\${2//\\/\\\\} quote="'"
    printf "%s = '%s'" "$1" "\${value//$quote/$quote$quote}"
  }
  switch_server() { # to a set
    local set=$1 pivot tag path index pointers=''
    # Names of this switch alone: what an interrupted one points to stays until nothing points to it.
    tag=postern-$(date +%s%N)
    sweep_switch
    if cmp -s "$set$conf" "$conf"; then pivot=$drop_in; else pivot=$conf; fi
    for index in "\${!file_names[@]}"; do
      path=\${named_files[index]}
      put "$(file_of "$set" "$path")" "$path.$tag"
      pointers+=\${pointers:+$'\n'}$(setting "\${file_settings[index]}" "$inside\${path#"$config"}.$tag")
    done
    for index in "\${!tls[@]}"; do
      path=\${tls[index]}
      if [ -e "$set$path" ] && grep -qsF -- "$(setting "\${tls_settings[index]}" "$path")" "$set$conf" "$set$drop_in"; then
        put "$set$path" "$path.$tag"
        pointers+=$'\n'$(setting "\${tls_settings[index]}" "$path.$tag")
        name_certificate "$path" "$path.$tag" "$config/pg_hosts.conf.$tag"
      fi
    done
    if [ "$pivot" = "$conf" ] && includes_conf_d "$set$conf"; then put_or_remove "$set" "$drop_in"; fi
    put "$(file_of "$set" "$pivot")" "$pivot" "$pointers" # from here on the new set holds
    for path in "\${named_files[@]}" "\${tls[@]}" "$pivot" "$drop_in"; do put_or_remove "$set" "$path"; done
  }
  sweep_switch() { # files of a switch that nothing points to
    local path file
    sweep
    for path in "\${named_files[@]}" "\${tls[@]}"; do
      for file in "$path".postern-[0-9]*; do
        if [ -e "$file" ] && ! grep -qsF -- "\${file##*/}'" "$conf" "$drop_in"; then rm -f "$file"; fi
      done
    done
  }
  file_of() { # set, path: an empty file of the server's where the set has none
    local empty=$run/empty
    if [ -e "$1$2" ]; then echo "$1$2"
    else
      : >"$empty"
      chown --reference="$1$hba" "$empty"
      chmod --reference="$1$hba" "$empty"
      echo "$empty"
    fi
  }
`);

/** Reloads the running server, restarts it if a setting requires that, and verifies that it runs what was installed. */
export const useServer = lines(sh`
  reloaded() { # since a moment
    local now
    now=$(ask 'select pg_conf_load_time()') && [ "$now" != "$1" ]
  }
  use_postgres() {
    local rows loaded
    bring_up
    running || { tell 'PostgreSQL does not run, or does not answer.' >&2; return 1; }
    # Until the reload, the view reads the new rules with the old oauth_validator_libraries.
    rows=$(bad_rows ask | sed '/oauth_validator_libraries/d')
    [ -z "$rows" ] || { echo "$rows" >&2; return 1; }
    loaded=$(ask 'select pg_conf_load_time()')
    ask 'select pg_reload_conf()' >/dev/null
    within 10 reloaded "$loaded" || { tell 'PostgreSQL did not reload: its log says why.' >&2; return 1; }
    sleep 0.3
    if [ -n "$(ask 'select name from pg_settings where pending_restart')" ]; then
      tell 'A setting needs a restart: restarting PostgreSQL.'
      restart_server
    fi
    within 30 running || return 1
    rows=$(bad_rows ask)
    [ -z "$rows" ] || { echo "$rows" >&2; return 1; }
  }
  back_postgres() { # once its files are in place
    # A server that hangs reads them as soon as it goes on: a signal waits for it.
    signal_reload 2>/dev/null || true
    attempt use_postgres
    [ "$outcome" -ne 0 ] || return 0
    if hangs; then
      tell 'PostgreSQL does not answer. Its files are restored, and it reads them as soon as it continues.' >&2
      return 1
    fi
    restart_server
    within 30 running
  }
`);
