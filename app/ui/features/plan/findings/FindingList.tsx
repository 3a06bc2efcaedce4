import { type Document, documents, type Finding } from '../../../../core/index.ts';
import { sayCore, t } from '../../../shared/messages/translate.ts';
import { leadTo } from '../../../shared/navigation/lead-to.ts';
import { SourceLink } from '../../../shared/navigation/SourceLink.tsx';
import { looks } from '../../../shared/severity/looks.ts';

/** The findings about the plan, most severe first, each linked to its answer. */
export function FindingList({
  findings,
  onLeave,
}: {
  readonly findings: readonly Finding[];
  readonly onLeave?: () => void;
}) {
  if (findings.length === 0) return <p className="text-muted">{t('findings.none')}</p>;
  return (
    <ul className="divide-y divide-line border-y border-line">
      {findings.map((finding) => (
        <FindingItem
          key={`${finding.id} ${finding.path} ${finding.message}`}
          finding={finding}
          {...(onLeave ? { onLeave } : {})}
        />
      ))}
    </ul>
  );
}

/** On one line if they fit. */
function Sources({ of }: { readonly of: readonly Document[] }) {
  if (of.length === 0) return null;
  return (
    <p className="flex flex-wrap gap-x-3">
      {of.map((document) => (
        <SourceLink key={document.url} source={document} />
      ))}
    </p>
  );
}

function FindingItem({ finding, onLeave }: { readonly finding: Finding; readonly onLeave?: () => void }) {
  const { Icon, tone } = looks[finding.severity];
  const { path } = finding;
  return (
    <li className="flex gap-2 py-2.5">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />
      <div className="min-w-0 flex-1 break-words">
        <p>
          <span className={`font-semibold ${tone}`}>{t(`severity.${finding.severity}`)}</span>{' '}
          <span>{sayCore(finding.messages.message)}</span>
        </p>
        <p className="text-muted">{sayCore(finding.messages.why)}</p>
        {finding.messages.fix && <p>{sayCore(finding.messages.fix)}</p>}
        <Sources of={documents(finding.references)} />
      </div>
      {path !== undefined && (
        <button
          type="button"
          className="button-quiet self-start"
          aria-label={t('findings.goToNamed', { finding: sayCore(finding.messages.message) })}
          onClick={() => {
            onLeave?.();
            leadTo(path);
          }}
        >
          {t('findings.goTo')}
        </button>
      )}
    </li>
  );
}
