import { Link2 } from 'lucide-react';
import { useState } from 'react';
import { encodeScreen, LINK_LIMITS, type ScreenName } from '../../../core/index.ts';
import { copyText } from '../browser/copy.ts';
import { pageAddress } from '../browser/page-address.ts';
import { t } from '../messages/translate.ts';
import { screenState } from './screen-state.ts';

/** Copies a link to what the screen shows. The link has the text of files only if the user selects that. */
export function ScreenLink({ view }: { readonly view: ScreenName }) {
  const [withTexts, setWithTexts] = useState(false);
  const [problem, setProblem] = useState('');
  const copy = () => {
    const fragment = encodeScreen(screenState(view, withTexts));
    const { length } = fragment;
    const limit = LINK_LIMITS.characters;
    setProblem(length > limit ? t('server-files.linkTooLong', { length, limit }) : '');
    if (length <= limit) void copyText(`${pageAddress()}?view=${view}#${fragment}`, t('share.copied', { length }));
  };
  return (
    <div className="text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            className="size-4 shrink-0"
            checked={withTexts}
            onChange={(event) => {
              setWithTexts(event.target.checked);
              setProblem('');
            }}
          />
          {t(view === 'refusal' ? 'refused.linkTexts' : 'server-files.linkTexts')}
        </label>
        <button type="button" className="button" onClick={copy}>
          <Link2 aria-hidden className="size-4" />
          {t('server-files.link')}
        </button>
      </div>
      {problem !== '' && (
        <p role="alert" className="mt-1 max-w-80 text-deny">
          {problem}
        </p>
      )}
    </div>
  );
}
