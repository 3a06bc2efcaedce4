import { Copy, Download, FilePlus2, GitCompareArrows, Pencil, Trash2, Undo2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { announce } from '../../../shared/browser/announce.ts';
import { blankPlan } from '../../../shared/draft/blank.ts';
import type { Draft } from '../../../shared/draft/draft.ts';
import { changeKept, type KeptPlan, keepPlan, removePlan, useKeptPlans } from '../../../shared/draft/kept-plans.ts';
import { newName } from '../../../shared/draft/new-name.ts';
import { copyExamples } from '../../../shared/draft/preset-answers.ts';
import { savePlan } from '../../../shared/draft/save-plan.ts';
import { change, openPlan, useDraft } from '../../../shared/draft/store.ts';
import { t } from '../../../shared/messages/translate.ts';
import { visit } from '../../../shared/navigation/place.ts';
import { headingOf } from '../../../shared/navigation/view.ts';
import { PlanFile } from '../share/PlanFile.tsx';
import { PlanComparison } from './PlanComparison.tsx';

const edit = () => visit({ step: 'pattern', group: 'choice' });

/** What a plan is called in a list: its title, or the server's name. */
const nameOf = ({ title, server }: Draft): string => title || server.name || t('plans.untitled');

/** Every plan in this browser: the one being edited, and those that are kept. */
export default function PlansScreen() {
  const { draft, plan } = useDraft();
  const kept = useKeptPlans(({ plans }) => plans).filter(({ id }) => id !== plan);
  const [deleted, setDeleted] = useState<readonly KeptPlan[]>([]);
  const [compared, setCompared] = useState<KeptPlan | null>(null);

  const open = (one: KeptPlan) => {
    if (!openPlan(one.draft, { plan: one.id })) return;
    announce(t('plans.opened', { name: nameOf(one.draft) }), { undoable: true });
    edit();
  };
  const duplicate = (of: Draft, id: string) => {
    const copy = newName();
    const kept = keepPlan(copy, { ...of, title: t('plans.copyOf', { name: nameOf(of) }) });
    copyExamples(id, copy);
    announce(t(kept ? 'plans.duplicated' : 'plans.noSpace', { name: nameOf(of) }));
  };
  const remove = (one: KeptPlan) => {
    removePlan(one.id);
    setDeleted([...deleted, one]);
    if (compared?.id === one.id) setCompared(null);
    announce(t('plans.deleted', { name: nameOf(one.draft) }));
  };
  return (
    <main className="mx-auto min-h-dvh max-w-4xl bg-surface px-4 pt-6 pb-12 md:px-8">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h1 id={headingOf({ view: 'plans', page: null })} tabIndex={-1} className="text-xl font-semibold outline-none">
          {t('views.plans')}
        </h1>
        <button
          type="button"
          className="button"
          onClick={() => {
            if (openPlan(blankPlan('direct'))) edit();
          }}
        >
          <FilePlus2 aria-hidden className="size-4" />
          {t('plans.new')}
        </button>
      </div>
      <p className="mt-1 mb-4 max-w-prose text-muted">{t('plans.about')}</p>
      <ul className="divide-y divide-line border-y border-line">
        <Item
          draft={draft}
          state={t('plans.current')}
          onTitle={(title) => change('title', title)}
          onDuplicate={() => duplicate(draft, plan)}
        >
          <button
            type="button"
            className="button button-primary"
            aria-label={t('plans.editNamed', { name: nameOf(draft) })}
            onClick={edit}
          >
            <Pencil aria-hidden className="size-4" />
            {t('plans.edit')}
          </button>
        </Item>
        {kept.map((one) => (
          <Item
            key={one.id}
            draft={one.draft}
            state={t('plans.kept', { date: dateText(one.at) })}
            onTitle={(title) => changeKept({ ...one, draft: { ...one.draft, title } })}
            onDuplicate={() => duplicate(one.draft, one.id)}
            onRemove={() => remove(one)}
          >
            <button
              type="button"
              className="button"
              aria-label={t('plans.openNamed', { name: nameOf(one.draft) })}
              onClick={() => open(one)}
            >
              {t('plans.open')}
            </button>
            <button
              type="button"
              className="button"
              aria-label={t('plans.compareNamed', { name: nameOf(one.draft) })}
              aria-expanded={compared?.id === one.id}
              onClick={() => setCompared(compared?.id === one.id ? null : one)}
            >
              <GitCompareArrows aria-hidden className="size-4" />
              {t('plans.compare')}
            </button>
          </Item>
        ))}
      </ul>
      {kept.length === 0 && <p className="mt-3 text-muted">{t('plans.none')}</p>}
      {deleted.map((one) => (
        <div key={one.id} className="mt-3 flex flex-wrap items-center gap-2 rounded-md bg-raised p-2.5">
          <p className="min-w-0 flex-1 break-words">{t('plans.deleted', { name: nameOf(one.draft) })}</p>
          <button
            type="button"
            className="button"
            aria-label={t('plans.restoreNamed', { name: nameOf(one.draft) })}
            onClick={() => {
              changeKept(one);
              announce(t('plans.restored', { name: nameOf(one.draft) }));
              setDeleted(deleted.filter(({ id }) => id !== one.id));
            }}
          >
            <Undo2 aria-hidden className="size-4" />
            {t('plans.restore')}
          </button>
        </div>
      ))}
      {compared && (
        <PlanComparison
          key={compared.id}
          name={nameOf(compared.draft)}
          before={draft}
          after={compared.draft}
          onClose={() => setCompared(null)}
        />
      )}
      <div className="mt-8">
        <PlanFile />
      </div>
    </main>
  );
}

const dateText = (at: number): string =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short' }).format(at);

interface ItemProps {
  readonly draft: Draft;
  readonly state: string;
  readonly onTitle: (title: string) => void;
  readonly onDuplicate: () => void;
  readonly onRemove?: () => void;
  /** Its first actions. */
  readonly children: ReactNode;
}

function Item({ draft, state, onTitle, onDuplicate, onRemove, children }: ItemProps) {
  const name = nameOf(draft);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-56">
        <input
          className="input font-semibold"
          aria-label={t('plans.rename', { name })}
          value={draft.title}
          placeholder={name}
          onChange={(event) => onTitle(event.target.value)}
        />
        <p className="mt-1 text-sm text-muted">
          {t('plans.pattern', { pattern: t(`pattern.${draft.network.pattern}`), major: draft.server.major })} · {state}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        {children}
        <IconButton label={t('plans.duplicateNamed', { name })} Icon={Copy} onPress={onDuplicate} />
        <IconButton label={t('plans.downloadNamed', { name })} Icon={Download} onPress={() => savePlan(draft)} />
        {onRemove && <IconButton label={t('plans.deleteNamed', { name })} Icon={Trash2} onPress={onRemove} />}
      </div>
    </li>
  );
}

interface IconButtonProps {
  readonly label: string;
  readonly Icon: typeof Copy;
  readonly onPress: () => void;
}

const IconButton = ({ label, Icon, onPress }: IconButtonProps) => (
  <button type="button" className="button-icon" aria-label={label} title={label} onClick={onPress}>
    <Icon aria-hidden className="size-4" />
  </button>
);
