import { type MessageId, say } from '../../../messages/message.ts';
import type { AccessModel } from '../../../model/model.ts';
import { powershell, psWord } from '../../../quote/powershell.ts';
import { type Sh, sh, shWord } from '../../../quote/sh.ts';
import { sql, sqlLiteral } from '../../../quote/sql.ts';
import type { FileOutline, Machine } from '../../file.ts';
import { bindFileOn, bindsOf } from '../../postgres/bind-password.ts';
import { serviceCommand } from '../../replica/standby.ts';
import { isOwnSet } from '../apply/host.ts';
import { runs } from './manual.ts';
import { placing } from './placing.ts';
import type { Step } from './step.ts';

/**
 * `apply.sh` undoes changes that it or the manual steps have made on its machine. The rest is undone by hand, in
 * reverse order.
 */
export function undoSteps(
  model: AccessModel,
  drafts: readonly FileOutline[],
  scripts: readonly FileOutline[],
  machines: readonly Machine[],
): Step[] {
  const rest = drafts.toReversed().filter((file) => file.machine !== 'clients' && !isUndone(file, scripts));
  const own = rest.filter((file) => file.machine === 'database-server' && isOwnSet(file));
  // A server does not start without pg_hba.conf, whichever machine it is on.
  // What a script installs, its own undo removes.
  const installed = rest.filter((file) => file.target !== undefined && !file.run && !isOwnSet(file));
  return [
    ...scripts
      .filter(({ machine }) => !isEarlier(machine))
      .toReversed()
      .map(byScript),
    ...standbys(model, drafts),
    ...scripts
      .filter(({ machine }) => isEarlier(machine))
      .toReversed()
      .map(byScript),
    ...byHand(model, own),
    ...withoutPasswords(model),
    ...rest
      .filter((file) => file.purpose === 'undo' && !isStandbyUndo(file))
      .map((file) => ({
        title: file.path.slice(file.path.lastIndexOf('/') + 1),
        text: [file.title.text],
        ...runs(file.machine, file),
      })),
    ...machines.toReversed().flatMap((machine) => {
      const files = installed.filter((file) => file.machine === machine);
      const name = say(`guide.machine.${machine}` satisfies MessageId).text;
      return files.length === 0
        ? []
        : [{ title: say('guide.undoRemove', { machine: name }).text, commands: removals(files) }];
    }),
  ];
}

/** Set up before the replicas, so undone after them. */
const isEarlier = (machine: Machine): boolean => machine === 'database-server' || machine === 'vpn-gateway';

const byScript = ({ path }: FileOutline): Step => ({
  title: say('guide.undoScriptTitle', { folder: path.slice(0, path.lastIndexOf('/')) }).text,
  commands: [sh`sudo bash ${shWord(path)} --undo`],
});

const isStandbyUndo = ({ purpose, phase }: FileOutline) => purpose === 'undo' && phase === 'stopped';

/**
 * A replica stops before its copy is moved aside, and its slot is dropped before the primary's limit on retained WAL is
 * removed: a slot that nobody reads retains WAL until the disk is full (PostgreSQL manual, Replication Slots).
 */
function standbys(model: AccessModel, drafts: readonly FileOutline[]): Step[] {
  const { replicas } = model;
  const undos = drafts.filter(isStandbyUndo);
  if (undos.length === 0) return [];
  const { language, psql } = placing(model);
  const slots = replicas.flatMap(({ slot }) => slot ?? []);
  return [
    ...undos.map(({ path, title }) => ({
      title: path.slice(path.lastIndexOf('/') + 1),
      text: [title.text, say('guide.undoStandby', { folder: path.slice(0, path.lastIndexOf('/')) }).text],
      commands: [serviceCommand(model, 'stop'), sh`sudo bash ${shWord(path)}`, serviceCommand(model, 'start')],
    })),
    ...(slots.length === 0
      ? []
      : [
          {
            title: say('guide.undoSlots').text,
            text: [say('guide.undoSlotsWhy').text],
            language,
            commands: slots.map((slot) =>
              psql(
                sql`SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = ${sqlLiteral(slot)}`,
              ),
            ),
          },
        ]),
  ];
}

/** Whether the `apply.sh` of its machine undoes the file, or the changes that its undo script would undo. */
const isUndone = (file: FileOutline, scripts: readonly FileOutline[]): boolean =>
  !isStandbyUndo(file) && scripts.some(({ path }) => file.path.startsWith(path.slice(0, -'apply.sh'.length)));

/** Commands that remove files that are not PostgreSQL's own; several machines of a kind have the same ones. */
function removals(files: readonly FileOutline[]): Sh[] {
  const seen = new Set<string>();
  return files.flatMap(({ target, reader }) => {
    if (target === undefined || seen.has(target)) return [];
    seen.add(target);
    const { leave, removed } = reader?.byHand ?? {};
    return [...(leave?.(target) ?? []), sh`sudo rm -f ${shWord(target)}`, ...(removed?.(target) ?? [])];
  });
}

function byHand(model: AccessModel, own: readonly FileOutline[]): Step[] {
  const { byHand: kept, language } = placing(model);
  if (!kept || own.length === 0) return [];
  const restored = own.flatMap((file) => (file.target === undefined ? [] : kept.restore(file, file.target)));
  return [
    {
      title: say('guide.undoFilesTitle').text,
      text: [say('guide.undoFiles').text],
      language,
      commands: [...restored, model.platform.restart],
      ...(model.platform.includesConfD ? {} : { after: [say('guide.undoAppend').text] }),
    },
  ];
}

/** Once no pg_hba.conf refers to them. */
function withoutPasswords(model: AccessModel): Step[] {
  const { platform } = model.platform;
  const machines = ['database-server', 'replicas'] as const;
  const files = machines.flatMap((machine) => bindsOf(model, machine).map((bind) => bindFileOn(model, bind)));
  const remove = (file: string) =>
    platform === 'docker'
      ? sh`docker compose exec -T -u root db rm -f ${shWord(file)}`
      : platform === 'windows'
        ? powershell`Remove-Item ${psWord(file)}`
        : sh`sudo rm -f ${shWord(file)}`;
  return files.length === 0
    ? []
    : [
        {
          title: say('guide.undoBindTitle').text,
          language: placing(model).language,
          commands: [...new Set(files)].map(remove),
        },
      ];
}
