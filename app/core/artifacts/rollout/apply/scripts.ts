import type { AccessModel } from '../../../access/model.ts';
import { type Message, say } from '../../../messages/message.ts';
import { lines } from '../../../quote/lines.ts';
import { type Sh, sh, shWord } from '../../../quote/sh.ts';
import { join } from '../../../quote/template.ts';
import type { Block, FileDraft } from '../../file.ts';
import { control } from './control.ts';
import { containerPlaces, containerServer } from './docker.ts';
import { beside, type Host, hosts, inContainer, placeOf, settingsFiles } from './host.ts';
import { shownCertificate, testKit, triedAddresses } from './kit.ts';
import { live } from './live.ts';
import { plainFiles } from './plain.ts';
import { postgresPlaces, runningServer, scratchServer, serverSteps, switchServer, useServer } from './postgres.ts';
import { sets } from './sets.ts';
import { functionOf, uses } from './uses.ts';
import { bootOfContainer, bootOfMachine, guardedWindow } from './window.ts';

/** The page of these scripts, which are no target of their own. */
export const APPLY_PAGE = 'apply';

/** Where each platform's packages keep the programs of a major. */
const BIN = {
  debian: (major: number) => `/usr/lib/postgresql/${major}/bin`,
  rhel: (major: number) => `/usr/pgsql-${major}/bin`,
  source: () => '/usr/local/pgsql/bin',
} as const;

/**
 * `apply.sh` and `rollback.sh` for each machine whose files they can put in place. They are made of the other files of
 * the machine and know nothing of what those are for, so a new file is taken up without a change here.
 */
export function applyScripts(model: AccessModel, drafts: readonly FileDraft[]): FileDraft[] {
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
      title: say(server ? 'apply.title' : 'apply.plainTitle'),
      intro: [say('apply.intro', { seconds, folder: host.folder }), say(server ? 'apply.scope' : 'apply.plainScope')],
      blocks: [
        { lines: header(model, host) },
        block(say('apply.control'), control),
        block(say('apply.sets'), sets),
        ...(server
          ? [
              { lines: serverHeader(model, host) },
              ...(container ? [block(say('apply.container'), containerPlaces)] : []),
              {
                lines: [
                  ...postgresPlaces,
                  sh`readonly paths=("$conf" "$drop_in" "$hba" "$ident" \${override:+"$override"} "\${other_paths[@]}")`,
                  ...(container ? containerServer : runningServer),
                  ...serverSteps,
                ],
              },
              block(say('apply.scratch'), scratchServer),
              block(say('apply.placing'), switchServer),
              block(say('apply.using'), useServer),
              block(say('apply.kit'), testKit(model, host)),
            ]
          : []),
        ...(plain
          ? [
              block(say('apply.plain'), plainFiles),
              block(say('apply.readers'), uses(host)),
              block(say('apply.live'), live),
            ]
          : []),
        block(say('apply.steps'), steps(model, host)),
        block(say('apply.confirmation', { seconds }), [
          ...(container ? bootOfContainer : bootOfMachine),
          ...guardedWindow,
        ]),
      ],
    },
    {
      ...shared,
      path: `${host.folder}/rollback.sh`,
      title: say('rollback.title'),
      blocks: [{ lines: [sh`exec bash "$(dirname "$0")/apply.sh" --rollback`] }],
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
          sh`# Files that other programs than PostgreSQL read; those that scripts of this folder change; folders that hold them.`,
          sh`readonly plain=${array(plain)}`,
          sh`readonly touched=${array(touched)}`,
          sh`readonly roots=${array(unique(targets.map(rootOf)))}`,
        ]
      : []),
    host.postgres.length > 0
      ? sh`readonly other_paths=${array([...plain, ...touched])}`
      : sh`readonly paths=${array([...plain, ...touched])}`,
  ];
}

