import { type MessageId, say } from '../../../messages/message.ts';
import type { AccessModel } from '../../../model/model.ts';
import { markdown, mdText } from '../../../quote/markdown.ts';
import { sh, shWord } from '../../../quote/sh.ts';
import { type FileDraft, type FileOutline, GUIDE, type Machine } from '../../file.ts';
import { type Host, hosts } from '../apply/host.ts';
import { before, MANUAL, opening } from './before.ts';
import { fileSteps, serverFiles } from './manual.ts';
import { installs, type Place } from './place.ts';
import { renewal } from './renewal.ts';
import { runbook } from './runbook.ts';
import { document, numbered, paragraph, type Step, section } from './step.ts';

/** What the guides are written from, besides the model. */
export interface Guided {
  /** All files but the guides. */
  readonly drafts: readonly FileOutline[];
  readonly machines: readonly Machine[];
  /** Replaces scripts by commands in the manual steps. */
  readonly pasted: readonly FileDraft<'sh'>[];
  /** Those of `machineSteps`. */
  readonly steps: readonly MachineSteps[];
  /** Those of `undoSteps`. */
  readonly undo: readonly Step[];
}

/** The guides to the scripts and files of a bundle, machine by machine: the runbook, the manual steps, and renewal. */
export function guides(model: AccessModel, guided: Guided): FileDraft<'markdown'>[] {
  const { drafts, machines, pasted } = guided;
  const places = machines.flatMap((machine) => placesOf(model, machine, drafts));
  return [readme(model, guided, places), ...manualGuide(model, places, pasted), ...renewal(model, drafts)];
}

/** The steps of one machine as data: the guides are written from the same. */
export interface MachineSteps {
  readonly machine: Machine;
  /** The machine's folder in the bundle, by which several machines of a kind differ. */
  readonly folder: string;
  readonly title: string;
  /** The steps of the runbook, `README.md`. */
  readonly steps: readonly Step[];
  /** The same with the manual steps instead of `apply.sh`; missing where there is none. */
  readonly manual?: readonly Step[];
}

/** The steps of each machine, in the order of use. `pasted` is that of the guides. */
export function machineSteps(
  model: AccessModel,
  drafts: readonly FileOutline[],
  machines: readonly Machine[],
  pasted: readonly FileDraft<'sh'>[],
): MachineSteps[] {
  const places = machines.flatMap((machine) => placesOf(model, machine, drafts));
  return places.map((place) => {
    const { machine, folder, title, host } = place;
    const steps = runbook(model, place, places);
    if (!host) return { machine, folder, title, steps };
    const at = steps.findIndex(({ scripted }) => scripted);
    const manual = [
      ...steps.slice(0, at),
      ...manualSteps(model, place, host, pasted),
      ...steps.slice(at).filter(({ scripted }) => !scripted),
    ];
    return { machine, folder, title, steps, manual };
  });
}

/** A step that would use a file, as one with the commands to paste instead, and one that checks the result. */
function asPasted(step: Step, drafts: readonly FileDraft<'sh'>[]): Step[] {
  const { file } = step;
  const draft = drafts.find(({ pasted }) => file !== undefined && pasted?.instead.includes(file));
  if (!draft?.pasted) return [step];
  const { instead, check, expected, output } = draft.pasted;
  if (file !== instead[0]) return [];
  return [
    {
      title: say('guide.firewallTitle').text,
      text: [draft.title.text],
      commands: draft.blocks.flatMap(({ lines }) => lines),
    },
    { title: say('guide.firewallCheckTitle').text, text: [expected.text], commands: [check], output },
  ];
}

function placesOf(model: AccessModel, machine: Machine, drafts: readonly FileOutline[]): Place[] {
  const own = drafts.filter((draft) => draft.machine === machine);
  // Your own machine copies folders to the others, also where it has no files itself.
  const copies =
    machine === 'your-machine' && drafts.some((draft) => !['your-machine', 'clients'].includes(draft.machine));
  if (own.length === 0 && !copies) return [];
  const title = say(`guide.machine.${machine}` satisfies MessageId).text;
  const place = (folder: string, name: string, files: readonly FileOutline[]): Place => {
    const host = hosts(model, drafts).find((one) => one.folder === folder);
    return { machine, folder, title: name, files, ...(host && { host }) };
  };
  if (machine !== 'replicas' && machine !== 'vpn-peers') return [place(machine, title, own)];
  const names = [...new Set(own.flatMap(({ path }) => path.split('/').slice(1, -1).slice(0, 1)))];
  return names.map((name) =>
    place(
      `${machine}/${name}`,
      say('guide.host', { machine: title, host: name }).text,
      own.filter(({ path }) => path.split('/').length === 2 || path.startsWith(`${machine}/${name}/`)),
    ),
  );
}

function readme(model: AccessModel, { drafts, steps, undo }: Guided, places: readonly Place[]): FileDraft<'markdown'> {
  const isScripted = drafts.some(({ purpose }) => purpose === 'rollout');
  return document(GUIDE, say('file.guide'), [
    ...opening(model),
    ...before(model, drafts, places),
    ...steps.flatMap((machine) => section(machine.title, numbered(machine.steps))),
    ...section(say('guide.undo').text, [
      ...(isScripted ? paragraph(say('guide.undoScript').text) : []),
      ...numbered(undo),
      ...[...new Set(drafts.toReversed().flatMap(({ guide }) => guide?.undo?.text ?? []))].flatMap(paragraph),
      ...paragraph(say('guide.undoRoles').text),
    ]),
  ]);
}

/** The manual steps of a machine whose files `apply.sh` would install. */
function manualSteps(
  model: AccessModel,
  { machine, folder, files: own }: Place,
  host: Host,
  pasted: readonly FileDraft<'sh'>[],
): Step[] {
  const files = own.filter((file) => installs(host, file) || file.purpose === 'alternative');
  const script = shWord(`${folder}/apply.sh`);
  return [
    { title: say('guide.saveTitle').text, commands: [sh`sudo bash ${script} --save`] },
    ...(machine === 'database-server'
      ? serverFiles(model, files)
      : files.flatMap((file) => fileSteps(machine, file))
    ).flatMap((step) => asPasted(step, pasted)),
    { title: say('guide.recordTitle').text, commands: [sh`sudo bash ${script} --confirm`] },
  ];
}

function manualGuide(
  model: AccessModel,
  places: readonly Place[],
  pasted: readonly FileDraft<'sh'>[],
): FileDraft<'markdown'>[] {
  const scripted = places.flatMap((place) => (place.host ? [{ place, host: place.host }] : []));
  if (scripted.length === 0) return [];
  return [
    document(MANUAL, say('file.manual'), [
      markdown`# ${mdText(say('guide.manualHeading').text)}`,
      ...paragraph(say('guide.manual').text),
      ...scripted.flatMap(({ place, host }) => section(place.title, numbered(manualSteps(model, place, host, pasted)))),
    ]),
  ];
}
