import { release } from '../../postgres/release.ts';
import type { VersionRule } from '../rule.ts';
import { VERSIONING, whatStops } from './versioning.ts';

export const unsupportedVersion: VersionRule = {
  id: 'unsupported-version',
  severity: 'medium',
  title: 'PostgreSQL version without security fixes',
  why: 'The community supports each major version for five years. Vulnerabilities found later are not fixed in it, so a server that other machines can reach stays exposed to them.',
  wrong: '13',
  right: '18',
  references: [VERSIONING],
  *check({ hba, conf, major }) {
    const { unsupported, endOfLife } = release(major);
    if (!unsupported) return;
    yield {
      file: hba ? 'pg_hba.conf' : 'postgresql.conf',
      message: `PostgreSQL ${major} has received no fixes since ${endOfLife}. ${whatStops(hba, conf, major)}`,
    };
  },
};
