import { type Message, say } from '../../../messages/message.ts';
import type { AccessModel } from '../../../model/model.ts';
import { HOSTS_NAME } from '../../../postgres/hosts/hosts.ts';
import { lines } from '../../../quote/lines.ts';
import { type Sh, sh, shWord } from '../../../quote/sh.ts';
import { join } from '../../../quote/template.ts';
import type { Block, FileDraft, FileOutline, ServerFile } from '../../file.ts';
import { bindsOf } from '../../postgres/bind-password.ts';
import { fitting, type InstalledFile, installedFiles, onHost } from '../../tls/install.ts';
import { serverTlsPaths } from '../../tls/paths.ts';
import { changeStore } from './changes.ts';
import { keepClientCa } from './client-ca.ts';
import { control } from './control.ts';
import { containerPlaces, containerServer } from './docker.ts';
import { beside, type Host, hosts, inContainer, placeOf } from './host.ts';
import { hasHosts, keepHostCertificates } from './host-certificates.ts';
import { hasMinimums, keepHigher } from './keep-higher.ts';
import { shownCertificate, testKit, triedAddresses } from './kit.ts';
import { live } from './live.ts';
import { overrides } from './overrides.ts';
import { plainFiles } from './plain.ts';
import { postgresPlaces, runningServer, scratchServer, serverSteps, switchServer, useServer } from './postgres.ts';
import { preflight } from './preflight.ts';
import { rightServer } from './right-server.ts';
import { rulesCheck } from './rules.ts';
import { sets } from './sets.ts';
import { undoing } from './undo.ts';
import { serviceStates } from './units.ts';
import { chainsOf, functionOf, unitsOf, uses } from './uses.ts';
import { bootOfContainer, bootOfMachine, guardedWindow } from './window.ts';

/** The page of these scripts, which are not a target themselves. */
export const APPLY_PAGE = 'apply';

/** Where each platform's packages keep the programs of a major. */
const BIN = {
  debian: (major: number) => `/usr/lib/postgresql/${major}/bin`,
  rhel: (major: number) => `/usr/pgsql-${major}/bin`,
  source: () => '/usr/local/pgsql/bin',
} as const;

/**
 * `apply.sh` for each machine whose files it can install. It is generated from the other files of the machine and does
 * not depend on their purpose, so a new file is included without a change here.
 */
export function applyScripts(model: AccessModel, drafts: readonly FileOutline[]): FileDraft[] {
  return hosts(model, drafts).flatMap((host) => scripts(model, host));
}

function scripts(model: AccessModel, host: Host): FileDraft[] {
  const { confirmSeconds: seconds } = model.plan.rollout;
  const server = host.postgres.length > 0;
  const plain = host.plain.length > 0;
  const container = server && inContainer(model);
  const shared = { machine: host.machine, language: 'sh', mode: 0o755 } as const;
  const block = (message: Message, text: readonly Sh[]): Block<'sh'> => ({
    lines: text,
    reason: { message, path: 'rollout.confirmSeconds' },
  });
  return [
    {
      ...shared,
      path: `${host.folder}/apply.sh`,
      purpose: 'rollout',
      title: say(server ? 'apply.title' : 'apply.plainTitle'),
      intro: [say('apply.intro', { seconds, folder: host.folder }), say(server ? 'apply.scope' : 'apply.plainScope')],
      blocks: [
        { lines: header(model, host) },
        block(say('apply.control'), control),
        block(say('apply.sets'), sets),
        block(say('apply.changes'), changeStore),
        ...(server
          ? [
              { lines: serverHeader(model, host) },
              ...(container ? [block(say('apply.container'), containerPlaces)] : []),
              {
                lines: [
                  ...postgresPlaces,
                  sh`readonly paths=("$conf" "$drop_in" "\${named_files[@]}" "\${tls[@]}" \${override:+"$override"} "\${other_paths[@]}")`,
                  ...(container ? containerServer : runningServer),
                  ...serverSteps,
                ],
              },
              ...(container ? [] : [block(say('apply.rightServer'), rightServer)]),
              ...(hasMinimums(model) ? [block(say('apply.keepHigher'), keepHigher(model))] : []),
              block(say('apply.scratch'), scratchServer),
              block(say('apply.placing'), switchServer),
              block(say('apply.using'), useServer),
              block(say('apply.overrides'), overrides),
              block(say('apply.rules'), rulesCheck(model, host)),
              block(say('apply.kit'), testKit(model, host)),
            ]
          : []),
        ...(plain
          ? [
              block(say('apply.plain'), plainFiles),
              block(say('apply.readers'), uses(host)),
              block(say('apply.units'), serviceStates),
              block(say('apply.live'), live),
            ]
          : []),
        block(say('apply.undoing'), undoing),
        block(say('apply.steps'), steps(model, host)),
        block(say('apply.preflight'), preflight(model, host)),
        block(say('apply.confirmation', { seconds }), [
          ...(container ? bootOfContainer : bootOfMachine),
          ...guardedWindow,
        ]),
      ],
    },
  ];
}

