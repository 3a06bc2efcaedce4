import { Share2 } from 'lucide-react';
import { t } from '../shared/messages/translate.ts';
import { visit } from '../shared/navigation/place.ts';

/** Leads to the plan's files. */
export default function DownloadButton() {
  return (
    <button
      type="button"
      className="button ml-1 whitespace-nowrap"
      onClick={() => visit({ step: 'review', group: 'take' })}
    >
      <Share2 aria-hidden className="size-4" />
      {t('app.take')}
    </button>
  );
}
