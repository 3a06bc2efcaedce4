import { Wrench } from 'lucide-react';
import { memo, useState } from 'react';
import type { AuditSeverity, Fix } from '../../core/index.ts';
import type { Found, RuleText } from '../../worker/engine.worker.ts';
import { t } from '../messages/translate.ts';
import type { ShownLine } from '../own/shown-line.ts';
import { SourceLink } from '../pages/SourceLink.tsx';
import { looks } from './looks.ts';

interface Props {
  readonly findings: readonly Found[];
  readonly rules: ReadonlyMap<string, RuleText>;
  /** The files changed since. */
  readonly outdated: boolean;
  readonly onShow: (line: ShownLine) => void;
  readonly onMend: (fix: Fix) => void;
}

/** As many as one reads; a button shows more. */
const STEP = 60;
const worst: Readonly<Record<AuditSeverity, number>> = { critical: 0, warning: 1, notice: 2 };

/** What the rules found, worst first. */
export function Findings({ findings, rules, outdated, onShow, onMend }: Props) {
  const [count, setCount] = useState(STEP);
  if (findings.length === 0) return <p className="mt-3">{t('audit.clean')}</p>;
  const sorted = findings.toSorted((a, b) => worst[a.severity] - worst[b.severity]).slice(0, count);
  return (
    <>
      <ul className={`mt-3 divide-y divide-line border-y border-line ${outdated ? 'opacity-80' : ''}`}>
        {keyed(sorted).map(({ key, finding }) => (
          <Item key={key} finding={finding} rule={rules.get(finding.id)} onShow={onShow} onMend={onMend} />
        ))}
      </ul>
      {findings.length > count && (
        <button type="button" className="button mt-3" onClick={() => setCount(count + STEP)}>
          {t('audit.more', { rest: findings.length - count })}
        </button>
      )}
    </>
  );
}

/** Keys that stay while other findings come and go; one sentence may be true of a line more than once. */
function keyed(findings: readonly Found[]): { readonly key: string; readonly finding: Found }[] {
  const times = new Map<string, number>();
  return findings.map((finding) => {
    const { id, file, included, line, message } = finding;
    const place = [id, included ?? file, line, message].join(' ');
    const time = (times.get(place) ?? 0) + 1;
    times.set(place, time);
    return { key: `${place} ${time}`, finding };
  });
}

interface ItemProps extends Pick<Props, 'onShow' | 'onMend'> {
  readonly finding: Found;
  readonly rule: RuleText | undefined;
}

/** Every answer of the engine brings new objects; what they say is mostly the same. */
const sameItem = (a: ItemProps, b: ItemProps): boolean =>
  a.onShow === b.onShow && a.onMend === b.onMend && JSON.stringify(a.finding) === JSON.stringify(b.finding);

const Item = memo(function Item({ finding, rule, onShow, onMend }: ItemProps) {
  const { id, severity, message, file, included, line, fix } = finding;
  const { Icon, tone } = looks[severity];
  const name = included ?? file;
  return (
    <li className="flex gap-2 py-2.5 [contain-intrinsic-size:auto_6rem] [content-visibility:auto]">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />
      <div className="min-w-0 flex-1 break-words">
        <p>
          <span className={`font-semibold ${tone}`}>{t(`audit.severity.${severity}`)}</span>{' '}
          <span className="font-semibold">{rule?.title}</span>{' '}
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
          <p className="mt-1">{rule?.why}</p>
          <ul className="mt-1 list-disc pl-5">
            {rule?.references.map((reference) => (
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
}, sameItem);
