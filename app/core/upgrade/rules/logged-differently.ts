import { RELEASE_NOTES, type UpgradeRule } from '../rule.ts';
import { WORDINGS } from '../wording.ts';

export const loggedDifferently: UpgradeRule = {
  id: 'upgrade-logged-differently',
  severity: 'info',
  title: 'The log has other words',
  why: 'fail2ban filters, log shippers and alerts that search for the old text find nothing after the upgrade. Let them match both texts before you upgrade.',
  references: [RELEASE_NOTES],
  *check({ from, to, hba }) {
    for (const { event, text } of WORDINGS) {
      const [before, after] = [text(from), text(to)];
      if (before === after) continue;
      const words = [
        `PostgreSQL ${from} logs ${before === null ? 'nothing' : before}`,
        `PostgreSQL ${to} logs ${after ?? 'nothing'}`,
      ];
      yield { file: hba ? 'pg_hba.conf' : 'postgresql.conf', message: `${event}. ${words.join('. ')}.` };
    }
  },
};
