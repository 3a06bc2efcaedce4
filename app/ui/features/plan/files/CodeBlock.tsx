import { Copy } from 'lucide-react';
import type { Language } from '../../../../core/index.ts';
import { useWithheld } from '../../../shared/answers/result.ts';
import { t } from '../../../shared/messages/translate.ts';
import { HighlightedText } from './HighlightedText.tsx';

interface Props {
  readonly lines: readonly string[];
  /** Default: plain text. */
  readonly language?: Language;
  /** The accessible name of the copy button. */
  readonly label: string;
  readonly onCopy: () => void;
  /** Indexes of the lines that the last answer changed. */
  readonly changed?: ReadonlySet<number>;
}

/** Lines to copy as a whole. Long ones continue below, indented, so that they can be read to their end. */
export function CodeBlock({ lines, language, label, onCopy, changed }: Props) {
  const outdated = useWithheld();
  return (
    <div className="flex items-start gap-1 rounded-md border border-line bg-canvas">
      <pre className="min-w-0 flex-1 py-1.5 font-mono text-xs">
        <code>
          {lines.map((line, index) => {
            const isChanged = changed?.has(index) ?? false;
            return (
              <span
                // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
                key={index}
                className={`block border-l-3 pr-1 pl-7 -indent-4 wrap-anywhere whitespace-pre-wrap ${isChanged ? 'border-changed-edge bg-changed' : 'border-transparent'}`}
              >
                {isChanged && <span className="sr-only">{t('files.lineChanged')} </span>}
                {language ? <HighlightedText text={line} language={language} /> : line}
                {'\n'}
              </span>
            );
          })}
        </code>
      </pre>
      <button
        type="button"
        className="button-icon shrink-0"
        aria-label={label}
        title={t('files.copyShort')}
        aria-disabled={outdated}
        onClick={onCopy}
      >
        <Copy aria-hidden className="size-4" />
      </button>
    </div>
  );
}
