import { lifetimeOf, settingOf } from '../../postgres/conf/catalogue.ts';
import { retiredSetting } from '../retired-settings.ts';
import { atSetting, type ConfRule } from '../rule.ts';

export const settingOfAnotherMajor: ConfRule = {
  id: 'setting-of-another-major',
  severity: 'high',
  title: "Setting doesn't exist in this PostgreSQL version",
  why: 'PostgreSQL removes and adds settings between major versions. A configuration file copied from another version can keep the server from starting.',
  wrong: 'wal_keep_segments = 8',
  right: 'wal_keep_size = 128MB',
  references: [
    { title: 'PostgreSQL manual, Release Notes', url: 'https://www.postgresql.org/docs/current/release.html' },
  ],
  *check({ conf, major }) {
    for (const setting of conf.settings) {
      const { name } = setting;
      if (settingOf(name, major)) continue;
      const lifetime = lifetimeOf(name);
      const instead = retiredSetting(name);
      if (!lifetime && instead === undefined) continue;
      const when = !lifetime
        ? 'was removed before PostgreSQL 11'
        : lifetime.since > major
          ? `was added in PostgreSQL ${lifetime.since}`
          : `was removed after PostgreSQL ${lifetime.until}`;
      const place = instead ? ` It was replaced by ${instead}.` : '';
      yield atSetting(
        setting,
        `${name} ${when}; PostgreSQL ${major} doesn't recognize it.${place}`,
        ...(setting.file === undefined
          ? [
              {
                title: 'Delete this line',
                file: 'postgresql.conf',
                edits: [{ kind: 'delete', line: setting.line }],
                promise: { kind: 'settings', names: [name.toLowerCase()] },
              } as const,
            ]
          : []),
      );
    }
  },
};
