import { useState } from 'react';
import type { Files } from '../../../worker/files.ts';
import type { LogUseView, RuleUseView } from '../../../worker/log.ts';
import { Done } from '../../shared/access-changes/Done.tsx';
import { useApplied } from '../../shared/access-changes/use-applied.ts';
import { t } from '../../shared/messages/translate.ts';
import { useServerFiles } from '../../shared/server-files/store.ts';
import { Narrower } from './Narrower.tsx';
import { Table } from './Table.tsx';

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
  const unused = rules.filter(({ count, method }) => count === 0 && method !== 'reject').length;
  const onApply = (text: string, at: number) => {
    setLine(at);
    setAsked(null);
    applied.apply(text, t('log.narrower.done', { line: at }));
  };
  return (
    <>
      <p>{t('log.unused', { count: unused })}</p>
      {moved > 0 && <p className="text-caution">{t('log.moved', { count: moved })}</p>}
      {unattributed > 0 && <p className="text-caution">{t('log.unattributed', { count: unattributed })}</p>}
      {applied.done && (
        <Done text={t('log.narrower.done', { line })} line={line} onUndo={() => applied.undo(t('compare.undone'))} />
      )}
      <Table label={t('log.table.rules')} columns={['line', 'rule', 'count', 'failed', 'last', 'narrower']}>
        {rules.map((rule, index) => (
          <Row
            // biome-ignore lint/suspicious/noArrayIndexKey: one line may hold several rules of included files
            key={index}
            rule={rule}
            open={asked === index}
            onToggle={() => setAsked(asked === index ? null : index)}
          >
            <Narrower files={files} rule={rule} editable={editable} onApply={onApply} />
          </Row>
        ))}
      </Table>
    </>
  );
}

interface RowProps {
  readonly rule: RuleUseView;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly children: React.ReactNode;
}

function Row({ rule: { line, file, text, count, failed, last, method }, open, onToggle, children }: RowProps) {
  const isUnused = count === 0 && method !== 'reject';
  return (
    <>
      <tr className="border-b border-line align-baseline">
        <td className="py-1.5 pr-4 whitespace-nowrap">{file === undefined ? line : `${file}:${line}`}</td>
        <td className="py-1.5 pr-4 font-mono text-xs">{text}</td>
        <td className={`py-1.5 pr-4 ${isUnused ? 'font-semibold text-caution' : ''}`}>
          {isUnused ? t('log.never') : count}
        </td>
        <td className="py-1.5 pr-4">{failed}</td>
        <td className="py-1.5 pr-4 whitespace-nowrap text-muted">{last ?? ''}</td>
        <td className="py-1.5 text-right">
          {method !== 'reject' && file === undefined && (
            <button type="button" className="link whitespace-nowrap" aria-expanded={open} onClick={onToggle}>
              {t(count === 0 ? 'log.remove' : 'log.narrower')}{' '}
              <span className="sr-only">{t('compare.line', { line })}</span>
            </button>
          )}
        </td>
      </tr>
      {open && (
        <tr className="border-b border-line">
          <td colSpan={6} className="py-2">
            {children}
          </td>
        </tr>
      )}
    </>
  );
}
