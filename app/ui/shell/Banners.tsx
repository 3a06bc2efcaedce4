import { CircleAlert, Link2, RefreshCw, TriangleAlert, X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useAnswers } from '../shared/answers/store.ts';
import { saveText } from '../shared/browser/save.ts';
import { saveDraft, savePlan } from '../shared/draft/save-plan.ts';
import { forgetSetAside, type OtherVersion, readSaved, type SetAside, useSaving } from '../shared/draft/saved.ts';
import { backToOwnDraft, keepLinkedPlan, showVersion, useDraft } from '../shared/draft/store.ts';
import { exchange, keepThisVersion, takeOtherVersion } from '../shared/draft/tab-version.ts';
import { type MessageId, t } from '../shared/messages/translate.ts';
import { keepLinkedFiles, restoreUserFiles, useServerFiles } from '../shared/server-files/store.ts';
import { forgetAside, useTabSaving } from '../shared/server-files/tab-storage.ts';
import { tellOfLink, useLinkProblem } from './link-problem.ts';
import { updateAnyway, updateLater, updateNow, useUpdate } from './update.ts';
import { useReturnedFocus } from './use-returned-focus.ts';

/** Messages with the highest priority: where the plan comes from, what could not be opened or saved. */
export default function Banners() {
  const fromLink = useDraft((state) => state.kept !== null);
  const filesFromLink = useServerFiles((state) => state.kept !== null);
  const { works, aside, other } = useSaving();
  const tab = useTabSaving();
  const { reasons, again, cancel } = useLinkProblem();
  const failure = useAnswers(({ progress }) => (progress.kind === 'failed' ? progress.why : null));
  const generate = useAnswers((state) => state.again);
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
        <Banner icon={<Link2 aria-hidden className="size-4" />} tone="tint" text={t('server-files.linkShown')}>
          <button type="button" className="button" onClick={restoreUserFiles}>
            {t('server-files.linkBack')}
          </button>
          <button type="button" className="button" onClick={keepLinkedFiles}>
            {t('server-files.linkKeep')}
          </button>
        </Banner>
      )}
      {cancel && (
        <Banner icon={<Link2 aria-hidden className="size-4" />} tone="tint" text={t('link.opening')}>
          <button type="button" className="button" onClick={cancel}>
            {t('result.cancel')}
          </button>
        </Banner>
      )}
      {reasons.length > 0 && (
        <Banner
          icon={<CircleAlert aria-hidden className="size-4 text-deny" />}
          tone="deny"
          text={`${t('link.refused')} ${reasons.join(' ')}`}
        >
          {again && (
            <button type="button" className="button" onClick={again}>
              {t('load.retry')}
            </button>
          )}
          <Dismiss onClick={() => tellOfLink({})} />
        </Banner>
      )}
      {other && <OtherVersionBanner other={other} />}
      {aside.map((one) => (
        <Banner
          key={one.key}
          icon={<TriangleAlert aria-hidden className="size-4 text-caution" />}
          tone="caution"
          text={t(asideTexts[one.reason])}
        >
          {one.reason === 'other version' && (
            <button type="button" className="button" onClick={() => open(one)}>
              {t('saved.open')}
            </button>
          )}
          <button type="button" className="button" onClick={() => download(one)}>
            {t('saved.download')}
          </button>
          <button type="button" className="button" onClick={() => forgetSetAside(one)}>
            {t('saved.forget')}
          </button>
        </Banner>
      ))}
      {tab.aside.map(({ key, text }) => (
        <Banner
          key={key}
          icon={<TriangleAlert aria-hidden className="size-4 text-caution" />}
          tone="caution"
          text={t('server-files.aside')}
        >
          <button type="button" className="button" onClick={() => saveText('postern-files-set-aside.json', text)}>
            {t('saved.download')}
          </button>
          <button type="button" className="button" onClick={() => forgetAside(key)}>
            {t('saved.forget')}
          </button>
        </Banner>
      ))}
      {!tab.works && (
        <Banner
          icon={<TriangleAlert aria-hidden className="size-4 text-caution" />}
          tone="caution"
          text={t('server-files.notKept')}
        >
          <Dismiss onClick={() => useTabSaving.setState({ works: true })} />
        </Banner>
      )}
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
        <Banner icon={<CircleAlert aria-hidden className="size-4 text-deny" />} tone="deny" text={failure}>
          <button type="button" className="button" onClick={generate}>
            {t('load.retry')}
          </button>
          <button type="button" className="button" onClick={() => location.reload()}>
            {t('broken.reload')}
          </button>
        </Banner>
      )}
      <UpdateBanner />
    </div>
  );
}

