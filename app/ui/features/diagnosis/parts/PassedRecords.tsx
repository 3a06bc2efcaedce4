import { useState } from 'react';
import { type PassedOver, shownBytes } from '../../../../core/index.ts';
import { t } from '../../../shared/messages/translate.ts';
import { LineLink } from './LineLink.tsx';

interface Props {
  readonly passed: readonly (PassedOver & { readonly record?: string })[];
  /** The total number; those beyond `passed` are too many to list. */
  readonly total: number;
  readonly open: boolean;
}

/** Number of records shown at once; a button shows more. */
const STEP = 20;

/** The records above the decisive one, each with the field that did not match. */
export function PassedRecords({ passed, total, open }: Props) {
  const [count, setCount] = useState(STEP);
  if (passed.length === 0) return null;
  const shown = passed.slice(0, count);
  return (
    <details className="mt-2" open={open}>
      <summary className="text-accent underline underline-offset-2">{t('path.passed', { count: total })}</summary>
      <ol className="mt-1 divide-y divide-line border-y border-line">
        {shown.map(({ line, file, record, reason, uncertain }) => (
          <li key={`${file ?? ''} ${line}`} className="py-1.5 break-words">
            <LineLink file={file} line={line} />
            {record !== undefined && (
              <code className="block font-mono text-xs whitespace-pre-wrap">{shownBytes(record)}</code>
            )}
            <p className={uncertain ? 'text-caution' : ''}>
              {uncertain && <span className="font-semibold">{t('path.uncertain')} </span>}
              {shownBytes(reason)}
            </p>
          </li>
        ))}
      </ol>
      {passed.length > count && (
        <button type="button" className="button mt-2" onClick={() => setCount(count + STEP)}>
          {t('audit.more', { rest: passed.length - count })}
        </button>
      )}
      {passed.length <= count && total > passed.length && (
        <p className="mt-1 text-muted">{t('path.passedMore', { rest: total - passed.length })}</p>
      )}
    </details>
  );
}
