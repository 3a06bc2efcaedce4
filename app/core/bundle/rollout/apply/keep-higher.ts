import type { AccessModel } from '../../../model/model.ts';
import { lines } from '../../../quote/lines.ts';
import { type Sh, sh, shWord } from '../../../quote/sh.ts';
import { join } from '../../../quote/template.ts';
import { settings } from '../../postgres/settings.ts';

/** Settings for which the plan gives only a minimum. */
const AT_LEAST = ['max_wal_senders', 'max_replication_slots'];

const minimums = (model: AccessModel): string[] =>
  settings(model).flatMap(({ name }) => (AT_LEAST.includes(name) ? [name] : []));

export const hasMinimums = (model: AccessModel): boolean => minimums(model).length > 0;

/**
 * Other subscribers and standbys may need more than this plan: a server with fewer slots than are in use doesn't start
 * (`slot.c`), nor does a standby with fewer senders than its primary had. So a higher value of the running server is
 * kept.
 */
export const keepHigher = (model: AccessModel): Sh[] =>
  lines(sh`
    keep_higher() { # a set
      local name now planned names=(${join(minimums(model).map(shWord), ' ')})
      for name in "\${names[@]}"; do
        planned=$(sed -nE "s/^$name = ([0-9]+) .*/\1/p" "$1$drop_in")
        now=$(ask "show $name")
        if [ -n "$planned" ] && [ "$now" -gt "$planned" ]; then
          sed -i -E "s/^($name = )[0-9]+/\1$now/" "$1$drop_in"
          tell "$name stays at $now. The plan needs $planned."
        fi
      done
    }
  `);
