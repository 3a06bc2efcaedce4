import { BookOpen, Copy, Download } from 'lucide-react';
import type { BundleFile } from '../../../../core/index.ts';
import { useWithheld, withCurrent } from '../../../shared/answers/result.ts';
import { announce } from '../../../shared/browser/announce.ts';
import { copyText } from '../../../shared/browser/copy.ts';
import { saveText } from '../../../shared/browser/save.ts';
import { t } from '../../../shared/messages/translate.ts';
import { ViewLink } from '../../../shared/navigation/ViewLink.tsx';

const nameOf = ({ path }: BundleFile) => path.split('/').at(-1) ?? path;

/** The reference page of a file, copy, and download. Commands to paste are no file, so they have no download. */
export function FileActions({ file, isFile = true }: { readonly file: BundleFile; readonly isFile?: boolean }) {
  const withheld = useWithheld();
  const name = nameOf(file);
  return (
    <>
      {file.page !== undefined && (
        <ViewLink
          to={{ view: 'targets', page: file.page }}
          className="button-icon"
          label={t('files.about', { name: file.path })}
        >
          <BookOpen aria-hidden className="size-4" />
        </ViewLink>
      )}
      <button
        type="button"
        className="button-icon"
        aria-label={t('files.copy', { name: file.path })}
        title={t('files.copyShort')}
        aria-disabled={withheld}
        onClick={() => takeFile(file, ({ content }) => copyText(content, t('files.copied', { name })))}
      >
        <Copy aria-hidden className="size-4" />
      </button>
      {isFile && (
        <button
          type="button"
          className="button-icon"
          aria-label={t('files.download', { name: file.path })}
          title={t('files.downloadShort')}
          aria-disabled={withheld}
          onClick={() => takeFile(file, ({ content }) => saveText(name, content))}
        >
          <Download aria-hidden className="size-4" />
        </button>
      )}
    </>
  );
}

/** Does something with this file as the current plan generates it. */
function takeFile({ path }: BundleFile, act: (file: BundleFile) => void | Promise<void>): void {
  void withCurrent(({ bundle, commands }) => {
    const file = [...bundle.files, ...commands].find((one) => one.path === path);
    return file ? act(file) : announce(t('result.notTaken'));
  });
}
