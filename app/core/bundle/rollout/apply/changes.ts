import { lines } from '../../../quote/lines.ts';
import { sh } from '../../../quote/sh.ts';

/**
 * The store of changes, newest last: what apply.sh and the manual steps have changed, and therefore what can be undone.
 * A change is a folder with the files before it (`before`), the files as Postern left them (`after`), the rules,
 * settings, routes and services before it and after it (`live`, `left`), and the apply.sh that knows its paths.
 */
export const changeStore = lines(sh`
  change=''
  last_change() {
    local folder last=''
    for folder in "$state"/changes/[0-9]*; do
      if [ -d "$folder" ]; then last=$folder; fi
    done
    echo "$last"
  }
  drop_unbegun() { # records of changes that never began
    local folder
    rm -rf "$state/change.next" "$state/undone"
    for folder in "$state"/changes/[0-9]*; do
      [ ! -d "$folder" ] || [ -e "$folder/begun" ] || rm -rf "$folder"
    done
  }
  # The store of an earlier version, which kept one change and not what it wrote: what differs from it is asked about.
  adopt_earlier_store() {
    if [ ! -d "$state/backup/set" ] || [ -e "$state/changes" ]; then return 0; fi
    rm -rf "$state/change.next"
    mv "$state/backup" "$state/change.next"
    mv "$state/change.next/set" "$state/change.next/before"
    mkdir -p "$state/change.next/after" "$state/changes"
    echo apply >"$state/change.next/kind"
    cp "$here/apply.sh" "$state/change.next/apply.sh"
    : >"$state/change.next/begun"
    find "$state/change.next" -exec sync {} +
    mv "$state/change.next" "$state/changes/000001"
    sync "$state/changes"
  }
  sum_of() { sha256sum <"$1"; stat -c '%u:%g %a' "$1"; }
  record() { # folder of a record, path, file: that the path has this content; of a key only a checksum
    folder_of "$1$2"
    rm -f "$1$2" "$1$2.sum" "$1$2.absent"
    if [ ! -e "$3" ]; then : >"$1$2.absent"
    elif [[ $2 == *.key ]]; then sum_of "$3" >"$1$2.sum"
    else cp -a "$3" "$1$2"; fi
  }
  is_as() { # folder of a record, path, file: whether the file has the content, owner and mode that are recorded for the path
    if [ -e "$1$2.absent" ]; then [ ! -e "$3" ]
    elif [ -e "$1$2.sum" ]; then [ -e "$3" ] && [ "$(sum_of "$3")" = "$(cat "$1$2.sum")" ]
    else
      [ -e "$1$2" ] && [ -e "$3" ] && same_file "$1$2" "$3"
    fi
  }
  is_scripted() { # path: whether a script writes it, so that its content is known only afterwards
    local path
    for path in \${touched[@]+"\${touched[@]}"}; do [ "$path" != "$1" ] || return 0; done
    return 1
  }
  new_change() { # apply or manual: records the present files, which are in $state/now, and the planned ones in $state/then
    local last path
    last=$(last_change)
    last=\${last##*/}
    rm -rf "$state/change.next"
    mkdir -p "$state/change.next/live" "$state/change.next/after" "$state/changes"
    echo "$1" >"$state/change.next/kind"
    cp "$here/apply.sh" "$state/change.next/apply.sh"
    mv "$state/now" "$state/change.next/before"
    missing_folders "\${paths[@]}" >"$state/change.next/folders"
    for path in "\${paths[@]}"; do
      is_scripted "$path" || record "$state/change.next/after" "$path" "$state/then$path"
    done
    attempt save_live "$state/change.next/live"
    [ "$outcome" -eq 0 ] || fail 'Nothing was changed: what is in force now could not be saved.'
    find "$state/change.next" -exec sync {} +
    change=$state/changes/$(printf '%06d' $((10#\${last:-0} + 1)))
    mv "$state/change.next" "$change"
    sync "$state/changes"
  }
  begin_change() {
    : >"$change/begun"
    sync "$change"
  }
  record_left() { # what the change has left, once all of it is in force
    local path
    for path in "\${paths[@]}"; do record "$change/after" "$path" "$path"; done
    rm -rf "$change/left.next"
    mkdir "$change/left.next"
    save_left "$change/left.next"
    find "$change/after" "$change/left.next" -exec sync {} +
    mv "$change/left.next" "$change/left"
    sync "$change"
  }
  drop_change() { # the latest one
    mv "$change" "$state/undone"
    sync "$state/changes"
    rm -rf "$state/undone"
  }
`);
