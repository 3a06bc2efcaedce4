import { PanelRightClose, PanelRightOpen } from 'lucide-react';
import { useEffect } from 'react';
import { t } from '../../../shared/messages/translate.ts';
import { useAskedFile } from '../../../shared/navigation/file-place.ts';
import { useCounts } from './counts.ts';
import { ResultPane } from './ResultPane.tsx';

interface Props {
  readonly folded: boolean;
  readonly onFold: (folded: boolean) => void;
}

/** The result next to the form. It can be collapsed, and then shows a summary. */
export default function SidePane({ folded, onFold }: Props) {
  const counts = useCounts();
  const asked = useAskedFile(({ path }) => path !== null);
  useEffect(() => {
    if (asked) onFold(false);
  }, [asked, onFold]);
  const label = t(folded ? 'result.unfold' : 'result.fold');
  const Icon = folded ? PanelRightOpen : PanelRightClose;
  return (
    <aside
      aria-labelledby="result-heading"
      className={`min-w-0 lg:sticky lg:top-0 lg:h-dvh lg:self-start lg:overflow-y-auto ${folded ? 'px-2 py-3' : 'px-5 py-4'}`}
    >
      <div className={`flex items-center gap-2 ${folded ? 'flex-col' : 'mb-4'}`}>
        <button
          type="button"
          className="button-icon"
          aria-label={label}
          title={label}
          aria-expanded={!folded}
          onClick={() => onFold(!folded)}
        >
          <Icon aria-hidden className="size-4.5" />
        </button>
        <h2 id="result-heading" className={folded ? 'text-muted [writing-mode:vertical-rl]' : 'text-lg font-semibold'}>
          {folded ? counts : t('result.title')}
        </h2>
        {!folded && <span className="ml-auto text-muted">{counts}</span>}
      </div>
      {!folded && <ResultPane />}
    </aside>
  );
}
