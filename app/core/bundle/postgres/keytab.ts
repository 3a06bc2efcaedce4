import { say } from '../../messages/message.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import type { Artifact } from '../file.ts';
import { rootOnly } from '../root-only.ts';

/**
 * `install-keytab.sh`: installs the key with which the server authenticates to Kerberos, at `krb_server_keyfile` of the
 * running server. Only the server's account may read it (manual, "GSSAPI Authentication").
 */
export const keytab: Artifact = {
  page: 'pg-hba',
  render({ plan, platform }) {
    const asked = plan.clients.findIndex(({ auth }) => auth.method === 'gss');
    if (asked < 0 || plan.server.name === null) return [];
    if (platform.platform === 'windows' || platform.platform === 'docker') return [];
    const principal = `postgres/${plan.server.name.toLowerCase()}`;
    return [
      {
        path: 'database-server/install-keytab.sh',
        machine: 'database-server',
        title: say('keytab.title'),
        intro: [say('keytab.intro', { principal })],
        prepare: say('keytab.intro', { principal }),
        language: 'sh',
        mode: 0o755,
        apply: 'reload',
        blocks: [
          {
            lines: lines(sh`
              set -euo pipefail
              ${rootOnly}
              from=\${1:-$(cd "$(dirname "$0")" && pwd)/postgres.keytab}
              principal=${shWord(principal)} owner=${shWord(platform.osUser)}
              command -v klist >/dev/null || { echo 'klist is not installed. Install the package krb5-user (RHEL: krb5-workstation) first.' >&2; exit 1; }
              has_key() { klist -k "$1" | grep -qiF " $principal@"; }
              target=$(cd / && ${platform.superuserPsql as Sh} -XAtc 'SHOW krb_server_keyfile' -d postgres)
              target=\${target#FILE:}
              if [ -z "$target" ]; then echo 'krb_server_keyfile is empty: set it to a path first, such as /etc/postgresql.keytab. Nothing was changed.' >&2; exit 1; fi
              if [ -e "$target" ]; then
                if ! has_key "$target"; then
                  echo "$target exists and has no key for $principal. Add it with ktutil (rkt $from, wkt $target). Nothing was changed." >&2
                  exit 1
                fi
                echo "$target already has a key for $principal. It is kept."
              else
                [ -r "$from" ] || { echo "$from is missing: copy the keytab there first." >&2; exit 1; }
                has_key "$from" || { echo "$from has no key for $principal. Nothing was changed." >&2; exit 1; }
                (umask 022; mkdir -p "$(dirname "$target")")
                install -o "$owner" -g "$(id -gn "$owner")" -m 0600 "$from" "$target.new"
                mv "$target.new" "$target"
                rm -f "$from"
              fi
              sudo -u "$owner" test -r "$target" || { echo "$owner cannot read $target." >&2; exit 1; }
              klist -k "$target"
            `),
            reason: { message: say('keytab.how'), path: `clients.${asked}.auth.method` },
          },
        ],
      },
    ];
  },
};
