import { lines } from '../../../quote/lines.ts';
import { sh } from '../../../quote/sh.ts';

/**
 * Files that other programs read. They are checked at their own paths, in a view of the file system that only the
 * checking program has, and then renamed into place one by one: each is complete at any moment.
 */
export const plainFiles = lines(sh`
  try_plain() { # a set
    local view
    if ! unshare --mount true 2>/dev/null; then
      tell 'This machine allows no private view of the files, so they are checked once they are in place, before any program reads them.'
      return 0
    fi
    view=$(mktemp -d /run/postern-view.XXXXXX)
    missing_folders "\${roots[@]/%//.}" >"$run/roots"
    attempt unshare --mount --propagation private bash "$here/apply.sh" --try "$1" "$view" 9>&-
    rmdir "$view"
    remove_folders "$run/roots"
    [ "$outcome" -eq 0 ] || return 1
    tell 'The programs that read the files accept them.'
  }
  try_in_view() { # set, empty folder; in a mount table of its own
    local root path
    mount -t tmpfs -o mode=0700 postern "$2"
    for root in "\${roots[@]}"; do
      (umask 022; mkdir -p "$root" "$2$root")
      cp -a "$root/." "$2$root/"
    done
    for path in "\${plain[@]}"; do
      (umask 022; mkdir -p "$2\${path%/*}")
      [ ! -e "$1$path" ] || cp -p "$1$path" "$2$path"
    done
    for root in "\${roots[@]}"; do mount --bind "$2$root" "$root"; done
    check_plain
  }
  place_plain() { # a set
    local path
    for path in "\${plain[@]}" "\${touched[@]}"; do put_or_remove "$1" "$path"; done
  }
  leave_all() { # the set of before: what must end before its file is removed
    local path
    for path in "\${plain[@]}"; do
      if [ -e "$1$path.absent" ] && [ -e "$path" ]; then leave_plain "$path"; fi
    done
  }
  incomplete() { # message; the variable of back() makes the rollback run again
    failed=1
    tell "$*" >&2
  }
  back_units() {
    attempt_within 120 restore_units
    [ "$outcome" -eq 0 ] || incomplete "Not every service is enabled and running as before. Their state before is in $change/live/units."
  }
  back_plain() { # once the files are in place
    undone_plain
    back_units
    # Last, because a program may have loaded its file again, and the rules of before need not be those of a file.
    attempt_within 120 restore_live
    [ "$outcome" -eq 0 ] || incomplete "The rules, settings or routes of before could not be restored. They are in $change/live."
  }
`);
