import { lines } from '../../../quote/lines.ts';
import { sh } from '../../../quote/sh.ts';

/**
 * The server's container, found by the labels that Docker Compose sets. Its files are changed in their volume on this
 * machine, which works whether or not the container runs; a change records what it found, so that undoing it needs no
 * query.
 */
export const containerPlaces = lines(sh`
  readonly compose_service=db
  label() { docker inspect -f "{{index .Config.Labels \"com.docker.compose.$2\"}}" "$1"; }
  find_container() {
    local id destination source longest=''
    command -v docker >/dev/null || fail 'Docker is not installed.'
    id=$(docker ps -q --filter "label=com.docker.compose.service=$compose_service" --filter label=com.docker.compose.oneoff=False \
      \${PROJECT:+--filter "label=com.docker.compose.project=$PROJECT"})
    [ -n "$id" ] || fail "No container of a compose service named $compose_service runs here."
    [ "$(wc -l <<<"$id")" -eq 1 ] || fail "Several compose projects have a service named $compose_service: say which, with sudo PROJECT=name bash apply.sh."
    project=$(label "$id" project)
    project_folder=$(label "$id" project.working_dir)
    image=$(docker inspect -f '{{.Config.Image}}' "$id")
    override=$project_folder/compose.postern.yaml
    IFS=, read -r -a compose_files <<<"$(label "$id" project.config_files)"
    while read -r destination source; do
      if [[ $inside/ == "$destination"/* ]] && [ "\${#destination}" -gt "\${#longest}" ]; then
        longest=$destination
        config=$source\${inside#"$destination"}
        data=$source\${inside_data#"$destination"}
      fi
    done < <(docker inspect -f '{{range .Mounts}}{{println .Destination .Source}}{{end}}' "$id")
    if [ -z "$longest" ] || [ ! -e "$config/pg_hba.conf" ]; then
      fail "The files in $inside of the container are not in a volume of this machine: install them as manual-steps.md says."
    fi
    owner=$(stat -c %u:%g "$config/pg_hba.conf")
  }
  if [[ $mode == --apply || $mode == --dry-run || $mode == --save || $mode == --check ]]; then
    find_container
    if [[ $mode != --dry-run && $mode != --check && ! -e $state/pending ]]; then
      declare -p project project_folder image override compose_files config data owner >"$state/container.next"
      sync "$state/container.next"
      mv "$state/container.next" "$state/container"
    fi
  fi
  # shellcheck source=/dev/null
  if [ -e "$state/container" ] && [[ $mode != --dry-run && $mode != --check ]]; then . "$state/container"; fi
`);

/** Commands for the server in the container, and for Docker. */
export const containerServer = lines(sh`
  compose() { # with the override if it is there; ended after $within seconds
    local file files=() bound=()
    [ -z "\${within:-}" ] || bound=(timeout --foreground -k 5 "$within")
    for file in "\${compose_files[@]}"; do [ "$file" = "$override" ] || files+=(-f "$file"); done
    if [ -e "\${candidate:-$override}" ]; then files+=(-f "\${candidate:-$override}"); fi
    if [ -n "\${alone:-}" ]; then files+=(-f "$alone"); fi
    "\${bound[@]}" docker compose -p "$project" --project-directory "$project_folder" "\${files[@]}" "$@"
  }
  container() {
    docker ps -q --filter "label=com.docker.compose.project=$project" --filter "label=com.docker.compose.service=$compose_service" \
      --filter label=com.docker.compose.oneoff=False
  }
  ask() { # one statement; rows without decoration
    timeout --foreground -k 2 "\${patience:-30}" docker exec -u "$account" -e 'PGOPTIONS=-c lc_messages=C' "$(container)" \
      psql -XAtq -h "$(server_socket)" -p "$(server_port)" -U "$superuser" -d postgres -c "$1" </dev/null
  }
  ask_script() { # statements on standard input, of any length
    timeout --foreground -k 2 60 docker exec -i -u "$account" -e 'PGOPTIONS=-c lc_messages=C' "$(container)" \
      psql -XAtq -v ON_ERROR_STOP=1 -h "$(server_socket)" -p "$(server_port)" -U "$superuser" -d postgres -f -
  }
  postmaster() { container; }
  right_server() { :; } # the container was found by its labels
  signal_reload() { docker kill -s HUP "$(container)" >/dev/null; }
  health() { docker inspect -f '{{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}' "$(container)"; }
  bring_up() { # recreates the container where its compose files say something new
    local tries
    compose up -d --no-deps "$compose_service" </dev/null 9>&-
    for tries in {1..120}; do
      if running && [ "$(health)" != starting ]; then break; fi
      [ "$tries" -lt 120 ] || { tell 'The container did not get ready.' >&2; return 1; }
      sleep 0.5
    done
    [ "$(health)" != unhealthy ] || { tell 'The container is unhealthy.' >&2; return 1; }
  }
  restart_server() {
    compose restart "$compose_service" </dev/null 9>&- ||
      compose up -d --no-deps --force-recreate "$compose_service" </dev/null 9>&-
  }
  without_ports() { awk '/^    ports:/ { skip = 1; next } skip && /^      -/ { next } { skip = 0; print }' "$1"; }
  narrowed() { [ "$1" = "$override" ] && [ -e "$1" ] && ! grep -q '^    ports:' "$1"; }
  # Before a rule of the firewall or of pg_hba.conf goes: only what was published before is published, while the
  # certificates that the present files name are still mounted.
  narrow_ports() { # the set to restore
    [ -e "$override" ] || return 0
    if [ -e "$1$override" ]; then put "$1$override" "$override"
    else
      without_ports "$override" >"$run/override"
      chmod --reference="$override" "$run/override"
      put "$run/override" "$override"
    fi
    attempt_within 120 compose up -d --no-deps "$compose_service" </dev/null
    if [ "$outcome" -ne 0 ] && [ -n "$(container)" ]; then
      tell 'Docker Compose could not change the published ports: stopping the container first.' >&2
      docker stop "$(container)" >/dev/null
    fi
  }
  # The candidate files in a container of the same image and mounts, which publishes no port, has no network (a fixed
  # address is the running container's) and is removed.
  try_set() { # a set
    local candidate=$1$override alone='' within=120 path certificates=()
    compose config -q </dev/null || return 1
    alone=$run/alone.yaml
    printf '%s\n' services: "  $compose_service:" '    networks: !reset null' '    network_mode: none' >"$alone"
    for path in "\${tls[@]}"; do
      if [ -e "$1$path" ]; then certificates+=(-v "$1$path:/run/postern-then$path:ro,z"); fi
    done
    {
      declare -f become_server as_server psql_program bad_rows overridden name_certificate link_rest link_above view_file remove_scratch keep_validators try_server try_inside
      declare -p tls tls_settings file_names file_settings kept_validators
      printf 'try_inside %q %q %q %q\n' "$inside" "$inside_data" "$account" "$superuser"
    } | compose run --rm --no-deps -T --user root --entrypoint bash -v "$1$config:/run/postern-then$inside:ro,z" \
      "\${certificates[@]}" "$compose_service" -s 9>&-
  }
  try_inside() { # folder of the settings, data directory, account, superuser: all as the container knows them
    local name
    config=$1 data=$2 account=$3 superuser=$4
    bin=$(dirname "$(command -v postgres)")
    conf=$config/postgresql.conf drop_in=$config/conf.d/postern.conf named_files=()
    for name in "\${file_names[@]}"; do named_files+=("$config/$name"); done
    try_server /run/postern-then
  }
`);
