import { FileArchive } from 'lucide-react';
import { useState } from 'react';
import { type Archive, archives, bundleName } from '../../../../core/index.ts';
import { NotLoaded } from '../../../../worker/stoppable.ts';
import { failureText } from '../../../shared/answers/failure.ts';
import { useWithheld, withCurrent } from '../../../shared/answers/result.ts';
import type { Made } from '../../../shared/answers/store.ts';
import { announce } from '../../../shared/browser/announce.ts';
import { saveBytes } from '../../../shared/browser/save.ts';
import { t } from '../../../shared/messages/translate.ts';
import type { ArchiveKind } from './archive.ts';

const KINDS: readonly ArchiveKind[] = ['tar.gz', 'zip'];
const TYPES: Readonly<Record<ArchiveKind, string>> = { zip: 'application/zip', 'tar.gz': 'application/gzip' };

/** One archive for each machine, with only what that machine needs; and all of them, in formats that need nothing installed. */
export function Archives({ made }: { readonly made: Made }) {
  const [failure, setFailure] = useState('');
  const folder = bundleName(made.plan);
  const machines = archives(made.bundle);
  const download = async (kind: ArchiveKind, { plan, bundle }: Made, wanted: string | undefined) => {
    const folder = bundleName(plan);
    const archive = archives(bundle).find(({ name }) => name === wanted);
    const file = `${archive ? `${folder}-${archive.name}` : folder}.${kind}`;
    try {
      const { packFiles, packMachines } = await import('./archive.ts').catch(() => {
        throw new NotLoaded();
      });
      const bytes = await (archive ? packFiles(kind, folder, archive.files) : packMachines(kind, folder, bundle));
      saveBytes(file, bytes, TYPES[kind]);
      setFailure('');
      announce(t('take.saved', { name: file }));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      setFailure(error instanceof NotLoaded ? failureText(error) : t('take.failed', { reason }));
    }
  };
  return (
    <section aria-labelledby="archive-heading">
      <h2 id="archive-heading" className="text-lg font-semibold">
        {t('take.archives')}
      </h2>
      <p className="mb-2 text-muted">{t('take.archives.about', { count: machines.length, name: folder })}</p>
      <div className="flex flex-wrap gap-2">
        {KINDS.map((kind) => (
          <DownloadButton
            key={kind}
            label={t('take.kind', { kind })}
            primary
            onPress={() => void withCurrent((now) => download(kind, now, undefined))}
          />
        ))}
      </div>
      <ul aria-label={t('take.machines')} className="mt-3 divide-y divide-line border-y border-line">
        {machines.map((archive) => (
          <li key={archive.name} className="flex flex-wrap items-center justify-between gap-2 py-2">
            <span>
              {titleOf(archive)}{' '}
              <span className="text-sm text-muted">{t('files.count', { count: archive.files.length })}</span>
            </span>
            <span className="flex gap-2">
              {KINDS.map((kind) => (
                <DownloadButton
                  key={kind}
                  label={`.${kind}`}
                  name={t('take.machine', { machine: titleOf(archive), kind })}
                  onPress={() => void withCurrent((now) => download(kind, now, archive.name))}
                />
              ))}
            </span>
          </li>
        ))}
      </ul>
      {failure !== '' && (
        <p role="alert" className="mt-2 text-deny">
          {failure}
        </p>
      )}
    </section>
  );
}

const titleOf = ({ machine, host }: Archive): string =>
  host === undefined ? t(`machine.${machine}`) : t('take.host', { machine: t(`machine.${machine}`), host });

interface ButtonProps {
  readonly label: string;
  /** The file name, if the label alone is ambiguous. */
  readonly name?: string;
  readonly primary?: boolean;
  readonly onPress: () => void;
}

function DownloadButton({ label, name, primary, onPress }: ButtonProps) {
  const withheld = useWithheld();
  return (
    <button
      type="button"
      className={primary ? 'button button-primary' : 'button'}
      aria-label={name}
      aria-disabled={withheld}
      onClick={onPress}
    >
      <FileArchive aria-hidden className="size-4" />
      {label}
    </button>
  );
}
