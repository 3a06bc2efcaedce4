import { FileArchive } from 'lucide-react';
import { useState } from 'react';
import type { Made } from '../answers/store.ts';
import { t } from '../messages/translate.ts';
import { announce } from '../wizard/announce.ts';
import { bundleName } from './names.ts';
import { saveBytes } from './save.ts';

/** Everything at once, in the two formats that need nothing installed. */
export function Archives({ made }: { readonly made: Made }) {
  const [failure, setFailure] = useState('');
  const name = bundleName(made.plan);
  const download = async (kind: 'zip' | 'tar.gz') => {
    try {
      const { tarBundle, zipBundle } = await import('./archive.ts');
      if (kind === 'zip') saveBytes(`${name}.zip`, zipBundle(name, made.bundle), 'application/zip');
      else saveBytes(`${name}.tar.gz`, await tarBundle(name, made.bundle), 'application/gzip');
      setFailure('');
      announce(t('take.saved', { name: `${name}.${kind}` }));
    } catch (error) {
      setFailure(t('take.failed', { reason: error instanceof Error ? error.message : String(error) }));
    }
  };
  return (
    <section aria-labelledby="archive-heading">
      <h2 id="archive-heading" className="text-lg font-semibold">
        {t('take.archives')}
      </h2>
      <p className="mb-2 text-muted">{t('take.archives.about', { count: made.bundle.files.length, name })}</p>
      <div className="flex flex-wrap gap-2">
        <button type="button" className="button button-primary" onClick={() => void download('tar.gz')}>
          <FileArchive aria-hidden className="size-4" />
          {t('take.tar')}
        </button>
        <button type="button" className="button button-primary" onClick={() => void download('zip')}>
          <FileArchive aria-hidden className="size-4" />
          {t('take.zip')}
        </button>
      </div>
      {failure !== '' && (
        <p role="alert" className="mt-2 text-deny">
          {failure}
        </p>
      )}
    </section>
  );
}
