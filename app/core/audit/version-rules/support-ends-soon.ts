import { release } from '../../postgres/release.ts';
import type { VersionRule } from '../rule.ts';
import { VERSIONING, whatStops } from './versioning.ts';

export const supportEndsSoon: VersionRule = {
  id: 'support-ends-soon',
  severity: 'low',
  title: 'PostgreSQL version near its end of life',
  why: 'The community supports each major version for five years. An upgrade of a server with many databases takes planning, so start before the last release.',
  wrong: '15',
  right: '18',
  references: [VERSIONING],
  *check({ hba, conf, major }) {
    const { endsSoon, endOfLife } = release(major);
    if (!endsSoon) return;
    yield {
      file: hba ? 'pg_hba.conf' : 'postgresql.conf',
      message: `PostgreSQL ${major} receives fixes until ${endOfLife}. ${whatStops(hba, conf, major)}`,
    };
  },
};
