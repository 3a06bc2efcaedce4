import type { AccessModel } from '../../access/model.ts';
import { type Replica, streamsByCertificate, streamsByPassword } from '../../access/replicas.ts';
import { say } from '../../messages/message.ts';
import { type PlatformFacts, pathIn } from '../../postgres/platform.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh, shEmbed, shWord } from '../../quote/sh.ts';
import type { Block, FileDraft } from '../file.ts';
import type { Artifact } from '../list.ts';
import { serverTlsPaths } from '../tls/paths.ts';
import {
  CERTIFICATE_FILE,
  KEY_FILE,
  madeHere,
  PASSWORD_FILE,
  PRIMARY_CA_FILE,
  primaryConninfo,
  replicationRole,
  STANDBY_DIRECTORY,
} from './source.ts';

/** `make-standby.sh` and its undo: a replica made from the primary, with the files that stand beside the script. */
export const standby: Artifact = {
  page: 'replicas',
  render: (model) => (madeHere(model) ? model.replicas.flatMap((replica) => scripts(model, replica)) : []),
};

function scripts(model: AccessModel, replica: Replica): FileDraft[] {
  const folder = `replicas/${replica.slug}`;
  const values = { replica: replica.name, role: replicationRole(model) };
  const own = model.plan.security.certificate.source === 'own-ca';
  return [
    {
      path: `${folder}/make-standby.sh`,
      machine: 'replicas',
      title: say('replica.makeTitle', values),
      intro: [
        say('replica.makeIntro', values),
        own ? say('replica.makeOwn') : say('replica.makeOther', values),
        ...(streamsByCertificate(model.plan)
          ? [say('replica.makeCertificate', { ...values, file: proofFile(replica) })]
          : []),
      ],
      language: 'sh',
      mode: 0o755,
      apply: 'restart',
      run: [sh`sudo bash ${shWord(`${folder}/make-standby.sh`)}`, model.platform.restart as Sh],
      blocks: [
        places(model),
        stopped(model),
        certificates(model, replica, own),
        ...(streamsByCertificate(model.plan) ? [proof(replica)] : []),
        ...(streamsByPassword(model.plan) ? [password(model)] : []),
        copy(model, replica),
        installed(model, replica),
        end(model),
      ],
    },
    {
      path: `${folder}/make-standby-undo.sh`,
      machine: 'replicas',
      title: say('replica.undoTitle', values),
      intro: [say('replica.undoIntro')],
      language: 'sh',
      mode: 0o755,
      blocks: [undoPlaces(model), stopped(model), undo(model, replica)],
    },
  ];
}

const reason = (id: Parameters<typeof say>[0], path: string) => ({ message: say(id), path });

const root = lines(sh`
  set -euo pipefail
  if [ "$(id -u)" -ne 0 ]; then echo 'Run this as root: sudo bash, then the name of this file.' >&2; exit 1; fi
`);

/** The data directory, what makes it a standby's, and where the one before it is kept. */
const dataPlaces = ({ platform, release }: AccessModel): Sh[] =>
  lines(sh`
    data=${shWord(platform.dataDirectory.replace(/\/+$/, ''))}
    marker=$data/${release.major < 12 ? sh`recovery.conf` : sh`standby.signal`}
    kept=$data.before-postern
  `);

const configPlace = ({ platform }: AccessModel): Sh =>
  sh`config=${shWord(platform.configDirectory.replace(/\/+$/, ''))}`;

function places(model: AccessModel): Block<'sh'> {
  return {
    lines: [
      ...root,
      ...dataPlaces(model),
      configPlace(model),
      ...lines(sh`
        from=$(cd "$(dirname "$0")" && pwd)
        owner=${shWord(model.platform.osUser)}
        group=$(id -gn "$owner")
      `),
    ],
    reason: reason('replica.makePlaces', 'server.platform'),
  };
}

const configInside = ({ platform }: AccessModel): boolean =>
  platform.configDirectory.startsWith(platform.dataDirectory);

const undoPlaces = (model: AccessModel): Block<'sh'> => ({
  lines: [...root, ...dataPlaces(model), ...(configInside(model) ? [] : [configPlace(model)])],
  reason: reason('replica.makePlaces', 'server.platform'),
});

function stopped({ platform }: AccessModel): Block<'sh'> {
  const stop = `Stop it first, for example with: ${platform.restart.replace('restart', 'stop')}`;
  return {
    lines: lines(sh`
      if [ -e "$data/postmaster.pid" ] && kill -0 "$(head -n 1 "$data/postmaster.pid")" 2>/dev/null; then
        echo 'PostgreSQL is running here.' ${shWord(stop)} >&2
        exit 1
      fi
    `),
    reason: reason('replica.makeStopped', 'server.platform'),
  };
}

