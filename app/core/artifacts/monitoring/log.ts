import type { AccessModel } from '../../access/model.ts';
import type { Plan } from '../../plan/schema.ts';

/** Time, process, address and program. Role and database stand in the messages, where strangers cannot fake a line. */
const OWN_PREFIX = '%m [%p] %h %a ';

/** The plan's prefix; the own one where something reads the log; else none, and the server keeps its own. */
export const linePrefix = ({ monitoring }: Plan): string | null =>
  monitoring.linePrefix ?? (monitoring.fail2ban === 'none' ? null : OWN_PREFIX);

/** The platforms on which fail2ban is set up here. */
export const hasFail2ban = ({ server, monitoring }: Plan): boolean =>
  monitoring.fail2ban !== 'none' && (server.platform === 'debian' || server.platform === 'rhel');

/** jsonlog is known from 15 on, and needs the collector. */
export const writesJson = ({ plan, release }: AccessModel): boolean =>
  plan.monitoring.log === 'jsonlog' && release.major >= 15;

/** Where Debian's pg_ctlcluster puts what the server writes to stderr. */
export const logFile = ({ release }: AccessModel): string => `/var/log/postgresql/postgresql-${release.major}-main.log`;
