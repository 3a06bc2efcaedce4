import { say } from '../../messages/message.ts';
import type { AccessModel, Replica } from '../../model/model.ts';
import { streamsByCertificate, streamsByPassword } from '../../model/replicas.ts';
import { type PlatformFacts, pathIn } from '../../postgres/platform.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh, shEmbed, shWord } from '../../quote/sh.ts';
import { join } from '../../quote/template.ts';
import type { Artifact, Block, FileDraft } from '../file.ts';
import { rootOnly } from '../root-only.ts';
import { serverTlsPaths } from '../tls/paths.ts';
import { replicaMaps } from './files.ts';
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

/** `make-standby.sh` and its undo: creates a replica of the primary, with the files next to the script. */
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
      guide: { asks: say('guide.asksStandby'), interrupts: { what: say('guide.replaces'), alone: true } },
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
        replaceable(model),
        certificates(model, replica, own),
        ...(streamsByCertificate(model.plan) ? [proof(replica)] : []),
        ...(streamsByPassword(model.plan) ? [password(model)] : []),
        copy(model, replica),
        installed(model, replica),
        sufficient(model, replica),
        end(model),
      ],
    },
    {
      path: `${folder}/make-standby-undo.sh`,
      purpose: 'undo',
      phase: 'stopped',
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
  ${rootOnly}
`);

/** The data directory, what makes it a standby's, and where the previous one is kept. */
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
        bin=\${POSTGRES_BIN:-${shWord(binaries(model.platform, model.release.major))}}
        new_password='' replace='' stop=''
        # shellcheck disable=SC2034 # a replica with a certificate has no password
        for word in "$@"; do
          case $word in
            --new-password) new_password=yes ;;
            --replace) replace=yes ;;
            --stop) stop=yes ;;
            *) echo 'Usage: make-standby.sh [--new-password] [--replace] [--stop]' >&2; exit 2 ;;
          esac
        done
        place() { # mode, file, where it goes; renamed into place, so that it is whole or the one before
          install -o "$owner" -g "$group" -m "$1" "$2" "$3.new"
          mv -f "$3.new" "$3"
        }
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

/**
 * The command that restarts PostgreSQL, with another verb: `systemctl`, `brew services` and `pg_ctl` have all three.
 */
export const serviceCommand = ({ platform }: AccessModel, verb: 'start' | 'stop'): Sh =>
  platform.restart.replace('restart', verb) as Sh;

/**
 * A cluster with any user data is never replaced without confirmation. User objects have OIDs from 16384 on
 * (FirstNormalObjectId, access/transam.h), which name their files. An empty cluster is what a package creates.
 */
function replaceable(model: AccessModel): Block<'sh'> {
  const stop = serviceCommand(model, 'stop');
  return {
    lines: lines(sh`
      running() { [ -e "$data/postmaster.pid" ] && kill -0 "$(head -n 1 "$data/postmaster.pid")" 2>/dev/null; }
      holds_data() {
        [ -e "$data/PG_VERSION" ] || return 1
        if [ -n "$(ls -A "$data/pg_tblspc" 2>/dev/null)" ]; then return 0; fi
        find "$data/base" "$data/global" -name '[1-9]*' | awk -F/ '{ sub(/[._].*/, "", $NF); if ($NF + 0 >= 16384) found = 1 } END { exit !found }'
      }
      if [ ! -e "$marker" ] && [ -z "$replace" ] && holds_data; then
        echo "$data contains a cluster with its own databases or tables. Nothing was changed." >&2
        echo "If this machine is to become a replica: back up that data, stop PostgreSQL, and run this script with --replace. It moves the data to $kept." >&2
        exit 1
      fi
      if running; then
        if [ -e "$marker" ] || holds_data; then
          echo 'PostgreSQL is running here. Nothing was changed.' ${shWord(`Stop it first: ${stop}`)} >&2
          exit 1
        fi
        if [ -z "$stop" ] && [ -t 0 ]; then
          read -rp 'An empty PostgreSQL without databases of its own is running here. Stop it and replace it with a copy of the primary? [yes/no] ' stop
          [ "$stop" = yes ] || stop=''
        fi
        if [ -z "$stop" ]; then
          echo 'An empty PostgreSQL without databases of its own is running here. Nothing was changed. To stop and replace it, run this script with --stop.' >&2
          exit 1
        fi
        ${stop}
        if running; then echo 'PostgreSQL is still running. Nothing was changed.' >&2; exit 1; fi
      fi
    `),
    reason: reason('replica.makeStopped', 'server.platform'),
  };
}

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
          if [ ! -r "$file" ]; then echo "$file is missing: copy the certificate of this replica there first." >&2; exit 1; fi
        done
        install -d -m 0755 ${shWord(STANDBY_DIRECTORY)}
      `),
      reason: { message, path },
    };
  }
  // If the configuration is inside the data directory, the copy replaces it; so these are installed after it too.
  return {
    lines: lines(sh`
      # A key that was installed before is removed from this folder.
      if [ ! -e "$from"/${file}.key ] && { [ ! -e "$marker" ] || [ ! -e ${shWord(key)} ]; }; then
        echo ${shWord(`server-${slug}.key is missing next to this script: copy certificates/machines/replicas/${slug} of make-certificates.sh again.`)} >&2
        exit 1
      fi
      openssl verify -CAfile "$from/ca.crt" "$from"/${file}.crt
      install -d -m 0755 ${shWord(STANDBY_DIRECTORY)}
      install -m 0644 "$from/ca.crt" ${shWord(PRIMARY_CA_FILE)}.new
      mv ${shWord(PRIMARY_CA_FILE)}.new ${shWord(PRIMARY_CA_FILE)}
      put_certificates() {
        install -d -o "$owner" -g "$group" ${shWord(directory)}
        if [ -e "$from"/${file}.key ]; then
          place 0600 "$from"/${file}.key ${shWord(key)}
          place 0644 "$from"/${file}.crt ${shWord(certificate)}
          rm -f "$from"/${file}.key
        fi
        ${clientCa === null ? sh`:` : sh`place 0644 "$from/ca.crt" ${shWord(clientCa)}`}
        ${crl === null ? sh`:` : sh`place 0644 "$from/ca.crl" ${shWord(crl)}`}
      }
    `),
    reason: { message, path },
  };
}

