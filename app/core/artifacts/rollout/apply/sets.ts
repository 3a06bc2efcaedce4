import { lines } from '../../../quote/lines.ts';
import { sh } from '../../../quote/sh.ts';

/** Sets of files: those that stand now, those that are to stand, and those that stood before. */
export const sets = lines(sh`
  # A set is a folder that mirrors the paths of its files, with their owners and modes; NAME.absent stands for one that is not there.
  save_set() { # the files as they are now, into a folder
    local path
    for path in "\${paths[@]}"; do
      [ ! -L "$path" ] || fail "$path is a link: put the files in place by the README."
      mkdir -p "$1$(dirname "$path")"
      if [ -e "$path" ]; then cp -p "$path" "$1$path"; else : >"$1$path.absent"; fi
    done
  }
  add_to_set() { # set, new file, its path, then owner and mode; without them those of the file that it replaces
    rm -f "$1$3.absent"
    if [ -n "\${4:-}" ]; then
      cp "$2" "$1$3"
      chown "$4" "$1$3"
      chmod "$5" "$1$3"
    else cat "$2" >"$1$3"; fi
  }
  put() { # a file under a path, whole or not at all
    local next=$2.postern-put folder
    folder=$(dirname "$2")
    if [ ! -d "$folder" ]; then
      (umask 022; mkdir -p "$folder")
      chown --reference="$1" "$folder"
    fi
    cp -p "$1" "$next"
    if command -v restorecon >/dev/null; then restorecon "$next" 2>/dev/null || true; fi
    sync "$next"
    mv -f "$next" "$2"
    sync "$folder"
  }
  put_or_remove() { # set, path
    if [ -e "$1$2" ]; then put "$1$2" "$2"
    elif [ -e "$1$2.absent" ]; then rm -f "$2" "$2.postern-put"; fi
  }
  differences() { # between two sets
    local path outcome old new
    for path in "\${paths[@]}"; do
      old=/dev/null new=/dev/null outcome=0
      if [ -e "$1$path" ]; then old=$1$path; fi
      if [ -e "$2$path" ]; then new=$2$path; fi
      diff -u --label "$path now" --label "$path then" "$old" "$new" || outcome=$?
      [ "$outcome" -le 1 ]
    done
  }
  same_sets() {
    local path
    for path in "\${paths[@]}"; do
      if [ -e "$1$path" ] || [ -e "$2$path" ]; then cmp -s "$1$path" "$2$path" || return 1; fi
    done
  }
`);