function UpdateBanner() {
  const { waiting, unsaved } = useUpdate();
  if (!waiting) return null;
  return (
    <Banner
      icon={
        unsaved ? (
          <TriangleAlert aria-hidden className="size-4 text-caution" />
        ) : (
          <RefreshCw aria-hidden className="size-4" />
        )
      }
      tone={unsaved ? 'caution' : 'tint'}
      text={t(unsaved ? 'update.unsaved' : 'update.available')}
    >
      {unsaved && (
        <button type="button" className="button" onClick={saveDraft}>
          {t('broken.download')}
        </button>
      )}
      <button type="button" className="button" onClick={unsaved ? updateAnyway : updateNow}>
        {t(unsaved ? 'update.anyway' : 'update.now')}
      </button>
      <button type="button" className="button" onClick={updateLater}>
        {t('update.later')}
      </button>
    </Banner>
  );
}

const asideTexts = {
  damaged: 'saved.damaged',
  newer: 'saved.newer',
  'other version': 'saved.otherVersion',
} as const satisfies Record<SetAside['reason'], MessageId>;

function open(aside: SetAside): void {
  const state = exchange(aside);
  if (state) showVersion(state);
}

/** A draft that can be opened is saved as a plan, for "Open a plan"; anything else is saved as found. */
function download({ text }: Pick<SetAside, 'text'>): void {
  const value = readSaved(text);
  if (typeof value === 'string') saveText('postern-set-aside.json', text);
  else savePlan(value.state.draft);
}

/** Two tabs have changed the plan independently. Each continues with its own version until the user decides. */
function OtherVersionBanner({ other }: { readonly other: OtherVersion }) {
  return (
    <Banner
      icon={<TriangleAlert aria-hidden className="size-4 text-caution" />}
      tone="caution"
      text={t(otherTexts[other.kind])}
    >
      {other.kind === 'newer' ? (
        <button type="button" className="button" onClick={() => location.reload()}>
          {t('broken.reload')}
        </button>
      ) : (
        <>
          <button
            type="button"
            className="button"
            onClick={() => {
              const state = takeOtherVersion();
              if (state) showVersion(state);
            }}
          >
            {t('tabs.open')}
          </button>
          <button type="button" className="button" onClick={() => download(other)}>
            {t('tabs.download')}
          </button>
        </>
      )}
      <button type="button" className="button" onClick={keepThisVersion}>
        {t('tabs.keep')}
      </button>
    </Banner>
  );
}

const otherTexts = {
  'same plan': 'tabs.changed',
  'another plan': 'tabs.another',
  newer: 'tabs.newer',
} as const satisfies Record<OtherVersion['kind'], MessageId>;

const tones = { tint: 'bg-tint', deny: 'bg-deny-tint', caution: 'bg-caution-tint' } as const;

interface BannerProps {
  readonly icon: ReactNode;
  readonly tone: keyof typeof tones;
  readonly text: string;
  readonly children?: ReactNode;
}

function Banner({ icon, tone, text, children }: BannerProps) {
  const own = useRef<HTMLElement>(null);
  useReturnedFocus(own);
  return (
    <section
      ref={own}
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
