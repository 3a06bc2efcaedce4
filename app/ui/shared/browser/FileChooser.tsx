import { FolderOpen } from 'lucide-react';
import { useRef } from 'react';

interface Props {
  /** Of the button. */
  readonly text: string;
  /** Of the file input itself, which only the button opens. */
  readonly label: string;
  /** Default: several files can be chosen. */
  readonly single?: true;
  /** The types of files that the dialog offers, as the attribute of HTML. */
  readonly accept?: string;
  readonly className?: string;
  readonly onFiles: (files: readonly File[]) => void;
}

/** A button that opens the browser's dialog for files. The same file can be chosen twice in a row. */
export function FileChooser({ text, label, single, accept, className = '', onFiles }: Props) {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className={`button ${className}`} onClick={() => chooser.current?.click()}>
        <FolderOpen aria-hidden className="size-4" />
        {text}
      </button>
      <input
        ref={chooser}
        type="file"
        multiple={!single}
        accept={accept}
        aria-label={label}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </>
  );
}
