import { Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { LINK_LIMITS, type Plan } from '../../core/index.ts';
import { core } from '../../worker/client.ts';
import { t } from '../messages/translate.ts';
import { copyText } from './copy.ts';

/** The plan as a link. The part after # is never sent to a server. */
export function ShareLink({ plan }: { readonly plan: Plan }) {
  const [neutral, setNeutral] = useState(false);
  const [link, setLink] = useState('');
  const [problem, setProblem] = useState('');
  useEffect(() => {
    let wanted = true;
    const show = (made: string, refused: string) => {
      if (!wanted) return;
      setLink(made);
      setProblem(refused);
    };
    core.makeLink(plan, { neutral }).then(
      (fragment) => {
        const { length } = fragment;
        const limit = LINK_LIMITS.characters;
        if (length > limit) show('', t('share.tooLong', { length, limit }));
        else show(`${location.origin}${location.pathname}#${fragment}`, '');
      },
      () => show('', t('share.failed')),
    );
    return () => {
      wanted = false;
    };
  }, [plan, neutral]);
  return (
    <section aria-labelledby="link-heading">
      <h2 id="link-heading" className="text-lg font-semibold">
        {t('share.title')}
      </h2>
      <p className="mb-2 text-muted">{t('share.about')}</p>
      <label className="mb-2 flex gap-2">
        <input
          type="checkbox"
          className="mt-0.5 size-4 shrink-0"
          checked={neutral}
          onChange={(event) => setNeutral(event.target.checked)}
        />
        <span>
          {t('share.neutral')}
          <span className="block text-muted">{t('share.neutral.about')}</span>
        </span>
      </label>
      <div className="flex flex-wrap gap-2">
        <input
          readOnly
          aria-label={t('share.link')}
          className="input min-w-0 flex-1 basis-56 font-mono"
          value={link}
          onFocus={(event) => event.target.select()}
        />
        <button
          type="button"
          className="button"
          disabled={link === ''}
          onClick={() => void copyText(link, t('share.copied', { length: link.length }))}
        >
          <Copy aria-hidden className="size-4" />
          {t('share.copy')}
        </button>
      </div>
      {problem !== '' && (
        <p role="alert" className="mt-2 text-deny">
          {problem}
        </p>
      )}
    </section>
  );
}
