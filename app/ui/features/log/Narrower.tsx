import { useMemo } from 'react';
import type { Files } from '../../../worker/files.ts';
import type { RuleUseView } from '../../../worker/log.ts';
import { Changes, Counts } from '../../shared/access-changes/Changes.tsx';
import { t } from '../../shared/messages/translate.ts';
import { useEngine } from '../../shared/server-files/use-engine.ts';
import { Working } from '../../shared/server-files/Working.tsx';

interface Props {
  readonly files: Files;
  readonly rule: RuleUseView;
  /** The file is the user's, and not generated from the plan. */
  readonly editable: boolean;
  readonly onApply: (text: string, line: number) => void;
}

/** The narrower rule that keeps everyone seen, with what it closes. */
export function Narrower({ files, rule, editable, onApply }: Props) {
  const inputs = useMemo(() => [files, rule] as const, [files, rule]);
  const work = useEngine('narrow-rule', inputs, (calls, given) => calls.narrowRule(...given));
  const { reason, rule: found } = (!work.working && work.data) || { reason: null, rule: null };
  return (
    <div className="max-w-prose">
      <Working work={work} />
      {reason && <p>{t(`log.narrower.${reason}`)}</p>}
      {found && (
        <>
          <p>{t(found.lines.length === 0 ? 'log.narrower.removes' : 'log.narrower.keeps', { count: found.kept })}</p>
          {found.lines.length > 0 && (
            <pre className="my-1.5 overflow-x-auto rounded-sm bg-raised px-2 py-1 font-mono text-xs">
              {found.lines.join('\n')}
            </pre>
          )}
          <Counts counts={found.told.counts} />
          <Changes told={found.told} />
          {editable ? (
            <button type="button" className="button button-primary mt-2" onClick={() => onApply(found.text, rule.line)}>
              {t(found.lines.length === 0 ? 'log.narrower.applyRemove' : 'log.narrower.apply')}
            </button>
          ) : (
            <p className="mt-2 text-muted">{t('log.narrower.plan')}</p>
          )}
        </>
      )}
    </div>
  );
}
