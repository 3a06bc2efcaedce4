import { say } from '../../messages/message.ts';
import { SUPERUSER_MAP } from '../../model/hba-entries.ts';
import { pathIn } from '../../postgres/platform.ts';
import { hba, hbaName, hbaToken } from '../../quote/hba.ts';
import type { Artifact } from '../file.ts';

/** `pg_ident.conf`, if the server's account and its superuser have different names and there is a local socket. */
export const identFile: Artifact = {
  page: 'pg-ident',
  render({ plan, platform, release }) {
    // Merged into existing rules, the superuser keeps its existing way to log in.
    if (platform.osUser === plan.server.superuser || platform.platform === 'windows' || plan.server.rules === 'merge')
      return [];
    const line = hba`${hbaToken(SUPERUSER_MAP)} ${hbaToken(platform.osUser)} ${hbaName(plan.server.superuser, release.major)}`;
    return [
      {
        path: 'database-server/pg_ident.conf',
        machine: 'database-server',
        target: pathIn(platform, platform.configDirectory, 'pg_ident.conf'),
        server: 'map',
        title: say('file.ident'),
        language: 'hba',
        mode: 0o640,
        apply: 'reload',
        blocks: [{ lines: [line], reason: { message: say('file.ident'), path: 'server.osUser' } }],
      },
    ];
  },
};
