import { SUPERUSER_MAP } from '../../access/grants.ts';
import { say } from '../../messages/message.ts';
import { pathIn } from '../../postgres/platform.ts';
import { hba, hbaName, hbaToken } from '../../quote/hba.ts';
import type { Artifact } from '../list.ts';

/** `pg_ident.conf`, where the server's account and its superuser have different names and there is a local socket. */
export const identFile: Artifact = {
  page: 'pg-ident',
  render({ plan, platform, release }) {
    if (platform.osUser === plan.server.superuser || platform.platform === 'windows') return [];
    const line = hba`${hbaToken(SUPERUSER_MAP)} ${hbaToken(platform.osUser)} ${hbaName(plan.server.superuser, release.major)}`;
    return [
      {
        path: 'database-server/pg_ident.conf',
        machine: 'database-server',
        target: pathIn(platform, platform.configDirectory, 'pg_ident.conf'),
        title: say('file.ident'),
        language: 'hba',
        mode: 0o640,
        apply: 'reload',
        blocks: [{ lines: [line], reason: { message: say('file.ident'), path: 'server.osUser' } }],
      },
    ];
  },
};
