import { say } from '../../../messages/message.ts';
import type { AccessModel } from '../../../model/model.ts';
import { copying } from '../../tls/copying.ts';
import { MACHINES_FOLDER, receivers } from '../../tls/machines.ts';
import type { Place } from './place.ts';
import type { Step } from './step.ts';

/** Copies its own folder to each machine, with what `make-certificates.sh` created for it. The CA key is not copied. */
export function copySteps(model: AccessModel, places: readonly Place[]): Step[] {
  const made = receivers(model).map(({ folder }) => folder);
  return places.flatMap(({ machine, folder, files }): Step[] => {
    if (machine === 'your-machine' || machine === 'clients') return [];
    const shared = files
      .map(({ path }) => path)
      .filter((path) => folder.includes('/') && !path.startsWith(`${folder}/`));
    const sources = [folder, ...shared, ...(made.includes(folder) ? [`${MACHINES_FOLDER}/${folder}`] : [])];
    const title = say('guide.copyTitle', { folder }).text;
    const commands = copying(model, folder, sources);
    if (commands) return [{ title, commands }];
    const windows = machine === 'database-server' && model.platform.platform === 'windows';
    return [
      {
        title,
        text: [windows ? say('guide.copyWindows').text : say('guide.copy', { files: sources.join(', ') }).text],
      },
    ];
  });
}
