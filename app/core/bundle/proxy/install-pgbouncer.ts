import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { lines } from '../../quote/lines.ts';
import { sh, shWord } from '../../quote/sh.ts';
import type { FileDraft } from '../file.ts';
import { rootOnly } from '../root-only.ts';
import { pairs } from '../tls/install.ts';

const asRoot = lines(sh`
  set -euo pipefail
  ${rootOnly}
  place=/etc/pgbouncer
  unit=/etc/systemd/system/pgbouncer.service.d/postern.conf
  placed=/var/lib/postern/proxy/pgbouncer.ini # what was installed last
  ours() { grep -q 'Made by Postern' "$place/pgbouncer.ini" 2> /dev/null; }
`);

/** The machine that issues certificates has the original. A change awaiting confirmation may need the copy again. */
const removeKey = sh`if [ ! -e /var/lib/postern/bastion/pending ] && cmp -s "$from/bastion.key" "$place/postern-bastion.key"; then rm -f "$from/bastion.key"; fi`;

/** A file that lists no database serves nobody. Debian's and RHEL's list none, or only in comments. */
const refusal = lines(sh`
  refuse() {
    printf '%s\n' "$@" 'Nothing was changed.' >&2
    exit 1
  }
  may_replace() {
    local file=$place/pgbouncer.ini databases
    if [ ! -e "$file" ]; then return 0; fi
    if ours; then
      if [ "\${1:-}" = --replace ] || [ ! -e "$placed" ] || cmp -s "$placed" "$file"; then return 0; fi
      diff -u --label 'as installed' --label "$file" "$placed" "$file" >&2 || true
      refuse "$file was edited since Postern installed it, as shown above. To discard these edits: sudo bash install-pgbouncer.sh --replace"
    fi
    databases=$(awk '
      /^[[:space:]]*[;#]/ || /^[[:space:]]*$/ { next }
      /^[[:space:]]*%include/ { print "%include"; next }
      /^[[:space:]]*\[/ { inside = /^[[:space:]]*\[databases\]/; next }
      inside { sub(/^[[:space:]]*/, ""); sub(/[[:space:]]*=.*/, ""); print }' "$file" | paste -sd ',')
    [ -z "$databases" ] || refuse "$file already serves others: $databases." \
      "Merge by hand: add the lines below [databases] of $from/pgbouncer.ini to it, and compare the settings below [pgbouncer]." \
      'Or run a second PgBouncer with a configuration, port and unit of its own.'
  }
  may_replace "\${1:-}"
  if [ "\${1:-}" = --check ]; then exit; fi
`);

