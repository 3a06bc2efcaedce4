import { say } from '../../messages/message.ts';
import { ini, iniValue } from '../../quote/ini.ts';
import type { Artifact, FileDraft } from '../file.ts';
import { logPlace } from './log.ts';

/** Debian's own logrotate rule matches `*.log`; the JSON log next to it would grow without limit. */
export const logrotate: Artifact = {
  page: 'settings',
  render(model) {
    const { directory, filename, rotates } = logPlace(model);
    if (model.plan.monitoring.log !== 'jsonlog' || rotates) return [];
    const json = `${directory}/${filename.replace(/\.log$/, '.json')}`;
    const machines = ['database-server', ...(model.replicas.length > 0 ? (['replicas'] as const) : [])] as const;
    return machines.map(
      (machine): FileDraft<'ini'> => ({
        path: `${machine}/logrotate.conf`,
        machine,
        target: '/etc/logrotate.d/postern-postgresql',
        title: say('file.logrotate'),
        language: 'ini',
        mode: 0o644,
        blocks: [
          {
            lines: [
              ini`${iniValue(json)} {`,
              ini`  weekly`,
              ini`  rotate 10`,
              ini`  copytruncate`,
              ini`  compress`,
              ini`  delaycompress`,
              ini`  notifempty`,
              ini`  missingok`,
              ini`  su root root`,
              ini`}`,
            ],
            reason: { message: say('logrotate.copy'), path: 'monitoring.log' },
          },
        ],
      }),
    );
  },
};