const array = (words: readonly string[]): Sh => sh`(${join(words.map(shWord), ' ')})`;

const unique = (words: readonly string[]): string[] => [...new Set(words)];

function header(model: AccessModel, host: Host): Sh[] {
  const plain = host.plain.map((draft) => placeOf(host, draft));
  const touched = unique(host.plain.flatMap(({ window }) => window?.changes ?? [])).filter(
    (path) => !plain.includes(path),
  );
  const targets = host.plain.flatMap(({ target }) => (target === undefined ? [] : [target]));
  return [
    ...lines(sh`
      set -euo pipefail
      umask 077
      readonly machine=${shWord(host.name)} seconds=${model.plan.rollout.confirmSeconds}
    `),
    ...(host.plain.length > 0
      ? [
          sh`# Files that other programs than PostgreSQL read; those that scripts of this folder change; folders that hold them; services; chains of iptables.`,
          sh`readonly plain=${array(plain)}`,
          sh`readonly touched=${array(touched)}`,
          sh`readonly roots=${array(unique(targets.map(rootOf)))}`,
          sh`readonly units=${array(unitsOf(host))}`,
          sh`readonly chains=${shWord(chainsOf(host))}`,
        ]
      : [sh`readonly touched=()`, ...(inContainer(model) ? [] : [sh`readonly units=()`])]),
    host.postgres.length > 0
      ? sh`readonly other_paths=${array([...plain, ...touched])}`
      : sh`readonly paths=${array([...plain, ...touched])}`,
  ];
}

/** The paths that a private view copies. */
const rootOf = (target: string): string =>
  target.startsWith('/etc/') ? '/etc' : target.slice(0, target.lastIndexOf('/'));

function serverHeader(model: AccessModel, host: Host): Sh[] {
  const { platform, plan } = model;
  const files = certificatesOf(model, host);
  const binds = bindsOf(model, host.machine);
  const named = NAMED.filter(({ server }) => server !== 'hosts' || hasHosts(host));
  const config = shWord(platform.configDirectory.replace(/\/+$/, ''));
  const data = shWord(platform.dataDirectory);
  return [
    sh`readonly major=${plan.server.major} port=${plan.server.port} inside=${config}`,
    sh`readonly account=${shWord(platform.osUser)} superuser=${shWord(plan.server.superuser)}`,
    sh`readonly file_names=${array(named.map(({ name }) => name))} file_settings=${array(named.map(({ setting }) => setting))}`,
    sh`readonly certificate=${shownCertificate(model)}`,
    sh`readonly tls=${array(files.map(({ path }) => path))} tls_settings=${array(files.map(({ setting }) => setting))}`,
    sh`readonly tls_names=${array(files.map(({ name }) => name))} tls_modes=${array(files.map(({ mode }) => mode))}`,
    sh`readonly brought=${array(brought(model, host, files))} bring=${shWord(bringText(model))}`,
    sh`readonly addresses=${array(triedAddresses(model, host))}`,
    sh`readonly bind_files=${array(binds.map(({ file }) => file))} bind_dns=${array(binds.map(({ dn }) => dn))}`,
    ...(platform.platform === 'debian' || platform.platform === 'rhel' || platform.platform === 'source'
      ? [
          sh`readonly config=$inside data=${data} owner=$account: override=`,
          sh`readonly bin=${shWord(BIN[platform.platform](plan.server.major))}`,
          sh`readonly service=${shWord(platform.service ?? '')} socket=${shWord(platform.socketDirectory ?? '')}`,
        ]
      : [
          sh`readonly inside_data=${data}`,
          sh`config='' data='' owner='' override='' project='' project_folder='' image='' compose_files=() bin=''`,
        ]),
  ];
}

