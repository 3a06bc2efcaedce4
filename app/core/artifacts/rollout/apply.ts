import type { AccessModel } from '../../access/model.ts';
import { say } from '../../messages/message.ts';
import { pathIn } from '../../postgres/platform.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import type { FileDraft } from '../file.ts';
import { serverTlsPaths } from '../tls/paths.ts';
import { confirmation, control, placing, scratchServer } from './apply-script.ts';

/** The page of these scripts, which are no target of their own. */
export const APPLY_PAGE = 'apply';

/** Where each platform's packages keep the programs of a major. */
const BIN = {
  debian: (major: number) => `/usr/lib/postgresql/${major}/bin`,
  rhel: (major: number) => `/usr/pgsql-${major}/bin`,
  source: () => '/usr/local/pgsql/bin',
} as const;

/**
 * `apply.sh` and `rollback.sh` for the database server: made of the other files of the machine, so it stands at their
 * end. Containers, macOS and Windows keep the written steps of the README.
 */
export function applyScripts(model: AccessModel, drafts: readonly FileDraft[]): FileDraft[] {
  const { platform, plan } = model;
  if (platform.platform !== 'debian' && platform.platform !== 'rhel' && platform.platform !== 'source') return [];
  const own = drafts.filter(({ machine }) => machine === 'database-server');
  const at = (name: string) => own.find(({ target }) => target === pathIn(platform, platform.configDirectory, name));
  const certificates = own.find(({ path }) => path === 'database-server/install-certificates.sh');
  const includes = own.some(({ path }) => path.endsWith('/postgresql.conf.append'));
  const service = platform.service ?? '';
  const header: Sh[] = [
    ...lines(sh`
      set -euo pipefail
      umask 077
      readonly major=${plan.server.major} seconds=${plan.rollout.confirmSeconds}
    `),
    sh`readonly config=${shWord(platform.configDirectory)}`,
    sh`readonly data=${shWord(platform.dataDirectory)}`,
    sh`readonly bin=${shWord(BIN[platform.platform](plan.server.major))}`,
    sh`readonly account=${shWord(platform.osUser)} superuser=${shWord(plan.server.superuser)}`,
    sh`readonly service=${shWord(service)}`,
    sh`readonly include_line=${shWord(includes ? "include_dir = 'conf.d'" : '')}`,
    sh`# The new files, beside this script.`,
    sh`readonly new_conf=${shWord('conf.d/postern.conf')} new_hba=${shWord(at('pg_hba.conf') ? 'pg_hba.conf' : '')} new_ident=${shWord(at('pg_ident.conf') ? 'pg_ident.conf' : '')}`,
    sh`readonly certificate=${shWord(serverTlsPaths(model).certificate)}`,
    sh`readonly certificates=${shWord(certificates ? 'install-certificates.sh' : '')}`,
  ];
  const shared = { machine: 'database-server', language: 'sh', mode: 0o755 } as const;
  const path = 'rollout.confirmSeconds';
  return [
    {
      ...shared,
      path: 'database-server/apply.sh',
      title: say('apply.title'),
      intro: [say('apply.intro', { seconds: plan.rollout.confirmSeconds }), say('apply.scope')],
      blocks: [
        { lines: header },
        { lines: control, reason: { message: say('apply.control'), path } },
        { lines: scratchServer, reason: { message: say('apply.scratch'), path } },
        { lines: placing, reason: { message: say('apply.placing'), path } },
        {
          lines: confirmation,
          reason: { message: say('apply.confirmation', { seconds: plan.rollout.confirmSeconds }), path },
        },
      ],
    },
    {
      ...shared,
      path: 'database-server/rollback.sh',
      title: say('rollback.title'),
      blocks: [{ lines: [sh`exec bash "$(dirname "$0")/apply.sh" --rollback`] }],
    },
  ];
}
