import { useMemo, useState } from 'react';
import { type Bundle, type BundleFile, MACHINES } from '../../../../core/index.ts';
import { t } from '../../../shared/messages/translate.ts';
import { leadToFile, useAskedFile } from '../../../shared/navigation/file-place.ts';
import type { FilesChange } from './changes.ts';
import { FileRow } from './FileRow.tsx';

interface Props {
  readonly bundle: Bundle;
  readonly change: FilesChange;
  /** The file to show, if there is a reason for one; it opens when it becomes another. */
  readonly first?: string | null;
  readonly onLead: (path: string) => void;
}

/** The files by machine, and within a machine in the order of use. */
export function MachineFiles({ bundle, change, first = null, onLead }: Props) {
  const paths = usePaths(bundle);
  const asked = useAskedFile(({ path }) => path);
  const [open, setOpen] = useState<string | null>(() => first ?? firstOpen(bundle));
  const [given, setGiven] = useState(first);
  if (first !== given) {
    setGiven(first);
    if (first !== null) setOpen(first);
  }
  if (asked !== null && asked !== open) setOpen(asked);
  return (
    <section aria-labelledby="files-heading" className="space-y-5">
      <h3 id="files-heading" className="sr-only">
        {t('files.title')}
      </h3>
      {MACHINES.map((machine) => {
        const files = bundle.files.filter((file) => file.machine === machine);
        if (files.length === 0) return null;
        return (
          <section key={machine} aria-labelledby={`machine-${machine}`}>
            <h4 id={`machine-${machine}`} className="text-base font-semibold">
              {t(`machine.${machine}`)}{' '}
              <span className="text-sm font-normal text-muted">{t('files.count', { count: files.length })}</span>
            </h4>
            <ol className="mt-1 divide-y divide-line border-y border-line">
              {files.map((file) => (
                <FileRow
                  key={file.path}
                  file={file}
                  change={change.files.get(file.path)}
                  open={open === file.path}
                  onToggle={() => setOpen(open === file.path ? null : file.path)}
                  paths={paths}
                  onLead={onLead}
                  onFile={leadToFile}
                />
              ))}
            </ol>
          </section>
        );
      })}
      {change.gone.length > 0 && <p className="text-muted">{t('files.gone', { paths: change.gone.join(', ') })}</p>}
    </section>
  );
}

/** The paths of all files; the same list until one comes or goes. */
export function usePaths({ files }: Bundle): readonly string[] {
  const text = files.map(({ path }) => path).join('\n');
  return useMemo(() => text.split('\n'), [text]);
}

/** pg_hba.conf is the file that most users look for. */
function firstOpen({ files }: Bundle): string | null {
  const hba: BundleFile | undefined = files.find((file) => file.language === 'hba');
  return (hba ?? files[0])?.path ?? null;
}
