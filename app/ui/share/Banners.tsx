import { CircleAlert, Link2, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useAnswers } from '../answers/store.ts';
import { forgetSetAside, useSaving } from '../draft/saved.ts';
import { backToOwnDraft, keepLinkedPlan, useDraft } from '../draft/store.ts';
import { t } from '../messages/translate.ts';
import { backToOwnFiles, keepLinkedFiles, useOwn } from '../own/store.ts';
import { useLinkProblem } from './link-problem.ts';
import { saveText } from './save.ts';

/** What the user must know before anything else: where the plan is from, what could not be opened or saved. */
export function Banners() {
  const fromLink = useDraft((state) => state.kept !== null);
  const filesFromLink = useOwn((state) => state.kept !== null);
  const { works, aside } = useSaving();
  const { reasons } = useLinkProblem();
  const failure = useAnswers((state) => state.failure);
  return (
    <div className="divide-y divide-line">
      {fromLink && (
        <Banner icon={<Link2 aria-hidden className="size-4" />} tone="tint" text={t('link.shown')}>
          <button type="button" className="button" onClick={backToOwnDraft}>
            {t('link.back')}
          </button>
          <button type="button" className="button" onClick={keepLinkedPlan}>
            {t('link.keep')}
          </button>
        </Banner>
      )}
      {filesFromLink && (
        <Banner icon={<Link2 aria-hidden className="size-4" />} tone="tint" text={t('own.linkShown')}>
          <button type="button" className="button" onClick={backToOwnFiles}>
            {t('own.linkBack')}
          </button>
          <button type="button" className="button" onClick={keepLinkedFiles}>
            {t('own.linkKeep')}
          </button>
        </Banner>
      )}
      {reasons.length > 0 && (
        <Banner
          icon={<CircleAlert aria-hidden className="size-4 text-deny" />}
          tone="deny"
          text={`${t('link.refused')} ${reasons.join(' ')}`}
        >
          <Dismiss onClick={() => useLinkProblem.setState({ reasons: [] })} />
        </Banner>
      )}
      {aside.map(({ key, text, reason }) => (
        <Banner
          key={key}
          icon={<TriangleAlert aria-hidden className="size-4 text-caution" />}
          tone="caution"
          text={t(reason === 'newer' ? 'saved.newer' : 'saved.damaged')}
        >
          <button type="button" className="button" onClick={() => saveText('postern-set-aside.json', text)}>
            {t('saved.download')}
          </button>
          <button type="button" className="button" onClick={() => forgetSetAside(key)}>
            {t('saved.forget')}
          </button>
        </Banner>
      ))}
      {!works && (
        <Banner
          icon={<TriangleAlert aria-hidden className="size-4 text-caution" />}
          tone="caution"
          text={t('saved.off')}
        >
          <Dismiss onClick={() => useSaving.setState({ works: true })} />
        </Banner>
      )}
      {failure !== null && (
        <Banner
          icon={<CircleAlert aria-hidden className="size-4 text-deny" />}
          tone="deny"
          text={t('result.failure', { failure })}
        />
      )}
    </div>
  );
}

const tones = { tint: 'bg-tint', deny: 'bg-deny-tint', caution: 'bg-caution-tint' } as const;

interface BannerProps {
  readonly icon: ReactNode;
  readonly tone: keyof typeof tones;
  readonly text: string;
  readonly children?: ReactNode;
}

function Banner({ icon, tone, text, children }: BannerProps) {
  return (
    <section
      aria-label={t('banner.label')}
      className={`flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2 ${tones[tone]}`}
    >
      {icon}
      <p role="status" className="min-w-0 flex-1 basis-64 break-words">
        {text}
      </p>
      <div className="flex flex-wrap gap-2">{children}</div>
    </section>
  );
}

function Dismiss({ onClick }: { readonly onClick: () => void }) {
  return (
    <button type="button" className="button-icon" aria-label={t('banner.dismiss')} onClick={onClick}>
      <X aria-hidden className="size-4" />
    </button>
  );
}
