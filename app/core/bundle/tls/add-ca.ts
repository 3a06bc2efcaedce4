import { say } from '../../messages/message.ts';
import { lines } from '../../quote/lines.ts';
import { sh, shWord } from '../../quote/sh.ts';
import type { Artifact } from '../file.ts';
import { primaryHosts } from './names.ts';
import { LIBPQ_ROOT_FILE } from './paths.ts';

const ADD_CA = 'clients/add-ca.sh';

/**
 * `add-ca.sh`: adds the CA to the file where libpq looks for root certificates, which may contain those of other
 * servers. Text around the certificates is ignored (PEM, RFC 7468 section 2), so the lines around ours mark what to
 * replace.
 */
export const addCa: Artifact = {
  page: 'certificates',
  render(model) {
    if (model.plan.security.certificate.source !== 'own-ca') return [];
    const [host = 'server'] = primaryHosts(model);
    return [
      {
        path: ADD_CA,
        phase: 'trust',
        guide: { undo: say('guide.undoClients') },
        machine: 'clients',
        title: say('addCa.title', { target: LIBPQ_ROOT_FILE }),
        intro: [say('addCa.intro')],
        language: 'sh',
        mode: 0o755,
        blocks: [
          {
            lines: lines(sh`
              set -euo pipefail
              ca=\${1:-$(dirname "$0")/ca.crt}
              target=~/.postgresql/root.crt
              begin=${shWord(`# BEGIN CA of ${host}, added by Postern`)} end=${shWord(`# END CA of ${host}`)}
              if [ "$ca" != --remove ] && ! grep -qs -- '-----BEGIN CERTIFICATE-----' "$ca"; then
                echo "$ca is not a certificate. Copy certificates/ca.crt of make-certificates.sh next to this file." >&2
                exit 1
              fi
              if [ -L "$target" ]; then echo "$target is a symbolic link: add the certificate to the file that it names. Nothing was changed." >&2; exit 1; fi
              (umask 077; mkdir -p ~/.postgresql)
              if [ "$ca" != --remove ] && cmp -s "$ca" "$target"; then exit; fi
              {
                if [ -e "$target" ]; then awk -v begin="$begin" -v end="$end" '$0 == begin { skip = 1 } !skip { print } $0 == end { skip = 0 }' "$target"; fi
                if [ "$ca" != --remove ]; then
                  echo "$begin"
                  cat "$ca"
                  echo "$end"
                fi
              } >"$target.new"
              if [ -s "$target.new" ]; then mv "$target.new" "$target"; else rm -f "$target.new" "$target"; fi
            `),
            reason: { message: say('addCa.how'), path: 'security.certificate.source' },
          },
        ],
      },
    ];
  },
};