/** The files that a setting names, with that setting. Every server has the first two. */
const NAMED: readonly { readonly server: ServerFile; readonly name: string; readonly setting: string }[] = [
  { server: 'records', name: 'pg_hba.conf', setting: 'hba_file' },
  { server: 'map', name: 'pg_ident.conf', setting: 'ident_file' },
  { server: 'hosts', name: HOSTS_NAME, setting: 'hosts_file' },
];

/** PostgreSQL comes last and is rolled back first, so that no port is open without its firewall rules. */
function steps(model: AccessModel, host: Host): Sh[] {
  const server = host.postgres.length > 0;
  const plain = host.plain.length > 0;
  return [
    ...functionOf(sh`ready`, server ? [sh`ready_postgres`] : []),
    ...(server
      ? [
          ...functionOf(sh`keep_host_certificates`, hasHosts(host) ? keepHostCertificates(model) : []),
          ...functionOf(sh`keep_client_ca`, keepClientCa(model)),
        ]
      : []),
    ...functionOf(sh`make_set`, [
      ...(server ? serverSet(model, host) : []),
      ...host.plain.map(
        (draft) =>
          sh`add_to_set "$1" "$here"/${shWord(beside(host, draft))} ${shWord(placeOf(host, draft))} root:root ${octal(draft)}`,
      ),
    ]),
    ...functionOf(sh`check`, [
      ...(server ? [sh`check_rules`] : []),
      ...(plain ? [sh`try_plain "$1"`] : []),
      ...(server ? [sh`check_postgres "$1"`] : []),
    ]),
    ...functionOf(sh`go`, [
      ...(plain ? [sh`place_plain "$1"`, sh`check_plain`, sh`use_plain`] : []),
      ...(server ? [sh`place_postgres "$1"`, sh`use_postgres`] : []),
    ]),
    ...functionOf(sh`back_files`, [
      ...(server ? [sh`place_postgres "$1"`] : []),
      ...(plain ? [sh`attempt_within 60 leave_all "$1"`, sh`place_plain "$1"`] : []),
    ]),
    ...functionOf(sh`back_programs`, [
      ...(server ? [sh`attempt_within 180 back_postgres`, sh`[ "$outcome" -eq 0 ] || failed=1`] : []),
      ...(plain ? [sh`back_plain`] : []),
    ]),
    ...functionOf(sh`back_at_boot`, plain ? [sh`back_units`] : []),
    ...(server
      ? functionOf(sh`fits`, fits(model, host))
      : [
          ...[sh`test_kit`, sh`narrow_ports`].flatMap((name) => functionOf(name, [])),
          ...[sh`in_switch`, sh`renewed`, sh`is_certificate`].flatMap((name) => functionOf(name, [sh`return 1`])),
        ]),
    ...functionOf(sh`remove_copied_keys`, [
      ...(server ? [sh`remove_server_keys`] : []),
      ...host.plain
        .flatMap(({ window }) => window?.copiedKeys ?? [])
        .map(
          ({ name, place }) =>
            sh`if cmp -s "$here"/${shWord(name)} ${shWord(place)}; then rm -f "$here"/${shWord(name)}; fi`,
        ),
    ]),
    ...(server ? [] : functionOf(sh`check_earlier`, [])),
    ...functionOf(sh`keeps_slots`, server ? slotsStay : []),
    ...(plain
      ? []
      : [
          ...[sh`save_live`, sh`save_left`, sh`look_at_live`, sh`rules_conflict`, sh`own_rules`].flatMap((name) =>
            functionOf(name, []),
          ),
          ...functionOf(sh`stays_with_ufw`, [sh`return 1`]),
          ...functionOf(sh`try_in_view`, []),
        ]),
  ];
}

