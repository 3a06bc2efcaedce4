import { FolderOpen } from 'lucide-react';
import { useRef } from 'react';

interface Props {
  /** Of the button. */
  readonly text: string;
  /** Of the file input itself, which only the button opens. */
  readonly label: string;
  readonly onFiles: (files: readonly File[]) => void;
}

/** A button that opens the browser's dialog for files. The same file can be chosen twice in a row. */
export function FileChooser({ text, label, onFiles }: Props) {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className="button" onClick={() => chooser.current?.click()}>
        <FolderOpen aria-hidden className="size-4" />
        {text}
      </button>
      <input
        ref={chooser}
        type="file"
        multiple
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
