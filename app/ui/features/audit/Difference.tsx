import { Minus, Plus } from 'lucide-react';
import type { FixedLine } from '../../../worker/fixed-lines.ts';
import { t } from '../../shared/messages/translate.ts';

/** A line before and after an edit. */
export function Difference({ line: { before, after } }: { readonly line: FixedLine }) {
  return (
    <>
      {before !== null && (
        <code className="flex gap-1.5 rounded-sm bg-deny-tint px-2 py-0.5 font-mono text-xs">
          <Minus aria-hidden className="mt-0.5 size-3.5 shrink-0 text-deny" />
          <span className="sr-only">{t('fix.removed')}: </span>
          <span className="min-w-0 break-words whitespace-pre-wrap">{before}</span>
        </code>
      )}
      {after !== null && (
        <code className="mt-0.5 flex gap-1.5 rounded-sm bg-changed px-2 py-0.5 font-mono text-xs">
          <Plus aria-hidden className="mt-0.5 size-3.5 shrink-0 text-allow" />
          <span className="sr-only">{t('fix.added')}: </span>
          <span className="min-w-0 break-words whitespace-pre-wrap">{after}</span>
        </code>
      )}
    </>
  );
}
