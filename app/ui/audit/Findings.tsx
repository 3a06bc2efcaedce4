import { Wrench } from 'lucide-react';
import { useState } from 'react';
import type { AuditFinding, AuditSeverity, Fix } from '../../core/index.ts';
import { t } from '../messages/translate.ts';
import type { ShownLine } from '../own/shown-line.ts';
import { SourceLink } from '../pages/SourceLink.tsx';
import { looks } from './looks.ts';

interface Props {
  readonly findings: readonly AuditFinding[];
  /** The files changed since. */
  readonly outdated: boolean;
  readonly onShow: (line: ShownLine) => void;
  readonly onMend: (fix: Fix) => void;
}

/** As many as one reads; a button shows more. */
const STEP = 60;
const worst: Readonly<Record<AuditSeverity, number>> = { critical: 0, warning: 1, notice: 2 };

/** What the rules found, worst first. */
export function Findings({ findings, outdated, onShow, onMend }: Props) {
  const [count, setCount] = useState(STEP);
  if (findings.length === 0) return <p className="mt-3">{t('audit.clean')}</p>;
  const sorted = findings.toSorted((a, b) => worst[a.severity] - worst[b.severity]);
  return (
    <>
      <ul className={`mt-3 divide-y divide-line border-y border-line ${outdated ? 'opacity-80' : ''}`}>
        {sorted.slice(0, count).map((finding, index) => (
          <Item
            // biome-ignore lint/suspicious/noArrayIndexKey: the same sentence may be true of two lines
            key={`${finding.id} ${finding.included ?? finding.file} ${finding.line} ${index}`}
            finding={finding}
            onShow={onShow}
            onMend={onMend}
          />
        ))}
      </ul>
      {sorted.length > count && (
        <button type="button" className="button mt-3" onClick={() => setCount(count + STEP)}>
          {t('audit.more', { rest: sorted.length - count })}
        </button>
      )}
    </>
  );
}

interface ItemProps extends Pick<Props, 'onShow' | 'onMend'> {
  readonly finding: AuditFinding;
}

function Item({ finding, onShow, onMend }: ItemProps) {
  const { id, severity, title, message, why, file, included, line, fix, references } = finding;
  const { Icon, tone } = looks[severity];
  const name = included ?? file;
  return (
    <li className="flex gap-2 py-2.5">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />
      <div className="min-w-0 flex-1 break-words">
        <p>
          <span className={`font-semibold ${tone}`}>{t(`audit.severity.${severity}`)}</span>{' '}
          <span className="font-semibold">{title}</span>{' '}
          {line === undefined ? (
            <span className="font-mono text-xs text-muted">{name}</span>
          ) : (
            <button type="button" className="link font-mono text-xs" onClick={() => onShow({ name, line })}>
              {t('audit.at', { name, line })}
            </button>
          )}
        </p>
        <p>{message}</p>
        <details className="mt-1">
          <summary className="text-accent underline underline-offset-2">{t('audit.why')}</summary>
          <p className="mt-1">{why}</p>
          <ul className="mt-1 list-disc pl-5">
            {references.map((reference) => (
              <li key={reference.url}>
                <SourceLink source={reference} />
              </li>
            ))}
          </ul>
          <p className="mt-1 text-muted">
            {t('audit.silence')} <code className="font-mono text-xs text-ink"># postern-ignore: {id}</code>
          </p>
        </details>
        {fix && (
          <button type="button" className="button mt-1.5" onClick={() => onMend(fix)}>
            <Wrench aria-hidden className="size-4" />
            {fix.title}
          </button>
        )}
      </div>
    </li>
  );
}
