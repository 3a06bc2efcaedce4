import { say } from '../../messages/message.ts';
import { pathIn } from '../../postgres/platform.ts';
import { type Conf, conf, confName, confValue } from '../../quote/conf.ts';
import type { Artifact, Block } from '../file.ts';
import type { Setting } from './setting.ts';
import { settings } from './settings.ts';

/** `conf.d/postern.conf`: the settings as a drop-in file, and the line that includes it if the platform has none. */
export const dropIn: Artifact = {
  page: 'settings',
  render(model) {
    const { platform } = model;
    const target = pathIn(platform, platform.configDirectory, 'conf.d', 'postern.conf');
    const include = {
      path: 'database-server/postgresql.conf.append',
      server: 'include',
      covered: true,
      machine: 'database-server',
      title: say('file.include'),
      language: 'conf',
      apply: 'reload',
      blocks: [
        { lines: [conf`include_dir = 'conf.d'`], reason: { message: say('file.include'), path: 'server.platform' } },
      ],
    } as const;
    return [
      ...(platform.includesConfD ? [] : [include]),
      {
        path: 'database-server/conf.d/postern.conf',
        machine: 'database-server',
        target,
        server: 'settings',
        title: say('file.settings'),
        intro: [say('file.settingsOne'), say('file.applyWords')],
        language: 'conf',
        mode: 0o644,
        apply: 'restart',
        blocks: settingLines(settings(model)),
      },
    ];
  },
};

export function settingLines(found: readonly Setting[]): Block<'conf'>[] {
  return found.map((setting) => ({
    lines: [line(setting)],
    reason: setting.reason,
  }));
}

function line({ name, value, apply }: Setting): Conf {
  return conf`${confName(name)} = ${typeof value === 'number' ? value : confValue(value)}  # ${confName(apply)}`;
}
