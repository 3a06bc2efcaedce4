import { say } from '../../messages/message.ts';
import { firewallOn } from '../../model/host-firewall.ts';
import type { AccessModel } from '../../model/model.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import type { FileDraft } from '../file.ts';
import { calledScript } from '../readers/script.ts';
import { rootOnly } from '../root-only.ts';

const GET_CERTIFICATE = 'database-server/get-certificate.sh';

/**
 * `get-certificate.sh`, and the hooks that open port 80 while the CA connects to it: certbot runs those in
 * `renewal-hooks/pre` and `post` around each renewal (certbot manual, "Pre and Post Validation Hooks").
 */
export function gettingCertificate(model: AccessModel, host: string): FileDraft<'sh'>[] {
  const shared = { machine: 'database-server', language: 'sh', mode: 0o755 } as const;
  const reason = { message: say('getCertificate.port'), path: 'security.certificate.source' };
  const { open, close } = port80[portOf(model)];
  return [
    {
      ...shared,
      path: GET_CERTIFICATE,
      phase: 'first',
      guide: { packages: ['certbot'] },
      title: say('getCertificate.title', { name: host }),
      intro: [
        say('getCertificate.intro'),
        ...(model.plan.cloud.provider === 'none' ? [] : [say('getCertificate.cloud')]),
        ...(portOf(model) === 'other' ? [say('getCertificate.otherFirewall')] : []),
      ],
      run: [sh`sudo bash ${shWord(GET_CERTIFICATE)}`],
      blocks: [{ lines: getting(host), reason: { message: say('getCertificate.how'), path: 'server.name' } }],
    },
    {
      ...shared,
      path: 'database-server/letsencrypt-pre.sh',
      target: '/etc/letsencrypt/renewal-hooks/pre/postern.sh',
      reader: calledScript,
      title: say('getCertificate.preTitle'),
      blocks: [{ lines: [sh`set -euo pipefail`, ...onlyForStandalone(host), ...open], reason }],
    },
    {
      ...shared,
      path: 'database-server/letsencrypt-post.sh',
      target: '/etc/letsencrypt/renewal-hooks/post/postern.sh',
      reader: calledScript,
      title: say('getCertificate.postTitle'),
      blocks: [{ lines: [sh`set -euo pipefail`, ...close], reason }],
    },
  ];
}

/** Another challenge type, such as a DNS plugin, replaces certbot's standalone web server. */
const getting = (host: string): Sh[] =>
  lines(sh`
    set -euo pipefail
    ${rootOnly}
    from=$(cd "$(dirname "$0")" && pwd)
    name=${shWord(host)}
    if ! command -v certbot >/dev/null; then
      echo 'certbot is not installed. Install the package certbot first. Nothing was changed.' >&2
      exit 1
    fi
    if [ "$#" -eq 0 ]; then
      set -- --standalone --preferred-challenges http
      trap 'bash "$from/letsencrypt-post.sh"' EXIT
      bash "$from/letsencrypt-pre.sh" --issue
    fi
    certbot certonly --cert-name "$name" -d "$name" --keep-until-expiring "$@"
    RENEWED_LINEAGE=/etc/letsencrypt/live/$name RENEWED_DOMAINS=$name bash "$from/letsencrypt-hook.sh"
    echo "PostgreSQL's copy of the certificate is in place."
  `);

const onlyForStandalone = (host: string): Sh[] =>
  lines(sh`
    if [ "\${1:-}" != --issue ] && ! grep -qs '^authenticator = standalone' /etc/letsencrypt/renewal/${shWord(host)}*.conf; then exit 0; fi
  `);

type Port80 = 'iptables' | 'firewalld' | 'other';

/** What controls port 80 on this machine; nftables has no rule that overrides the drop of another table. */
function portOf({ plan }: AccessModel): Port80 {
  switch (firewallOn(plan, 'server')) {
    case 'ufw':
    case 'iptables':
      return 'iptables';
    case 'firewalld':
      return 'firewalld';
    default:
      return 'other';
  }
}

/**
 * A rule of our own with a comment, so that another rule for the same port is never removed with it. `ufw allow` would
 * find the other rule and `ufw delete` would then delete it.
 */
const RULE = sh`INPUT -p tcp --dport 80 -m comment --comment postern-certificate -j ACCEPT`;

const port80: Readonly<Record<Port80, { readonly open: readonly Sh[]; readonly close: readonly Sh[] }>> = {
  iptables: {
    open: lines(sh`
      for program in iptables ip6tables; do
        $program -w -C ${RULE} 2>/dev/null || $program -w -I ${RULE}
      done
    `),
    close: lines(sh`
      for program in iptables ip6tables; do
        while $program -w -D ${RULE} 2>/dev/null; do :; done
      done
    `),
  },
  firewalld: {
    open: lines(sh`
      if firewall-cmd --state >/dev/null 2>&1; then
        # It goes by itself, also when the post hook never runs.
        firewall-cmd --quiet --timeout=10m --add-rich-rule='rule priority="-30" port port="80" protocol="tcp" accept'
      fi
    `),
    close: lines(sh`
      if firewall-cmd --state >/dev/null 2>&1; then
        firewall-cmd --quiet --remove-rich-rule='rule priority="-30" port port="80" protocol="tcp" accept' 2>/dev/null || true
      fi
    `),
  },
  other: { open: [sh`:`], close: [sh`:`] },
};
