import { atSetting, type ConfRule } from '../rule.ts';

export const duplicateSetting: ConfRule = {
  id: 'duplicate-setting',
  severity: 'low',
  title: 'Duplicate setting',
  why: "PostgreSQL uses the last value and doesn't warn about the others. Editing an earlier line has no effect.",
  wrong: 'work_mem = 4MB\nwork_mem = 8MB',
  right: 'work_mem = 8MB',
  references: [
    {
      title: 'PostgreSQL manual, Setting Parameters',
      url: 'https://www.postgresql.org/docs/current/config-setting.html',
    },
  ],
  *check({ conf }) {
    const last = new Map(
      conf.settings.map((setting) => [`${setting.file ?? ''}\n${setting.name.toLowerCase()}`, setting]),
    );
    for (const setting of conf.settings) {
      const counts = last.get(`${setting.file ?? ''}\n${setting.name.toLowerCase()}`);
      if (!counts || counts === setting) continue;
      const edits = [{ kind: 'delete', line: setting.line }] as const;
      yield atSetting(
        setting,
        `${setting.name} is set again at line ${counts.line}, and ${counts.value === '' ? 'the empty value' : counts.value} takes effect.`,
        ...(setting.file === undefined
          ? [
              {
                title: 'Delete this line',
                file: 'postgresql.conf',
                edits,
                promise: { kind: 'settings', names: [] },
              } as const,
            ]
          : []),
      );
    }
  },
};
