import { SEVERITIES } from '../../../core/index.ts';
import type { Audited } from '../../../worker/engine.worker.ts';
import type { Files } from '../../../worker/files.ts';
import { t } from '../../shared/messages/translate.ts';
import { looks } from '../../shared/severity/looks.ts';
import { Exports } from './Exports.tsx';

/** The number of findings per severity, and the report to download. */
export function Summary({ audited, files }: { readonly audited: Audited; readonly files: Files }) {
  const { findings, records, settings } = audited;
  const loud = findings.filter((finding) => !finding.silenced);
  const silenced = findings.length - loud.length;
  return (
    <>
      <p className="mt-1 text-muted">{t('audit.read', { records, settings })}</p>
      <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-1">
        {SEVERITIES.map((severity) => {
          const { Icon, tone } = looks[severity];
          const count = loud.filter((finding) => finding.severity === severity).length;
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
      {silenced > 0 && <p className="mt-1 text-muted">{t('audit.silenced', { silenced })}</p>}
      <Exports files={files} />
    </>
  );
}
