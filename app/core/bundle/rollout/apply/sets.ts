import { lines } from '../../../quote/lines.ts';
import { sh } from '../../../quote/sh.ts';

/** Sets of files: the current ones, the new ones, and those from before the change. */
export const sets = lines(sh`
  # A set is a folder that mirrors the paths of its files, with owner, mode and ACL. NAME.absent marks a file that does not exist.
  folder_of() { [ -d "\${1%/*}" ] || mkdir -p "\${1%/*}"; }
  save_set() { # the files as they are now, into a folder
    local path
    for path in "\${paths[@]}"; do
      [ ! -L "$path" ] || fail "Nothing was changed: $path is a symbolic link. Install the files as manual-steps.md says."
      folder_of "$1$path"
      if [ -e "$path" ]; then cp -a "$path" "$1$path"; else : >"$1$path.absent"; fi
    done
  }
  missing_folders() { # above these paths, the deepest first
    local path
    for path in "$@"; do
      path=\${path%/*}
      while [ ! -d "$path/" ]; do
        echo "$path"
        path=\${path%/*}
      done
    done | sort -ru
  }
  remove_folders() { # a list of folders: those that are empty
    local folder
    while read -r folder; do rmdir "$folder" 2>/dev/null || true; done <"$1"
  }
  add_to_set() { # set, new file, its path, then owner and mode; without them those of the file that it replaces
    [ ! -e "$1$3.absent" ] || rm "$1$3.absent"
    if [ -n "\${4:-}" ]; then
      install -m "$5" "$2" "$1$3"
      chown "$4" "$1$3"
    else cat "$2" >"$1$3"; fi
  }
  write_copy() { # file, name of the copy, lines at its end
    cp -a "$1" "$2" || return 1
    if [ -n "$3" ]; then printf '\n%s\n' "$3" >>"$2" || return 1; fi
    if command -v restorecon >/dev/null; then restorecon "$2" 2>/dev/null || true; fi
    sync "$2"
  }
  put() { # file, its path, lines at its end: the whole file or nothing, and no part of it left when the disk is full
    local next=$2.postern-put folder problem
    folder=\${2%/*}
    if [ ! -d "$folder" ]; then
      (umask 022; mkdir -p "$folder")
      chown --reference="\${folder%/*}/" "$folder"
    fi
    if ! problem=$({ write_copy "$1" "$next" "\${3:-}" && mv -f "$next" "$2"; } 2>&1); then
      rm -f "$next"
      tell "Could not write $2: $problem" >&2
      return 1
    fi
    sync "$folder"
  }
  put_or_remove() { # set, path
    if [ -e "$1$2" ]; then put "$1$2" "$2"
    elif [ -e "$1$2.absent" ]; then rm -f "$2"; fi
  }
  sweep() { rm -f "\${paths[@]/%/.postern-put}"; } # copies that a run left which was cut off
  hide_secrets() { # of a rule with a password in its options, such as one of others: the rest of the line, which may be quoted in any way
    sed -E 's/(ldapbindpasswd|radiussecrets)=.*/\1=.../'
  }
  differences() { # between two sets; of certificates and keys only that they differ
    local path outcome old new
    for path in "\${paths[@]}"; do
      old=/dev/null new=/dev/null outcome=0
      if [ -e "$1$path" ]; then old=$1$path; fi
      if [ -e "$2$path" ]; then new=$2$path; fi
      if cmp -s "$old" "$new"; then continue; fi
      case $path in
        *.crt | *.key | *.crl) tell "$path is new or replaced." ;;
        *) diff -u --label "$path now" --label "$path then" "$old" "$new" | hide_secrets || outcome=$? ;;
      esac
      [ "$outcome" -le 1 ]
    done
  }
  same_file() { # whether two files have the same content, owner and mode
    local modes
    cmp -s "$1" "$2" && modes=$(stat -c '%u:%g %a' "$1" "$2") && [ "\${modes%%$'\n'*}" = "\${modes#*$'\n'}" ]
  }
  same_sets() {
    local path
    for path in "\${paths[@]}"; do
      if [ -e "$1$path" ] || [ -e "$2$path" ]; then same_file "$1$path" "$2$path" || return 1; fi
    done
  }
`);
