import { lifetimeOf, settingOf } from '../../postgres/conf/catalogue.ts';
import { retiredSetting } from '../retired-settings.ts';
import { atSetting, type ConfRule } from '../rule.ts';

export const settingOfAnotherMajor: ConfRule = {
  id: 'setting-of-another-major',
  severity: 'critical',
  title: 'A setting that this major does not have',
  why: 'PostgreSQL takes settings away and adds others. A file that was carried over from another major then keeps the server from starting.',
  wrong: 'wal_keep_segments = 8',
  right: 'wal_keep_size = 128MB',
  references: [
    { title: 'PostgreSQL manual, Release Notes', url: 'https://www.postgresql.org/docs/current/release.html' },
  ],
  *check({ conf, major }) {
    for (const setting of conf.settings) {
      const { name } = setting;
      if (name.includes('.') || settingOf(name, major)) continue;
      const lifetime = lifetimeOf(name);
      const instead = retiredSetting(name);
      if (!lifetime && instead === undefined) continue;
      const when = !lifetime
        ? 'was taken away before 11'
        : lifetime.since > major
          ? `came with ${lifetime.since}`
          : `was taken away after ${lifetime.until}`;
      const place = instead ? ` ${instead} is in its place.` : '';
      yield atSetting(
        setting,
        `${name} ${when}; PostgreSQL ${major} does not know it.${place}`,
        ...(setting.file === undefined
          ? [
              {
                title: 'Delete this line',
                file: 'postgresql.conf',
                edits: [{ kind: 'delete', line: setting.line }],
              } as const,
            ]
          : []),
      );
    }
  },
};