function certificates(model: AccessModel, { slug, path }: Replica, own: boolean): Block<'sh'> {
  const { certificate, key, clientCa, crl } = serverTlsPaths(model);
  const file = shWord(`server-${slug}`);
  const directory = certificate.slice(0, certificate.lastIndexOf('/'));
  const message = say('replica.makeTls');
  if (!own) {
    return {
      lines: lines(sh`
        for file in ${shWord(certificate)} ${shWord(key)}${clientCa === null ? sh`` : sh` ${shWord(clientCa)}`}; do
          if [ ! -r "$file" ]; then echo "$file is missing: put the certificate of this replica there first." >&2; exit 1; fi
        done
        install -d -m 0755 ${shWord(STANDBY_DIRECTORY)}
      `),
      reason: { message, path },
    };
  }
  // Where the configuration lies in the data directory, the copy replaces it; so these are put in place after it too.
  return {
    lines: lines(sh`
      openssl verify -CAfile "$from/ca.crt" "$from"/${file}.crt
      install -d -m 0755 ${shWord(STANDBY_DIRECTORY)}
      install -m 0644 "$from/ca.crt" ${shWord(PRIMARY_CA_FILE)}
      put_certificates() {
        install -d -o "$owner" -g "$group" ${shWord(directory)}
        install -o "$owner" -g "$group" -m 0644 "$from"/${file}.crt ${shWord(certificate)}
        install -o "$owner" -g "$group" -m 0600 "$from"/${file}.key ${shWord(key)}
        ${clientCa === null ? sh`:` : sh`install -o "$owner" -g "$group" -m 0644 "$from/ca.crt" ${shWord(clientCa)}`}
        ${crl === null ? sh`:` : sh`install -o "$owner" -g "$group" -m 0644 "$from/ca.crl" ${shWord(crl)}`}
      }
    `),
    reason: { message, path },
  };
}

const proofFile = ({ slug }: Replica): string => `replication-${slug}`;

/** What the replica shows the primary. libpq refuses a key that others may read (manual, "Client Certificates"). */
function proof(replica: Replica): Block<'sh'> {
  const file = shWord(proofFile(replica));
  return {
    lines: lines(sh`
      if [ -e "$from"/${file}.key ]; then
        openssl verify -CAfile "$from/ca.crt" -purpose sslclient "$from"/${file}.crt
        install -o "$owner" -g "$group" -m 0644 "$from"/${file}.crt ${shWord(CERTIFICATE_FILE)}
        install -o "$owner" -g "$group" -m 0600 "$from"/${file}.key ${shWord(KEY_FILE)}
      elif [ ! -e ${shWord(KEY_FILE)} ]; then
        echo ${shWord(`${proofFile(replica)}.crt, its key and ca.crt are missing beside this script; make-certificates.sh makes them.`)} >&2
        exit 1
      fi
    `),
    reason: { message: say('replica.makeProof'), path: 'network.replicationAuth' },
  };
}

/** Fields of a password file end at a colon, which a backslash escapes (manual 34.16); a bare `*` would mean everyone. */
const passwordField = (text: string): string => text.replace(/[:\\*]/g, '\\$&');

function password(model: AccessModel): Block<'sh'> {
  const role = replicationRole(model);
  const file = shWord(PASSWORD_FILE);
  return {
    lines: lines(sh`
      if [ ! -e ${file} ] || [ "\${1:-}" = --new-password ]; then
        IFS= read -rsp ${shWord(`Password of ${role}: `)} password
        echo
        password=\${password//\\/\\\\}
        password=\${password//:/\\:}
        (umask 077 && printf '*:*:*:%s:%s\n' ${shWord(passwordField(role))} "$password" >${file}.new)
        unset password
        chown "$owner:$group" ${file}.new
        mv ${file}.new ${file}
      fi
    `),
    reason: reason('replica.makePassword', 'network.replicationRole'),
  };
}

/** Where a platform's packages put pg_basebackup. */
function binaries({ platform }: PlatformFacts, major: number): string {
  switch (platform) {
    case 'debian':
      return `/usr/lib/postgresql/${major}/bin`;
    case 'rhel':
      return `/usr/pgsql-${major}/bin`;
    case 'macos':
      return `/opt/homebrew/opt/postgresql@${major}/bin`;
    default:
      return '/usr/local/pgsql/bin';
  }
}

