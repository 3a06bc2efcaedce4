import type { BundleFile } from '../../../../core/index.ts';
import { withCurrent } from '../../../shared/answers/result.ts';
import { announce } from '../../../shared/browser/announce.ts';
import { copyText } from '../../../shared/browser/copy.ts';
import { t } from '../../../shared/messages/translate.ts';

/** Copies a part of a file, unless the file has changed since: its lines are others then. */
export function copyPart({ path, content }: BundleFile, text: string, done: string): void {
  void withCurrent(({ bundle, commands }) =>
    [...bundle.files, ...commands].some((file) => file.path === path && file.content === content)
      ? copyText(text, done)
      : announce(t('result.notTaken')),
  );
}
