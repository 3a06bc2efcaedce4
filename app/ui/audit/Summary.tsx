import type { AuditSeverity } from '../../core/index.ts';
import type { Audited } from '../../worker/engine.worker.ts';
import { t } from '../messages/translate.ts';
import { looks } from './looks.ts';

const severities: readonly AuditSeverity[] = ['critical', 'warning', 'notice'];

/** How many of each severity. */
export function Summary({ audited }: { readonly audited: Audited }) {
  const { findings, records, settings } = audited;
  return (
    <>
      <p className="mt-1 text-muted">{t('audit.read', { records, settings })}</p>
      <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-1">
        {severities.map((severity) => {
          const { Icon, tone } = looks[severity];
          const count = findings.filter((finding) => finding.severity === severity).length;
          return (
            <li key={severity} className="flex items-center gap-1.5">
              <Icon aria-hidden className={`size-4 ${count > 0 ? tone : 'text-muted'}`} />
              <span className={count > 0 ? 'font-semibold' : 'text-muted'}>
                {t(`audit.count.${severity}`, { count })}
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