function copy(model: AccessModel, replica: Replica): Block<'sh'> {
  const { platform, release } = model;
  const slot = replica.slot === null ? sh`` : sh` -S ${shWord(replica.slot)}`;
  const mark =
    release.major < 12
      ? sh`install -o "$owner" -g "$group" -m 0600 "$from/recovery.conf" "$fresh/recovery.conf"`
      : sh`install -o "$owner" -g "$group" -m 0600 /dev/null "$fresh/standby.signal"`;
  return {
    lines: lines(sh`
      if [ -e "$marker" ]; then
        echo 'This is a standby already; its data stays, and its files are put in place again.'
      else
        if [ -e "$kept" ] && [ -e "$data" ]; then echo "$kept is there from an earlier run; move it away first." >&2; exit 1; fi
        bin=${shWord(binaries(platform, release.major))}
        fresh=$data.postern-new
        rm -rf "$fresh"
        install -d -o "$owner" -g "$group" -m 0700 "$fresh"
        (cd / && sudo -u "$owner" "\${POSTGRES_BIN:-$bin}"/pg_basebackup -w -d ${shEmbed(primaryConninfo(model, replica))} -D "$fresh" -X stream -c fast${slot})
        ${mark}
        if [ -e "$data" ]; then mv "$data" "$kept"; fi
        mv "$fresh" "$data"
        if command -v restorecon >/dev/null; then restorecon -R "$data"; fi
      fi
    `),
    reason: { message: say('replica.makeCopy'), path: replica.path },
  };
}

function installed(model: AccessModel, replica: Replica): Block<'sh'> {
  const { platform, plan } = model;
  const own = plan.security.certificate.source === 'own-ca';
  const hasIdent = platform.osUser !== plan.server.superuser;
  const include = pathIn(platform, platform.configDirectory, 'postgresql.conf');
  return {
    lines: [
      ...lines(sh`
        put() { # file beside this script, where it goes, mode; the file that was there is kept once
          if [ -e "$2" ] && [ ! -e "$2.before-postern" ]; then cp -a "$2" "$2.before-postern"; fi
          install -o "$owner" -g "$group" -m "$3" "$1" "$2"
        }
        install -d -o "$owner" -g "$group" "$config/conf.d"
        put "$from/pg_hba.conf" "$config/pg_hba.conf" 0640
      `),
      ...(hasIdent ? [sh`put "$from/pg_ident.conf" "$config/pg_ident.conf" 0640`] : []),
      sh`put "$from/conf.d/postern.conf" "$config/conf.d/postern.conf" 0644`,
      ...(platform.includesConfD
        ? []
        : [
            sh`grep -Eq ${shWord("^[[:space:]]*include_dir[[:space:]]*=?[[:space:]]*'conf[.]d'")} ${shWord(include)} || printf '%s\n' ${shWord("include_dir = 'conf.d'")} >>${shWord(include)}`,
          ]),
      ...(model.release.major < 12
        ? [sh`install -o "$owner" -g "$group" -m 0600 "$from/recovery.conf" "$marker"`]
        : []),
      ...(own ? [sh`put_certificates`] : []),
    ],
    reason: { message: say('replica.makeFiles'), path: replica.path },
  };
}

function end({ platform }: AccessModel): Block<'sh'> {
  return {
    lines: [
      sh`echo ${shWord(`Start it: ${platform.restart}`)}`,
      sh`echo ${shWord(`Then ask it: ${platform.superuserPsql} -c 'SELECT pg_is_in_recovery(), status FROM pg_stat_wal_receiver'`)}`,
    ],
    reason: reason('replica.makeEnd', 'server.platform'),
  };
}

function undo(model: AccessModel, replica: Replica): Block<'sh'> {
  const inside = configInside(model);
  return {
    lines: [
      ...lines(sh`
        if [ -e "$data" ] && [ ! -e "$marker" ]; then
          echo 'This is no standby: it was promoted, or never made. Nothing was changed.' >&2
          exit 1
        fi
        if [ -e "$kept" ]; then
          [ ! -e "$data" ] || mv "$data" "$data.undone-$(date +%s)"
          mv "$kept" "$data"
        fi
        rm -f ${shWord(PASSWORD_FILE)} ${shWord(CERTIFICATE_FILE)} ${shWord(KEY_FILE)}
      `),
      ...(inside
        ? []
        : lines(sh`
            for file in pg_hba.conf pg_ident.conf conf.d/postern.conf; do
              if [ -e "$config/$file.before-postern" ]; then
                mv "$config/$file.before-postern" "$config/$file"
              elif [ "$file" = conf.d/postern.conf ]; then
                rm -f "$config/$file"
              fi
            done
          `)),
      sh`echo ${shWord(say('replica.undoSlot').text)}`,
    ],
    reason: { message: say('replica.undoRun'), path: replica.path },
  };
}