const proofFile = ({ slug }: Replica): string => `replication-${slug}`;

/**
 * What the replica presents to the primary. libpq rejects a key that others may read (manual, "Client Certificates").
 */
function proof(replica: Replica): Block<'sh'> {
  const file = shWord(proofFile(replica));
  return {
    lines: lines(sh`
      if [ -e "$from"/${file}.key ]; then
        openssl verify -CAfile "$from/ca.crt" -purpose sslclient "$from"/${file}.crt
        place 0644 "$from"/${file}.crt ${shWord(CERTIFICATE_FILE)}
        place 0600 "$from"/${file}.key ${shWord(KEY_FILE)}
      elif [ ! -e ${shWord(KEY_FILE)} ]; then
        echo ${shWord(`${proofFile(replica)}.crt, its key and ca.crt are missing next to this script. To create them: make-certificates.sh`)} >&2
        exit 1
      fi
    `),
    reason: { message: say('replica.makeProof'), path: 'network.replicationAuth' },
  };
}

/**
 * Fields of a password file end at a colon, which a backslash escapes (manual 34.16); a bare `*` would match
 * everything.
 */
const passwordField = (text: string): string => text.replace(/[:\\*]/g, '\\$&');

function password(model: AccessModel): Block<'sh'> {
  const role = replicationRole(model);
  const file = shWord(PASSWORD_FILE);
  return {
    lines: lines(sh`
      if [ ! -e ${file} ] || [ -n "$new_password" ]; then
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

/** Where a platform's packages install pg_basebackup. */
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
  const { release } = model;
  const slot = replica.slot === null ? sh`` : sh` -S ${shWord(replica.slot)}`;
  const mark =
    release.major < 12
      ? sh`install -o "$owner" -g "$group" -m 0600 "$from/recovery.conf" "$fresh/recovery.conf"`
      : sh`install -o "$owner" -g "$group" -m 0600 /dev/null "$fresh/standby.signal"`;
  return {
    lines: lines(sh`
      if [ -e "$marker" ]; then
        echo 'This is already a standby. Its data is kept, and its files are installed again.'
      else
        if [ -e "$kept" ] && [ -e "$data" ]; then echo "$kept exists from an earlier run. Move it away first." >&2; exit 1; fi
        fresh=$data.postern-new
        rm -rf "$fresh"
        install -d -o "$owner" -g "$group" -m 0700 "$fresh"
        (cd / && sudo -u "$owner" "$bin"/pg_basebackup -w -d ${shEmbed(primaryConninfo(model, replica))} -D "$fresh" -X stream -c fast${slot})
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
  const hasIdent = replicaMaps(model, say('file.ident')).length > 0;
  const include = pathIn(platform, platform.configDirectory, 'postgresql.conf');
  return {
    lines: [
      ...lines(sh`
        put() { # file next to this script, where it goes, mode; the file that was there is kept once
          if [ -e "$2" ] && [ ! -e "$2.before-postern" ]; then
            cp -a "$2" "$2.before-postern.new"
            mv "$2.before-postern.new" "$2.before-postern"
          fi
          place "$3" "$1" "$2"
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
      ...(model.release.major < 12 ? [sh`place 0600 "$from/recovery.conf" "$marker"`] : []),
      ...(own ? [sh`put_certificates`] : []),
      ...(streamsByCertificate(plan) ? [sh`rm -f "$from"/${shWord(proofFile(replica))}.key`] : []),
    ],
    reason: { message: say('replica.makeFiles'), path: replica.path },
  };
}

/** With a lower value than the primary's a standby does not start (manual, "Hot Standby", Administrator's Overview). */
function sufficient(model: AccessModel, replica: Replica): Block<'sh'> {
  const { platform, release } = model;
  const names = [
    ...['max_connections', 'max_worker_processes', 'max_prepared_transactions', 'max_locks_per_transaction'],
    ...(release.major < 12 ? [] : ['max_wal_senders']),
  ];
  const conf = shWord(pathIn(platform, platform.configDirectory, 'postgresql.conf'));
  return {
    lines: lines(sh`
      low=''
      for setting in ${join(names.map(shWord), ' ')}; do
        if ! theirs=$(cd / && sudo -u "$owner" psql -XAtw -d ${shEmbed(primaryConninfo(model, replica))}' replication=true' -c "SHOW $setting") ||
          ! mine=$(cd / && sudo -u "$owner" "$bin"/postgres -C "$setting" -D "$data" -c config_file=${conf}); then
          echo "$setting could not be compared with the primary's. A lower value here keeps the replica from starting." >&2
          continue
        fi
        if [ "$mine" -lt "$theirs" ]; then
          printf '%s is %s here and %s on the primary. Set it to at least %s in a file of %s. Then run this script again.\n' \
            "$setting" "$mine" "$theirs" "$theirs" ${shWord(pathIn(platform, platform.configDirectory, 'conf.d'))} >&2
          low=yes
        fi
      done
      if [ -n "$low" ]; then exit 1; fi
    `),
    reason: { message: say('replica.makeSettings'), path: 'security.maxConnections' },
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
          echo 'This is not a standby: it was promoted, or never created. Nothing was changed.' >&2
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
