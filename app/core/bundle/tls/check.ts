import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { streamsByCertificate } from '../../model/replicas.ts';
import { ini } from '../../quote/ini.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import { join } from '../../quote/template.ts';
import type { Artifact, Block, FileDraft } from '../file.ts';
import { scriptByHand } from '../readers/script.ts';
import { systemdTimer, timedService } from '../readers/systemd.ts';
import { CERTIFICATE_FILE, madeHere } from '../replica/source.ts';
import { onHost } from './install.ts';
import { asksCertificates, serverTlsPaths } from './paths.ts';

/** Default number of days before expiry at which the check begins to warn: after a renewal was due. */
export function warnDays({ plan }: AccessModel): number {
  const { certificate } = plan.security;
  // certbot renews with a third of the lifetime left, which will soon be 15 days.
  if (certificate.source === 'lets-encrypt') return 10;
  return certificate.source === 'own-ca' ? Math.min(30, Math.floor(certificate.days / 3)) : 30;
}

const PROGRAM = '/usr/local/sbin/postern-check-certificates';

/**
 * `check-certificates.sh`: warns before a certificate or a CRL expires. For the server, with a systemd timer; and for
 * the machine that issues certificates, which alone has those of the clients.
 */
export const checkCertificates: Artifact = {
  page: 'certificates',
  render(model) {
    const own = model.plan.security.certificate.source === 'own-ca';
    const makes = own || asksCertificates(model);
    return [
      ...(makes
        ? [
            script(model, 'your-machine', [
              sh`cd "$(dirname "$0")/certificates"`,
              sh`set -- server*.crt bastion*.crt clients/*.crt replication-*.crt ca.crt${serverTlsPaths(model).crl === null ? sh`` : sh` ca.crl`}`,
            ]),
          ]
        : []),
      ...onServer(model, 'database-server', 'database-server', []),
    ];
  },
};

/** The same for each replica, which has its own certificates; after the script that installs them. */
export const checkOnReplicas: Artifact = {
  page: 'certificates',
  render: (model) =>
    madeHere(model)
      ? model.replicas.flatMap(({ slug }) =>
          onServer(model, 'replicas', `replicas/${slug}`, streamsByCertificate(model.plan) ? [CERTIFICATE_FILE] : []),
        )
      : [],
};

function onServer(
  model: AccessModel,
  machine: 'database-server' | 'replicas',
  folder: string,
  more: readonly string[],
): FileDraft[] {
  if (model.platform.platform === 'windows') return [];
  const { certificate, clientCa, crl } = serverTlsPaths(model);
  const byName = machine === 'replicas' ? [] : model.plan.security.hostCertificates.map((of) => of.certificateFile);
  const files = [...new Set([certificate, ...byName, clientCa, crl, ...more].filter((path) => path !== null))];
  const named = join(
    files.map((path) => shWord(onHost(model, path))),
    ' ',
  );
  const check = script(model, machine, [sh`set -- ${named}`], folder);
  if (!model.platform.systemd) return [{ ...check, guide: { asks: say('guide.runDaily') } }];
  const unit = { machine, language: 'ini' } as const;
  const reason = { message: say('check.when'), path: 'security.certificate' };
  return [
    { ...check, target: PROGRAM, reader: scriptByHand },
    {
      ...unit,
      path: `${folder}/postern-certificates.service`,
      target: '/etc/systemd/system/postern-certificates.service',
      reader: timedService,
      title: say('check.unit'),
      blocks: [
        {
          lines: lines(ini`
            [Unit]
            Description=Certificates of PostgreSQL that end soon

            [Service]
            Type=oneshot
            ExecStart=/usr/local/sbin/postern-check-certificates
          `),
          reason,
        },
      ],
    },
    {
      ...unit,
      path: `${folder}/postern-certificates.timer`,
      target: '/etc/systemd/system/postern-certificates.timer',
      reader: systemdTimer,
      title: say('check.timer'),
      blocks: [
        {
          lines: lines(ini`
            [Unit]
            Description=Looks every day for certificates of PostgreSQL that end soon

            [Timer]
            OnCalendar=daily
            RandomizedDelaySec=1h
            Persistent=true

            [Install]
            WantedBy=timers.target
          `),
          reason,
        },
      ],
    },
  ];
}

function script(
  model: AccessModel,
  machine: 'your-machine' | 'database-server' | 'replicas',
  files: readonly Sh[],
  folder: string = machine,
): FileDraft<'sh'> {
  const blocks: Block<'sh'>[] = [
    { lines: start(warnDays(model)) },
    { lines: [...files], reason: { message: say('check.files'), path: 'security.certificate' } },
    { lines: checking, reason: { message: say('check.how'), path: 'security.certificate' } },
  ];
  return {
    path: `${folder}/check-certificates.sh`,
    machine,
    title: say('check.title'),
    intro: [say('check.intro', { days: warnDays(model) })],
    language: 'sh',
    mode: 0o755,
    phase: machine === 'your-machine' ? 'renewal' : 'check',
    blocks,
  };
}

const start = (days: number) =>
  lines(sh`
  set -euo pipefail
  warn=\${1:-${days}}
  case $warn in '' | *[!0-9]*) echo 'Usage: check-certificates.sh [DAYS]' >&2; exit 2 ;; esac
`);

/** No date(1): it parses dates differently on each system. Days from the civil calendar, by counting from March. */
const checking = lines(sh`
  now=$(date +%s)
  worst=0
  seconds() { # since 1970, of a date as openssl writes it: Nov 24 22:54:49 2027 GMT
    local month day time year months=JanFebMarAprMayJunJulAugSepOctNovDec number
    read -r month day time year _ <<<"$1"
    months=\${months%%"$month"*}
    number=$((\${#months} / 3 + 1))
    if [ "$number" -le 2 ]; then year=$((year - 1)) number=$((number + 12)); fi
    echo $(((365 * year + year / 4 - year / 100 + year / 400 + (153 * number - 457) / 5 + day - 719469) * 86400 +
      10#\${time:0:2} * 3600 + 10#\${time:3:2} * 60 + 10#\${time:6:2}))
  }
  judge() { # file, what it is, when it ends
    local left=$(($(seconds "$3") - now)) days
    days=$((left / 86400))
    if [ "$left" -le 0 ]; then
      echo "EXPIRED  $1: $2 ended on $3" >&2
      worst=2
    elif [ "$days" -lt "$warn" ]; then
      echo "WARNING  $1: $2 ends in $days days, on $3" >&2
      if [ "$worst" -lt 1 ]; then worst=1; fi
    else
      echo "ok       $1: $2 ends in $days days"
    fi
  }
  look() { # file; every certificate and list in it
    local name=$1 line text='' kind end
    if [ ! -r "$1" ]; then
      echo "MISSING  $1" >&2
      worst=2
      return 0
    fi
    while IFS= read -r line; do
      case $line in
        '-----BEGIN CERTIFICATE-----') kind=x509 text=$line ;;
        '-----BEGIN X509 CRL-----') kind=crl text=$line ;;
        '-----END '*)
          if [ "$kind" = crl ]; then end=$(openssl crl -noout -nextupdate <<<"$text"$'\n'"$line"); else end=$(openssl x509 -noout -enddate <<<"$text"$'\n'"$line"); fi
          if [ "$kind" = crl ]; then judge "$name" 'revocation list' "\${end#*=}"; else judge "$name" certificate "\${end#*=}"; fi
          ;;
        *) text+=$'\n'$line ;;
      esac
    done <"$1"
  }
  for file in "$@"; do
    case $file in *'*'*) continue ;; esac
    look "$file"
  done
  exit "$worst"
`);
