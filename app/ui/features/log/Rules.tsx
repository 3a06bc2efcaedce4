import { type ReactNode, useState } from 'react';
import type { Files } from '../../../worker/files.ts';
import type { LogUseView, RuleUseView } from '../../../worker/log.ts';
import { Done } from '../../shared/access-changes/Done.tsx';
import { useApplied } from '../../shared/access-changes/use-applied.ts';
import { t } from '../../shared/messages/translate.ts';
import { useServerFiles } from '../../shared/server-files/store.ts';
import { Narrower } from './Narrower.tsx';

interface Props {
  readonly use: LogUseView;
  readonly files: Files;
}

/** Every rule of the file, those that nobody used marked, each with a narrower rule on request. */
export function Rules({ use: { rules, unattributed, moved }, files }: Props) {
  const [asked, setAsked] = useState<number | null>(null);
  const [line, setLine] = useState(1);
  const applied = useApplied();
  const editable = useServerFiles((state) => state.source) === 'files';
  const conclusive = rules.every((rule) => rule.conclusive);
  const unused = rules.filter(({ count, method }) => count === 0 && method !== 'reject').length;
  const onApply = (text: string, at: number) => {
    setLine(at);
    setAsked(null);
    applied.apply(text, t('log.narrower.done', { line: at }));
  };
  return (
    <>
      <p>{conclusive ? t('log.unused', { count: unused }) : t('log.narrower.inconclusive')}</p>
      {moved > 0 && <p className="text-caution">{t('log.moved', { count: moved })}</p>}
      {unattributed > 0 && <p className="text-caution">{t('log.unattributed', { count: unattributed })}</p>}
      {applied.done && (
        <>
          <Done text={t('log.narrower.done', { line })} line={line} onUndo={() => applied.undo(t('compare.undone'))} />
          <p className="mt-1 max-w-prose">{t('refused.applied')}</p>
        </>
      )}
      <ol aria-label={t('log.table.rules')} className="mt-2 divide-y divide-line border-y border-line">
        {rules.map((rule, index) => (
          <Item
            // biome-ignore lint/suspicious/noArrayIndexKey: one line may hold several rules of included files
            key={index}
            rule={rule}
            open={asked === index}
            onToggle={() => setAsked(asked === index ? null : index)}
          >
            <Narrower files={files} rule={rule} editable={editable} onApply={onApply} />
          </Item>
        ))}
      </ol>
    </>
  );
}

interface ItemProps {
  readonly rule: RuleUseView;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly children: ReactNode;
}

/** A rule with its use on one line where there is room, and on two on a phone. */
function Item({
  rule: { line, file, text, count, failed, last, method, conclusive },
  open,
  onToggle,
  children,
}: ItemProps) {
  const isUnused = count === 0 && method !== 'reject' && conclusive;
  return (
    <li className="py-2">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <span className="min-w-0 flex-1 basis-72 break-words">
          {file === undefined ? t('compare.line', { line }) : t('audit.at', { name: file, line })}{' '}
          <code className="font-mono text-xs">{text}</code>
        </span>
        <span className={isUnused ? 'font-semibold text-caution' : ''}>
          {isUnused ? t('log.never') : count === 0 && !conclusive ? t('log.unknown') : t('log.used', { count })}
        </span>
        {failed > 0 && <span>{t('log.failedHere', { count: failed })}</span>}
        {last !== undefined && <span className="text-muted">{t('log.last', { last })}</span>}
        {method !== 'reject' && file === undefined && conclusive && (
          <button type="button" className="link" aria-expanded={open} onClick={onToggle}>
            {t(count === 0 ? 'log.remove' : 'log.narrower')}{' '}
            <span className="sr-only">{t('compare.line', { line })}</span>
          </button>
        )}
      </div>
      {open && <div className="mt-2">{children}</div>}
    </li>
  );
}
