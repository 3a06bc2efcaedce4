import { lines } from '../../../quote/lines.ts';
import { sh } from '../../../quote/sh.ts';

/**
 * Files that other programs read. They are tried where they will stand, in a view of the file system that only the
 * trying program has, and then renamed into place one by one: each is whole at any moment.
 */
export const plainFiles = lines(sh`
  try_plain() { # a set
    local view
    if ! unshare --mount true 2>/dev/null; then
      tell 'A private view of the files is not to be had here; they are checked once they are in place, before any program is told.'
      return 0
    fi
    view=$(mktemp -d /run/postern-view.XXXXXX)
    attempt unshare --mount --propagation private bash "$here/apply.sh" --try "$1" "$view" 9>&-
    rmdir "$view"
    [ "$outcome" -eq 0 ] || return 1
    tell 'The programs that read the files take them.'
  }
  try_in_view() { # set, empty folder; in a mount table of its own
    local root path
    mount -t tmpfs -o mode=0700 postern "$2"
    for root in "\${roots[@]}"; do
      (umask 022; mkdir -p "$root" "$2$root")
      cp -a "$root/." "$2$root/"
    done
    for path in "\${plain[@]}"; do
      (umask 022; mkdir -p "$2$(dirname "$path")")
      [ ! -e "$1$path" ] || cp -p "$1$path" "$2$path"
    done
    for root in "\${roots[@]}"; do mount --bind "$2$root" "$root"; done
    check_plain
  }
  place_plain() { # a set
    local path
    for path in "\${plain[@]}" "\${touched[@]}"; do put_or_remove "$1" "$path"; done
  }
  back_plain() { # the folder of a backup
    local path
    for path in "\${plain[@]}"; do
      if [ -e "$1/set$path.absent" ] && [ -e "$path" ]; then leave_plain "$path"; fi
    done
    place_plain "$1/set"
    [ "$mode" != --take-back-at-boot ] || return 0
    undone_plain
    # Last, because a program may have loaded its file again, and the rules of before need not be those of a file.
    attempt restore_live "$1/live"
    [ "$outcome" -eq 0 ] || tell "The rules, settings or routes of before could not be put back. They are in $1/live."
  }
`);
