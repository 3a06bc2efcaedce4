import { say } from '../../../messages/message.ts';
import type { AccessModel } from '../../../model/model.ts';
import { sh, shWord } from '../../../quote/sh.ts';
import type { FileOutline } from '../../file.ts';
import type { Host } from '../apply/host.ts';
import { clientSteps } from './clients.ts';
import { copySteps } from './copies.ts';
import { databaseSteps, fileSteps, serverFiles } from './manual.ts';
import { libraryStep } from './oauth.ts';
import { installs, type Place } from './place.ts';
import { placing } from './placing.ts';
import type { Step } from './step.ts';

/** The steps of one machine, in order. */
export function runbook(model: AccessModel, place: Place, places: readonly Place[]): Step[] {
  const { machine, files, host } = place;
  const by = host ? installs.bind(null, host) : () => false;
  const remaining = files.filter((file) => file.purpose !== 'rollout' && !by(file));
  switch (machine) {
    case 'clients':
      return clientSteps(model, files);
    case 'your-machine':
      return yourSteps(model, files, places);
    case 'database-server':
      return [
        ...libraryStep(model, placing(model)),
        ...(host
          ? [
              ...remaining.filter((file) => !later(file)).flatMap((file) => fileSteps(machine, file)),
              ...applySteps(model, host),
              ...(host.override ? [composeStep(host.override)] : []),
              ...remaining.filter(isCheck).flatMap((file) => fileSteps(machine, file)),
            ]
          : serverFiles(model, files)),
        ...databaseSteps(model, files),
      ];
    case 'bastion':
      return [
        ...accountSteps(model),
        ...remaining.flatMap((file) => fileSteps(machine, file)),
        ...(host ? applySteps(model, host) : []),
      ];
    default:
      return [...remaining.flatMap((file) => fileSteps(machine, file)), ...(host ? applySteps(model, host) : [])];
  }
}

/** It checks the certificates, so they must be installed. */
const isCheck = ({ phase }: FileOutline) => phase === 'check';

/** Files that are not a separate step before the files are installed. */
const later = (file: FileOutline) => isCheck(file) || file.phase === 'database' || file.purpose === 'alternative';

/** Docker Compose reads a file only if each command names it. */
const composeStep = ({ path }: FileOutline): Step => {
  const file = path.slice(path.lastIndexOf('/') + 1);
  return {
    title: say('guide.composeTitle').text,
    text: [say('guide.composeAlways', { file }).text],
    commands: [sh`docker compose -f compose.yaml -f ${shWord(file)} up -d`],
  };
};

/** The accounts that forward: sshd's requirements for them are in its drop-in. */
function accountSteps({ plan: { network } }: AccessModel): Step[] {
  if (network.pattern !== 'bastion' || network.proxy.kind !== 'none') return [];
  const names = [...network.users, ...network.groups];
  if (names.length === 0) return [];
  return [
    {
      title: say('guide.accountsTitle').text,
      text: [
        say(network.groups.length > 0 ? 'guide.accountsGroups' : 'guide.accounts', { names: names.join(', ') }).text,
      ],
    },
  ];
}

function applySteps(model: AccessModel, host: Host): Step[] {
  const script = shWord(`${host.folder}/apply.sh`);
  const { confirmSeconds: seconds } = model.plan.rollout;
  const tasks = host.plain.flatMap(({ target, reader }): Step[] =>
    target === undefined || reader?.afterApply === undefined
      ? []
      : [{ title: reader.afterApply.text, commands: reader.byHand?.use?.(target) ?? [] }],
  );
  // What make-certificates.sh creates is already copied with the folder.
  const own = model.plan.security.certificate.source === 'own-ca';
  const prepare = own ? [] : host.plain.flatMap((file) => (file.prepare ? [file.prepare.text] : []));
  return [
    ...(prepare.length === 0 ? [] : [{ title: say('guide.prepareTitle').text, text: prepare }]),
    {
      title: say('guide.checkMachineTitle').text,
      scripted: true,
      commands: [sh`sudo bash ${script} --check`],
      after: [say('guide.checkMachineExpected').text],
    },
    {
      title: say('guide.applyTitle').text,
      scripted: true,
      commands: [sh`sudo bash ${script}`],
      after: [say('guide.applyExpected', { seconds }).text],
    },
    {
      title: say('guide.confirmTitle').text,
      scripted: true,
      text: [say(host.postgres.length > 0 ? 'guide.confirm' : 'guide.confirmHost').text],
      commands: [sh`sudo bash ${script} --confirm`],
      after: [say('guide.confirmExpected').text],
    },
    ...tasks,
  ];
}

function yourSteps(model: AccessModel, files: readonly FileOutline[], places: readonly Place[]): Step[] {
  const steps = files.filter(({ phase }) => phase !== 'renewal').flatMap((file) => fileSteps('your-machine', file));
  return [...steps, ...copySteps(model, places)];
}