/** TLS files in the settings that neither this script nor another one of the bundle creates. */
function brought(model: AccessModel, host: Host, installed: readonly InstalledFile[]): string[] {
  const { certificate, key } = serverTlsPaths(model);
  const { source } = model.plan.security.certificate;
  // A file of a container may be mounted from anywhere.
  const own = source === 'own-ca' || (source === 'existing' && inContainer(model)) ? [] : [certificate, key];
  const byName = host.machine === 'replicas' || inContainer(model) ? [] : model.plan.security.hostCertificates;
  const placed = installed.map(({ path }) => path);
  const files = [...own, ...byName.flatMap(({ certificateFile, keyFile }) => [certificateFile, keyFile])];
  return unique(files.map((path) => onHost(model, path))).filter((path) => !placed.includes(path));
}

const bringText = ({ plan }: AccessModel): string =>
  plan.security.certificate.source !== 'lets-encrypt'
    ? 'Copy the certificate and its key there first.'
    : plan.security.hostCertificates.length === 0
      ? 'Run get-certificate.sh first.'
      : 'Run get-certificate.sh first, and copy the certificates of other host names there with their keys.';

/** The certificates that this script installs, instead of `install-certificates.sh`. */
const certificatesOf = (model: AccessModel, host: Host): InstalledFile[] =>
  host.all.some(({ server, covered }) => server === 'certificates' && covered) ? installedFiles(model) : [];

const octal = ({ mode }: FileOutline): Sh => shWord((mode ?? 0o644).toString(8).padStart(4, '0'));

/**
 * PostgreSQL does not start with a logical slot and a lower wal_level (slot.c, RestoreSlotFromDisk), so an undo that
 * lowers it must wait until the slots are dropped. A server that does not answer cannot be queried, and the undo
 * continues.
 */
const slotsStay = lines(sh`
  if ! grep -Eqs "^[[:space:]]*wal_level[[:space:]]*=?[[:space:]]*'?logical" "$drop_in" || grep -Eqs "^[[:space:]]*wal_level[[:space:]]*=?[[:space:]]*'?logical" "$1$conf" "$1$drop_in" "$data/postgresql.auto.conf"; then return 0; fi
  local slots
  slots=$(ask "select string_agg(slot_name, ', ') from pg_replication_slots where slot_type = 'logical'" 2>/dev/null || true)
  [ -z "$slots" ] || fail "Nothing was undone: PostgreSQL would not start with wal_level below logical and these logical replication slots: $slots. Drop the subscriptions or the slots first (pg_drop_replication_slot)."
`);

/** Checks that the certificates of a set belong together. */
function fits(model: AccessModel, host: Host): Sh[] {
  const files = certificatesOf(model, host);
  const inSet = (name: InstalledFile['name']) => {
    const index = files.findIndex((file) => file.name === name);
    return index < 0 ? null : sh`"$1\${tls[${index}]}"`;
  };
  return fitting(inSet('server.crt'), inSet('server.key'), inSet('ca.crt'), inSet('ca.crl'));
}

function serverSet(model: AccessModel, host: Host): Sh[] {
  const appends = !model.platform.includesConfD && host.postgres.some(({ server }) => server === 'settings');
  return [
    ...(host.override
      ? [sh`add_to_set "$1" "$here"/${shWord(beside(host, host.override))} "$override" root:root 0644`]
      : []),
    ...host.postgres.map((draft) => {
      const named = NAMED.find(({ server }) => server === draft.server);
      const place = named ? sh`"$config"/${shWord(named.name)}` : sh`"$drop_in"`;
      if (draft.merged) return sh`merge_rules "$1" "$here"/${shWord(beside(host, draft))} ${place}`;
      return sh`add_server_file "$1" "$here"/${shWord(beside(host, draft))} ${place}`;
    }),
    ...(hasMinimums(model) ? [sh`keep_higher "$1"`] : []),
    ...lines(sh`
      for index in "\${!tls[@]}"; do
        add_certificate "$1" "\${tls_names[index]}" "\${tls[index]}" "\${tls_modes[index]}"
      done
    `),
    ...(appends
      ? lines(sh`
          if ! includes_conf_d "$1$conf"; then printf '\n%s\n' "include_dir = 'conf.d'" >>"$1$conf"; fi
        `)
      : []),
  ];
}
