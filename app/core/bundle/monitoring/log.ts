import type { AccessModel } from '../../model/model.ts';
import type { Plan } from '../../plan/schema.ts';

/** Time, process, address and program. Role and database are in the messages, where attackers cannot forge a line. */
const OWN_PREFIX = '%m [%p] %h %a ';

/** The plan's prefix; Postern's own if something reads the log; else none, and the server keeps its prefix. */
export const linePrefix = ({ monitoring }: Plan): string | null =>
  monitoring.linePrefix ?? (monitoring.fail2ban === 'none' ? null : OWN_PREFIX);

/** Where the logging collector writes. */
export interface LogPlace {
  readonly directory: string;
  /** The name of the plain log; the JSON log is next to it under the same name with `.json`. */
  readonly filename: string;
  /** Whether the server starts a new file each day and overwrites the one of a week ago; else logrotate rotates it. */
  readonly rotates: boolean;
}

/** On Debian the plain log stays where pg_ctlcluster writes it, so that existing readers still find it. */
export const logPlace = ({ plan, release }: AccessModel): LogPlace =>
  plan.server.platform === 'debian'
    ? {
        directory: '/var/log/postgresql',
        filename: `postgresql-${release.major}-${plan.server.cluster}.log`,
        rotates: false,
      }
    : { directory: 'log', filename: 'postgresql-%a.log', rotates: true };
