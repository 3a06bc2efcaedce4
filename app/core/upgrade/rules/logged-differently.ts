import { RELEASE_NOTES, type UpgradeRule } from '../rule.ts';
import { WORDINGS } from '../wording.ts';

export const loggedDifferently: UpgradeRule = {
  id: 'upgrade-logged-differently',
  severity: 'info',
  title: 'Different log message',
  why: 'fail2ban filters, log shippers and alerts that search for the old message, if there was one, find nothing after the upgrade. Let them match both messages before you upgrade.',
  references: [RELEASE_NOTES],
  *check({ from, to, hba }) {
    for (const { event, text } of WORDINGS) {
      const [before, after] = [text(from), text(to)];
      if (before === after) continue;
      const words = `PostgreSQL ${from} logs ${quoted(before)}. PostgreSQL ${to} logs ${quoted(after)}.`;
      yield { file: hba ? 'pg_hba.conf' : 'postgresql.conf', message: `${event}. ${words}` };
    }
  },
};

const quoted = (text: string | null): string => (text === null ? 'nothing' : `\`${text}\``);
