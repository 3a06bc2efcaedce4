import { atSetting, type ConfRule } from '../rule.ts';

export const duplicateSetting: ConfRule = {
  id: 'duplicate-setting',
  severity: 'warning',
  title: 'A setting stands there twice',
  why: 'The last one counts, without a word about the others. Whoever edits the first one wonders why nothing changes.',
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
        `${setting.name} stands at line ${counts.line} again, and ${counts.value === '' ? 'the empty value' : counts.value} counts.`,
        ...(setting.file === undefined ? [{ title: 'Delete this line', file: 'postgresql.conf', edits } as const] : []),
      );
    }
  },
};
