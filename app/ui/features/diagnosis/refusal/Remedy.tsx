import type { EditedLine, ToldRemedy } from '../../../../worker/refusal.ts';
import { Changes, Counts, Line } from '../../../shared/access-changes/Changes.tsx';
import { t } from '../../../shared/messages/translate.ts';
import { leadTo } from '../../../shared/navigation/lead-to.ts';

interface Props {
  readonly remedy: ToldRemedy | 'above';
  /** The file is the user's, and not generated from the plan. */
  readonly editable: boolean;
  readonly onApply: (text: string, line: number) => void;
}

/** A fix that lets this client connect and no other. */
export function Remedy({ remedy, editable, onApply }: Props) {
  if (remedy === 'above') return <p className="mt-2 text-muted">{t('refused.remedy.above')}</p>;
  return (
    <div className="mt-3 rounded-md border border-changed-edge bg-changed p-3">
      <h4 className="font-semibold">{t('refused.remedy')}</h4>
      {remedy.kind === 'client-tls' ? (
        <p>
          {t('refused.remedy.tls')} <Line {...remedy.by} />
        </p>
      ) : (
        <>
          <p>{t(remedy.placement.above ? 'refused.remedy.record' : 'refused.remedy.recordEnd')}</p>
          <Edited lines={remedy.shown} />
          {remedy.placement.changes.length > 0 && (
            <>
              <p className="mt-2">{t('compare.place.changes')}</p>
              <Counts counts={remedy.placement.counts} />
              <Changes told={remedy.placement} />
            </>
          )}
          {editable ? (
            <button
              type="button"
              className="button button-primary mt-2"
              onClick={() => onApply(remedy.placement.text, remedy.placement.line)}
            >
              {t('refused.remedy.apply')}
            </button>
          ) : (
            <p className="mt-2">
              {t('refused.remedy.plan')}{' '}
              <button type="button" className="link" onClick={() => leadTo('clients')}>
                {t('refused.remedy.clients')}
              </button>
            </p>
          )}
        </>
      )}
      {remedy.serverToo && <p className="mt-2 font-semibold">{t('refused.remedy.server')}</p>}
    </div>
  );
}

/** The new line with its adjacent lines: marked by a sign and a word as well as by its color. */
function Edited({ lines }: { readonly lines: readonly EditedLine[] }) {
  return (
    <ol
      aria-label={t('refused.remedy.edit')}
      className="mt-1.5 overflow-hidden rounded-sm border border-line bg-canvas font-mono text-xs"
    >
      {lines.map(({ line, text, isNew }) => (
        <li key={line} className={`flex gap-2 px-2 py-0.5 ${isNew ? 'bg-changed font-semibold' : 'text-muted'}`}>
          <span aria-hidden className="w-8 shrink-0 text-right text-muted">
            {line}
          </span>
          <span aria-hidden className="w-2 shrink-0">
            {isNew ? '+' : ''}
          </span>
          <span className="min-w-0 break-words whitespace-pre-wrap">
            {isNew && <span className="sr-only">{t('refused.remedy.new')} </span>}
            {text}
          </span>
        </li>
      ))}
    </ol>
  );
}
