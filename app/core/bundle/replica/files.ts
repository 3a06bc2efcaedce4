import { type Message, say } from '../../messages/message.ts';
import type { AccessModel, Replica } from '../../model/model.ts';
import { readsReplicas } from '../../model/replicas.ts';
import { pathIn } from '../../postgres/platform.ts';
import { conf, confValue } from '../../quote/conf.ts';
import type { Artifact, Block, FileDraft } from '../file.ts';
import { settingLines } from '../postgres/drop-in.ts';
import { hbaBlocks } from '../postgres/hba.ts';
import { clientMaps, superuserMap } from '../postgres/ident.ts';
import type { Setting } from '../postgres/setting.ts';
import { settings } from '../postgres/settings.ts';
import { madeHere, primaryConninfo, primaryHost } from './source.ts';

/** Each replica's own pg_hba.conf and settings: a standby copies data, but uses its own configuration files. */
export const replicaFiles: Artifact = {
  page: 'replicas',
  render: (model) => model.replicas.flatMap((replica) => filesOf(model, replica)),
};

function filesOf(model: AccessModel, replica: Replica): FileDraft[] {
  const { platform, release, replicaHbaEntries } = model;
  const target = (...names: readonly string[]) => pathIn(platform, platform.configDirectory, ...names);
  const values = { replica: replica.name };
  const records: FileDraft = {
    path: `replicas/${replica.slug}/pg_hba.conf`,
    machine: 'replicas',
    target: target('pg_hba.conf'),
    server: 'records',
    purpose: 'part',
    title: say('replica.hbaTitle', values),
    intro: [say('replica.hbaIntro')],
    language: 'hba',
    mode: 0o640,
    apply: 'reload',
    blocks: hbaBlocks(replicaHbaEntries, release.major),
  };
  if (!madeHere(model)) return [records];
  return [
    records,
    ...ident(model, replica),
    {
      path: `replicas/${replica.slug}/conf.d/postern.conf`,
      machine: 'replicas',
      target: target('conf.d', 'postern.conf'),
      server: 'settings',
      purpose: 'part',
      title: say('replica.settingsTitle', values),
      intro: [say('replica.settingsIntro')],
      language: 'conf',
      mode: 0o644,
      apply: 'restart',
      blocks: [
        ...settingLines(replicaSettings(model, replica)),
        ...(release.major < 12 ? [] : streaming(model, replica, release.major < 13 ? 'restart' : 'reload')),
      ],
    },
    ...(release.major < 12 ? [recovery(model, replica)] : []),
  ];
}

/** The maps of a replica: its superuser's, as on the primary, and those of its own clients. */
export const replicaMaps = (model: AccessModel, title: Message): Block<'hba'>[] => [
  ...superuserMap(model, title),
  ...clientMaps(
    model,
    model.clients.filter(({ client }) => readsReplicas(client)),
  ),
];

function ident(model: AccessModel, replica: Replica): FileDraft[] {
  const { platform } = model;
  const title = say('replica.identTitle', { replica: replica.name });
  const blocks = replicaMaps(model, title);
  if (blocks.length === 0) return [];
  return [
    {
      path: `replicas/${replica.slug}/pg_ident.conf`,
      machine: 'replicas',
      target: pathIn(platform, platform.configDirectory, 'pg_ident.conf'),
      server: 'map',
      purpose: 'part',
      title,
      language: 'hba',
      mode: 0o640,
      apply: 'reload',
      blocks,
    },
  ];
}

/** A replica presents its own certificate to every client. */
const withoutHosts = (model: AccessModel): AccessModel => ({
  ...model,
  plan: { ...model.plan, security: { ...model.plan.security, hostCertificates: [] } },
});

function replicaSettings(model: AccessModel, replica: Replica): Setting[] {
  return settings(withoutHosts(model), 'replica').map((setting) =>
    setting.name === 'listen_addresses'
      ? {
          ...setting,
          value: ['localhost', ...replica.addresses].join(', '),
          reason: { message: say('replica.listen'), path: `${replica.path}.addresses` },
        }
      : setting,
  );
}

/** A setting that contains a connection string: quoted as a string first, then as a value. */
function streaming(model: AccessModel, replica: Replica, apply: 'restart' | 'reload'): Block<'conf'>[] {
  const note = apply === 'restart' ? conf`  # restart` : conf`  # reload`;
  return [
    {
      lines: [conf`primary_conninfo = ${confValue(primaryConninfo(model, replica))}${note}`],
      reason: { message: say('replica.conninfo', { host: primaryHost(model) }), path: replica.path },
    },
    ...(replica.slot === null
      ? []
      : [
          {
            lines: [conf`primary_slot_name = ${confValue(replica.slot)}${note}`],
            reason: { message: say('replica.slotName'), path: 'network.slots' },
          },
        ]),
  ];
}

function recovery(model: AccessModel, replica: Replica): FileDraft {
  return {
    path: `replicas/${replica.slug}/recovery.conf`,
    purpose: 'part',
    machine: 'replicas',
    title: say('replica.recoveryTitle', { replica: replica.name }),
    intro: [say('replica.recoveryIntro')],
    language: 'conf',
    mode: 0o600,
    apply: 'restart',
    blocks: [
      { lines: [conf`standby_mode = 'on'`], reason: { message: say('replica.standby'), path: replica.path } },
      ...streaming(model, replica, 'restart'),
    ],
  };
}
