import type { AccessModel } from '../../access/model.ts';
import type { Plan } from '../../plan/schema.ts';

/** Time, process, address and program. Role and database stand in the messages, where strangers cannot fake a line. */
const OWN_PREFIX = '%m [%p] %h %a ';

/** The plan's prefix; the own one where something reads the log; else none, and the server keeps its own. */
export const linePrefix = ({ monitoring }: Plan): string | null =>
  monitoring.linePrefix ?? (monitoring.fail2ban === 'none' ? null : OWN_PREFIX);

/** Where the collector writes. */
export interface LogPlace {
  readonly directory: string;
  /** Of the plain log; JSON stands beside it under the same name with `.json`. */
  readonly filename: string;
  /** The server begins a new file each day and writes over the one of a week ago; else logrotate does. */
  readonly rotates: boolean;
}

/** On Debian the plain log stays where pg_ctlcluster has put it, so whoever reads it still finds it. */
export const logPlace = ({ plan, release }: AccessModel): LogPlace =>
  plan.server.platform === 'debian'
    ? { directory: '/var/log/postgresql', filename: `postgresql-${release.major}-main.log`, rotates: false }
    : { directory: 'log', filename: 'postgresql-%a.log', rotates: true };
