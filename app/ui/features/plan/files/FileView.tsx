import { useState } from 'react';
import type { BundleFile } from '../../../../core/index.ts';
import { lazyPart } from '../../../shared/loading/lazy-part.tsx';
import { t } from '../../../shared/messages/translate.ts';
import type { FileChange } from './changes.ts';
import { FileText } from './FileText.tsx';

const RenderedMarkdown = lazyPart(() => import('./RenderedMarkdown.tsx'));

interface Props {
  readonly file: BundleFile;
  readonly change: FileChange | undefined;
  /** Paths of the files of the bundle. */
  readonly paths: readonly string[];
  /** The heading level of a document's title. */
  readonly level: number;
  readonly wrap?: boolean;
  readonly onLead: (path: string) => void;
  /** Shows another file. */
  readonly onFile: (path: string) => void;
}

/** The contents of a file: its text, or for Markdown, the document, with its source one click away. */
export function FileView({ file, change, paths, level, wrap = false, onLead, onFile }: Props) {
  const [isSource, setIsSource] = useState(false);
  if (file.language !== 'markdown') return <FileText file={file} change={change} onLead={onLead} wrap={wrap} />;
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields */}
      <div role="group" aria-label={t('files.view')} className="mb-1.5 flex gap-1">
        {([false, true] as const).map((source) => (
          <button
            key={String(source)}
            type="button"
            className={`button-quiet ${source === isSource ? 'bg-tint font-semibold' : ''}`}
            aria-pressed={source === isSource}
            onClick={() => setIsSource(source)}
          >
            {t(source ? 'files.source' : 'files.rendered')}
          </button>
        ))}
      </div>
      {isSource ? (
        <FileText file={file} change={change} onLead={onLead} wrap={wrap} />
      ) : (
        <RenderedMarkdown file={file} change={change} paths={paths} level={level} onFile={onFile} />
      )}
    </>
  );
}