/** What a private view has a copy of. */
const rootOf = (target: string): string =>
  target.startsWith('/etc/') ? '/etc' : target.slice(0, target.lastIndexOf('/'));

function serverHeader(model: AccessModel, host: Host): Sh[] {
  const { platform, plan } = model;
  const certificates = host.all.some(({ path }) => path === 'database-server/install-certificates.sh');
  const config = shWord(platform.configDirectory.replace(/\/+$/, ''));
  const data = shWord(platform.dataDirectory);
  return [
    sh`readonly major=${plan.server.major} port=${plan.server.port} inside=${config}`,
    sh`readonly account=${shWord(platform.osUser)} superuser=${shWord(plan.server.superuser)}`,
    sh`readonly certificate=${shownCertificate(model)}`,
    sh`readonly certificates=${shWord(certificates ? 'install-certificates.sh' : '')}`,
    sh`readonly addresses=${array(triedAddresses(model, host))}`,
    ...(platform.platform === 'debian' || platform.platform === 'rhel' || platform.platform === 'source'
      ? [
          sh`readonly config=$inside data=${data} owner=$account: override=`,
          sh`readonly bin=${shWord(BIN[platform.platform](plan.server.major))}`,
          sh`readonly service=${shWord(platform.service ?? '')}`,
        ]
      : [
          sh`readonly inside_data=${data}`,
          sh`config='' data='' owner='' override='' project='' project_folder='' image='' compose_files=() bin=''`,
        ]),
  ];
}

/** PostgreSQL comes last and goes back first, so that no port is open without its rules. */
function steps(model: AccessModel, host: Host): Sh[] {
  const server = host.postgres.length > 0;
  const plain = host.plain.length > 0;
  return [
    ...functionOf(sh`ready`, server ? [sh`ready_postgres`] : []),
    ...functionOf(sh`make_set`, [
      ...(server ? serverSet(model, host) : []),
      ...host.plain.map(
        (draft) =>
          sh`add_to_set "$1" "$here"/${shWord(beside(host, draft))} ${shWord(placeOf(host, draft))} root:root ${octal(draft)}`,
      ),
    ]),
    ...functionOf(sh`check`, [...(plain ? [sh`try_plain "$1"`] : []), ...(server ? [sh`check_postgres "$1"`] : [])]),
    ...functionOf(sh`go`, [
      ...(plain ? [sh`place_plain "$1"`, sh`check_plain`, sh`use_plain`] : []),
      ...(server ? [sh`place_postgres "$1"`, sh`use_postgres`] : []),
    ]),
    ...functionOf(sh`back`, [...(server ? [sh`back_postgres "$1"`] : []), ...(plain ? [sh`back_plain "$1"`] : [])]),
    ...(server ? [] : functionOf(sh`test_kit`, [])),
    ...(plain ? [] : [...functionOf(sh`save_live`, []), ...functionOf(sh`try_in_view`, [])]),
  ];
}

const octal = ({ mode }: FileDraft): Sh => shWord((mode ?? 0o644).toString(8).padStart(4, '0'));

function serverSet(model: AccessModel, host: Host): Sh[] {
  const [, , records, map] = settingsFiles(model);
  const appends =
    !model.platform.includesConfD && host.postgres.some(({ path }) => path.endsWith('/conf.d/postern.conf'));
  return [
    ...(host.override
      ? [sh`add_to_set "$1" "$here"/${shWord(beside(host, host.override))} "$override" root:root 0644`]
      : []),
    ...host.postgres.map((draft) => {
      const place = draft.target === records ? sh`"$hba"` : draft.target === map ? sh`"$ident"` : sh`"$drop_in"`;
      return sh`add_server_file "$1" "$here"/${shWord(beside(host, draft))} ${place}`;
    }),
    ...(appends
      ? lines(sh`
          if ! includes_conf_d "$1$conf"; then printf '\n%s\n' "include_dir = 'conf.d'" >>"$1$conf"; fi
        `)
      : []),
  ];
}
