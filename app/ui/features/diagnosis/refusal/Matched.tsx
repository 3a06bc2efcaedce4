import { CircleCheck, CircleHelp, CircleX } from 'lucide-react';
import { type MatchedRecord, shownBytes } from '../../../../core/index.ts';
import { t } from '../../../shared/messages/translate.ts';
import { LineLink } from '../parts/LineLink.tsx';

/** The records that the log names, and whether the given file contains them at these lines. */
export function Matched({ matched }: { readonly matched: readonly MatchedRecord[] }) {
  if (matched.length === 0) return null;
  return (
    <section aria-labelledby="matched-heading" className="mt-4 border-t border-line pt-3">
      <h3 id="matched-heading" className="text-base font-semibold">
        {t('refused.matched')}
      </h3>
      <ul>
        {matched.map(({ line, file, record, agrees }) => {
          const Icon = agrees === undefined ? CircleHelp : agrees ? CircleCheck : CircleX;
          const tone = agrees === undefined ? 'text-muted' : agrees ? 'text-allow' : 'text-deny';
          return (
            <li key={`${file ?? ''} ${line} ${record}`} className="mt-1 flex gap-2">
              <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />
              <div className="min-w-0 break-words">
                <code className="block font-mono text-xs whitespace-pre-wrap">{shownBytes(record)}</code>
                <span className="text-muted">{t('refused.matchedAt', { file: file ?? 'pg_hba.conf', line })} </span>
                {agrees !== undefined && t(agrees ? 'refused.matchedSame' : 'refused.matchedOther')}{' '}
                {agrees === true && <LineLink line={line} />}
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
