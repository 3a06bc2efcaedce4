import { ChevronRight, RefreshCw, RotateCcw } from 'lucide-react';
import type { BundleFile } from '../../../../core/index.ts';
import { sayCore, t } from '../../../shared/messages/translate.ts';
import { fileRowId } from '../../../shared/navigation/file-place.ts';
import type { FileChange } from './changes.ts';
import { FileActions } from './FileActions.tsx';
import { FileView } from './FileView.tsx';

interface Props {
  readonly file: BundleFile;
  readonly change: FileChange | undefined;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly paths: readonly string[];
  readonly onLead: (path: string) => void;
  readonly onFile: (path: string) => void;
}

/** One file: where it is installed, its purpose, how it takes effect, and its text. */
export function FileRow({ file, change, open, paths, onToggle, onLead, onFile }: Props) {
  return (
    <li>
      <div className="flex items-start gap-1 py-1">
        <button
          id={fileRowId(file.path)}
          type="button"
          aria-expanded={open}
          className="flex min-h-9 min-w-0 flex-1 items-start gap-1.5 rounded-md py-1.5 text-left hover:bg-raised"
          onClick={onToggle}
        >
          <ChevronRight
            aria-hidden
            className={`mt-0.5 size-4 shrink-0 text-muted transition-transform ${open ? 'rotate-90' : ''}`}
          />
          <span className="min-w-0 flex-1">
            <span className="block font-mono text-xs break-all">{file.target ?? file.path}</span>
            <span className="block text-muted">{sayCore(file.titleMessage)}</span>
            <Marks file={file} change={change} />
          </span>
        </button>
        <FileActions file={file} />
      </div>
      {open && <FileView file={file} change={change} paths={paths} level={5} onLead={onLead} onFile={onFile} />}
    </li>
  );
}

/** Restart or reload, and what the last answer changed, in words. */
export function Marks({ file, change }: { readonly file: BundleFile; readonly change: FileChange | undefined }) {
  if (!file.apply && !change) return null;
  const Icon = file.apply === 'restart' ? RotateCcw : RefreshCw;
  return (
    <span className="mt-0.5 flex flex-wrap gap-x-3 gap-y-0.5 text-xs">
      {file.apply && (
        <span className={`inline-flex items-center gap-1 ${file.apply === 'restart' ? 'text-caution' : 'text-muted'}`}>
          <Icon aria-hidden className="size-3.5" />
          {t(`apply.${file.apply}`)}
        </span>
      )}
      {change && (
        <span className="text-allow">
          {change.isNew ? t('files.new') : t('files.changed', { added: change.added.size, removed: change.removed })}
        </span>
      )}
    </span>
  );
}
