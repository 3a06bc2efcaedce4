import { FileSearch, FolderOpen, Lock, ServerCog, ShieldCheck, Tag, Undo2, Unplug } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { MAJORS, VERSION } from '../../../core/index.ts';
import { isUntouched } from '../../shared/draft/blank.ts';
import { useKeptPlans } from '../../shared/draft/kept-plans.ts';
import { useDraft } from '../../shared/draft/store.ts';
import { t } from '../../shared/messages/first-screen.ts';
import { visit } from '../../shared/navigation/place.ts';
import { ViewLink } from '../../shared/navigation/ViewLink.tsx';
import { headingOf, show } from '../../shared/navigation/view.ts';
import { openFiles } from './open.ts';
import { PasteBox } from './PasteBox.tsx';

/** What a person who opens the page sees: what it is, three ways to begin, and why to trust it. */
export function Landing() {
  return (
    <main className="mx-auto min-h-dvh max-w-6xl bg-surface px-4 pt-8 pb-12 md:px-8">
      <h1 id={headingOf({ view: 'start', page: null })} tabIndex={-1} className="text-xl font-semibold outline-none">
        {t('landing.title')}
      </h1>
      <p className="mt-2 max-w-prose text-base">{t('landing.about')}</p>
      <div className="mt-6 grid gap-4 lg:grid-cols-3">
        <PlanDoor />
        <FilesDoor />
        <Door Icon={Unplug} title={t('landing.error.title')} about={t('landing.error.about')}>
          <PasteBox of="error" />
        </Door>
      </div>
      <ul className="mt-8 grid gap-x-8 gap-y-2 border-t border-line pt-5 md:grid-cols-2">
        <Reason Icon={Lock} text={t('landing.private')} />
        <Reason Icon={ShieldCheck} text={t('landing.tested', { first: MAJORS[0] ?? 0, last: MAJORS.at(-1) ?? 0 })} />
        <Reason Icon={Undo2} text={t('landing.undo')} />
        <Reason Icon={Tag} text={t('landing.open', { version: VERSION })} />
      </ul>
    </main>
  );
}

interface DoorProps {
  readonly Icon: typeof Lock;
  readonly title: string;
  readonly about: string;
  readonly children: ReactNode;
}

function Door({ Icon, title, about, children }: DoorProps) {
  return (
    <section className="flex min-w-0 flex-col rounded-md border border-line p-4">
      <h2 className="flex items-center gap-2 text-base font-semibold">
        <Icon aria-hidden className="size-5 shrink-0 text-accent" />
        {title}
      </h2>
      <p className="mt-1 text-muted">{about}</p>
      {children}
    </section>
  );
}

function Reason({ Icon, text }: { readonly Icon: typeof Lock; readonly text: string }) {
  return (
    <li className="flex items-start gap-2">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
      {text}
    </li>
  );
}

function PlanDoor() {
  const untouched = useDraft(({ draft }) => isUntouched(draft));
  const direct = useDraft(({ draft }) => draft.network.pattern === 'direct');
  const kept = useKeptPlans(({ plans }) => plans.length);
  const express = () => show({ view: 'express', page: null });
  return (
    <Door Icon={ServerCog} title={t('landing.plan.title')} about={t('landing.plan.about')}>
      <div className="mt-3 flex flex-col items-start gap-2 md:flex-row md:flex-wrap lg:flex-col">
        {(untouched || direct) && (
          <button type="button" className={`button ${untouched ? 'button-primary' : ''}`} onClick={express}>
            {t('landing.plan.express')}
          </button>
        )}
        <button
          type="button"
          className={`button ${untouched ? '' : 'button-primary -order-1'}`}
          onClick={() => visit({ step: 'pattern', group: 'choice' })}
        >
          {t(untouched ? 'landing.plan.start' : 'landing.plan.continue')}
        </button>
        {(kept > 0 || !untouched) && (
          <ViewLink to={{ view: 'plans', page: null }} className="button">
            {t('landing.plan.plans', { count: kept + (untouched ? 0 : 1) })}
          </ViewLink>
        )}
        <button type="button" className="button" onClick={() => visit({ step: 'pattern', group: 'presets' })}>
          {t('landing.plan.example')}
        </button>
        <ViewLink to={{ view: 'import', page: null }} className="button">
          {t('landing.plan.import')}
        </ViewLink>
      </div>
    </Door>
  );
}

function FilesDoor() {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <Door Icon={FileSearch} title={t('landing.files.title')} about={t('landing.files.about')}>
      <PasteBox of="files" />
      <button type="button" className="button mt-2 self-start" onClick={() => chooser.current?.click()}>
        <FolderOpen aria-hidden className="size-4" />
        {t('landing.files.choose')}
      </button>
      <input
        ref={chooser}
        type="file"
        multiple
        aria-label={t('landing.files.choose')}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          void openFiles(event.target.files ?? []);
          event.target.value = '';
        }}
      />
    </Door>
  );
}