/** Installs the files after a separate PgBouncer, without a port, has read them without a message. */
export function installPgbouncer(model: AccessModel, authRole: string): FileDraft<'sh'> {
  const own = model.plan.security.certificate.source === 'own-ca';
  const prepare = say(own ? 'pgbouncer.installOwn' : 'pgbouncer.installOther');
  return {
    path: 'bastion/install-pgbouncer.sh',
    machine: 'bastion',
    title: say('pgbouncer.installTitle'),
    intro: [say('pgbouncer.installIntro'), prepare],
    prepare,
    language: 'sh',
    mode: 0o755,
    window: {
      changes: [
        ...['pgbouncer.ini', 'pgbouncer.ini.before-postern', 'postern-bastion.crt', 'postern-bastion.key'],
        ...['postern-ca.crt', 'postern_userlist.txt', 'postern_hba.conf'],
      ]
        .flatMap((name) => [`/etc/pgbouncer/${name}`, `/etc/pgbouncer/${name}.new`])
        .concat('/etc/systemd/system/pgbouncer.service.d/postern.conf', '/var/lib/postern/proxy/pgbouncer.ini'),
      ...(own ? { copiedKeys: [{ name: 'bastion.key', place: '/etc/pgbouncer/postern-bastion.key' }] } : {}),
      units: ['pgbouncer'],
      programs: ['pgbouncer'],
      // A rollback does not remove packages, so apply.sh installs none.
      check: lines(sh`
        command -v pgbouncer >/dev/null || { tell 'PgBouncer is not installed. Install the package pgbouncer first.' >&2; return 1; }
        bash "$here/install-pgbouncer.sh" --check
      `),
      back: lines(sh`
        if systemd_runs; then systemctl daemon-reload; fi
        if was_active pgbouncer; then systemctl restart pgbouncer; fi
      `),
    },
    blocks: [
      {
        lines: [
          ...asRoot,
          ...lines(sh`
            from=$(cd "$(dirname "$0")" && pwd)
          `),
          ...refusal,
          ...lines(sh`
            if ! command -v pgbouncer > /dev/null; then
              if command -v apt-get > /dev/null; then apt-get install -y pgbouncer; else dnf install -y pgbouncer; fi
            fi
            account=$(systemctl show -p User --value pgbouncer)
            group=$(id -gn "$account")
            new=$(mktemp -d /run/postern-pgbouncer.XXXXXX)
            trap 'rm -rf "$new"' EXIT
            chmod 0700 "$new"
            mkdir -p "$place"
          `),
        ],
      },
      {
        reason: { message: say('pgbouncer.installCertificates'), path: 'security.certificate.source' },
        lines: [
          own
            ? sh`for pair in bastion.crt:postern-bastion.crt bastion.key:postern-bastion.key ca.crt:postern-ca.crt; do`
            : sh`for pair in bastion.crt:postern-bastion.crt bastion.key:postern-bastion.key root.crt:postern-ca.crt; do`,
          ...lines(sh`
              source=$from/\${pair%%:*} name=\${pair#*:}
              if [ ! -e "$source" ] && [ -e "$place/$name" ]; then source=$place/$name; fi
          `).map((line) => sh`  ${line}`),
          ...(own
            ? []
            : [
                sh`  if [ "$name" = postern-ca.crt ] && [ ! -e "$source" ]; then`,
                sh`    source=/etc/ssl/certs/ca-certificates.crt`,
                sh`    [ -e "$source" ] || source=/etc/pki/tls/certs/ca-bundle.crt`,
                sh`  fi`,
              ]),
          ...lines(sh`
              if [ ! -e "$source" ]; then echo "Put \${pair%%:*} next to this script." >&2; exit 1; fi
              install -m 0600 "$source" "$new/$name"
          `).map((line) => sh`  ${line}`),
          sh`done`,
          ...pairs(
            sh`"$new/postern-bastion.crt"`,
            sh`"$new/postern-bastion.key"`,
            'bastion.key does not belong to bastion.crt.',
          ),
        ],
      },
      {
        reason: { message: say('pgbouncer.installPassword'), path: 'network.proxy.authRole' },
        lines: lines(sh`
          role=${shWord(authRole)}
          if [ -e "$place/postern_userlist.txt" ] && [ "\${1:-}" != --new-password ]; then
            install -m 0600 "$place/postern_userlist.txt" "$new/postern_userlist.txt"
          else
            if [ -t 0 ]; then printf 'Password of %s: ' "$role" >&2; fi
            IFS= read -rs password
            if [ -t 0 ]; then echo >&2; fi
            if [ -z "$password" ]; then echo 'No password was entered. Nothing was changed.' >&2; exit 1; fi
            (umask 077; printf '"%s" "%s"\n' "\${role//\"/\"\"}" "\${password//\"/\"\"}" > "$new/postern_userlist.txt")
          fi
        `),
      },
      {
        reason: { message: say('pgbouncer.installTest'), path: 'network.proxy' },
        lines: lines(sh`
          install -m 0600 "$from/postern_hba.conf" "$from/pgbouncer.ini" "$new/"
          {
            sed "s|= /etc/pgbouncer/postern|= $new/postern|" "$new/pgbouncer.ini"
            printf '%s\n' 'listen_addr =' "unix_socket_dir = $new" "logfile = $new/log"
          } > "$new/test.ini"
          chown -R "$account:$group" "$new"
          runuser -u "$account" -- timeout 2 pgbouncer -q "$new/test.ini" || true
          if ! grep -q 'process up' "$new/log" || grep -E ' (WARNING|ERROR|FATAL) ' "$new/log"; then
            echo 'PgBouncer rejects these files. Nothing was changed.' >&2
            exit 1
          fi
        `),
      },
      {
        reason: { message: say('pgbouncer.installPlace'), path: 'network.proxy' },
        lines: lines(sh`
          if [ -e "$place/pgbouncer.ini" ] && [ ! -e "$place/pgbouncer.ini.before-postern" ] && ! ours; then
            cp -a "$place/pgbouncer.ini" "$place/pgbouncer.ini.before-postern.new"
            mv "$place/pgbouncer.ini.before-postern.new" "$place/pgbouncer.ini.before-postern"
          fi
          for name in postern-bastion.crt postern-bastion.key postern-ca.crt postern_userlist.txt postern_hba.conf pgbouncer.ini; do
            install -o root -g "$group" -m 0640 "$new/$name" "$place/$name.new"
            mv "$place/$name.new" "$place/$name"
          done
          install -D -m 0600 "$from/pgbouncer.ini" "$placed.new"
          mv "$placed.new" "$placed"
          mkdir -p "\${unit%/*}"
          printf '%s\n' '[Service]' 'RuntimeDirectory=pgbouncer' 'LimitNOFILE=8192' > "$unit.new"
          mv "$unit.new" "$unit"
          systemctl daemon-reload
          systemctl enable pgbouncer
          systemctl restart pgbouncer
          ${own ? removeKey : sh`:`}
          echo 'PgBouncer uses the new files.'
        `),
      },
    ],
  };
}

export const undoPgbouncer: FileDraft<'sh'> = {
  path: 'bastion/pgbouncer-undo.sh',
  purpose: 'undo',
  machine: 'bastion',
  title: say('pgbouncer.undoTitle'),
  language: 'sh',
  mode: 0o755,
  blocks: [
    {
      lines: [
        ...asRoot,
        ...lines(sh`
          if [ ! -e "$unit" ] && [ ! -e "$place/postern_hba.conf" ]; then echo 'There is nothing to undo.'; exit; fi
          if [ -e "$place/pgbouncer.ini.before-postern" ]; then mv "$place/pgbouncer.ini.before-postern" "$place/pgbouncer.ini"; fi
          rm -f "$unit"
          if [ -d "\${unit%/*}" ]; then rmdir --ignore-fail-on-non-empty "\${unit%/*}"; fi
          systemctl daemon-reload
          if ours; then
            systemctl disable --now pgbouncer || true
            rm -f "$place/pgbouncer.ini"
          elif [ -e "$place/pgbouncer.ini" ]; then
            systemctl restart pgbouncer
          fi
          rm -f "$placed" "$place"/postern-bastion.crt "$place"/postern-bastion.key "$place"/postern-ca.crt "$place"/postern_userlist.txt "$place"/postern_hba.conf
        `),
      ],
    },
  ],
};
