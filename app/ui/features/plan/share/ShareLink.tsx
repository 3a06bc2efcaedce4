import { Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { create } from 'zustand';
import { LINK_LIMITS, type Plan } from '../../../../core/index.ts';
import { core } from '../../../../worker/client.ts';
import { failureText } from '../../../shared/answers/failure.ts';
import { useOutdated, withCurrent } from '../../../shared/answers/result.ts';
import { copyText } from '../../../shared/browser/copy.ts';
import { pageAddress } from '../../../shared/browser/page-address.ts';
import { t } from '../../../shared/messages/translate.ts';

/** A link, or why there is none, and the plan that it was made from. */
interface Link {
  readonly plan: Plan;
  readonly neutral: boolean;
  readonly text: string;
  readonly problem: string;
}

async function linkTo(plan: Plan, neutral: boolean): Promise<Link> {
  try {
    const fragment = await core((calls) => calls.makeLink(plan, { neutral }));
    const { length } = fragment;
    const limit = LINK_LIMITS.characters;
    return length > limit
      ? { plan, neutral, text: '', problem: t('share.tooLong', { length, limit }) }
      : { plan, neutral, text: `${pageAddress()}#${fragment}`, problem: '' };
  } catch (error) {
    return { plan, neutral, text: '', problem: `${t('share.failed')} ${failureText(error)}` };
  }
}

/** Kept while the page is open: someone who comes back must not share the addresses by accident. */
const useNeutral = create(() => ({ neutral: false }));

/** The plan as a link. The part after # is never sent to a server. */
export function ShareLink({ plan }: { readonly plan: Plan }) {
  const neutral = useNeutral((state) => state.neutral);
  const [link, setLink] = useState<Link | null>(null);
  const [attempt, setAttempt] = useState(0);
  const outdated = useOutdated();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again for the same link
  useEffect(() => {
    let wanted = true;
    void linkTo(plan, neutral).then((made) => {
      if (wanted) setLink(made);
    });
    return () => {
      wanted = false;
    };
  }, [plan, neutral, attempt]);
  // A link with addresses and names must not be visible or copyable once they are to be left out.
  const shown = link?.neutral === neutral && !outdated ? link : null;
  const copy = () =>
    withCurrent(
      async (now) => {
        const made = shown?.plan === now.plan ? shown : await linkTo(now.plan, neutral);
        if (made.text !== '') await copyText(made.text, t('share.copied', { length: made.text.length }));
      },
      { ofPlan: true },
    );
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
          onChange={(event) => useNeutral.setState({ neutral: event.target.checked })}
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
          value={shown?.text ?? ''}
          onFocus={(event) => event.target.select()}
        />
        <button
          type="button"
          className="button"
          aria-disabled={outdated || shown?.problem !== ''}
          onClick={() => void copy()}
        >
          <Copy aria-hidden className="size-4" />
          {t('share.copy')}
        </button>
      </div>
      {shown && shown.problem !== '' && (
        <div role="alert" className="mt-2 flex flex-wrap items-center gap-2">
          <p className="min-w-0 text-deny">{shown.problem}</p>
          <button type="button" className="button" onClick={() => setAttempt(attempt + 1)}>
            {t('load.retry')}
          </button>
        </div>
      )}
    </section>
  );
}
