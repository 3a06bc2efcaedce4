import { Minus, Plus } from 'lucide-react';
import type { Pattern } from '../../../../../core/index.ts';
import { announce } from '../../../../shared/browser/announce.ts';
import { tryPattern } from '../../../../shared/draft/pattern.ts';
import { replaceDraft, useDraft } from '../../../../shared/draft/store.ts';
import { lazyPart } from '../../../../shared/loading/lazy-part.tsx';
import { t } from '../../../../shared/messages/translate.ts';
import { fieldId } from '../../../../shared/navigation/field-id.ts';
import type { Group } from '../../../../shared/navigation/steps.ts';
import { Diagram } from './Diagram.tsx';
import { PATTERNS } from './patterns.ts';

const Gallery = lazyPart(() => import('../../presets/Gallery.tsx'));

export function PatternStep({ group }: { readonly group: Group }) {
  return group === 'presets' ? <Gallery /> : <PatternChoice />;
}

function PatternChoice() {
  const chosen = useDraft((state) => state.draft.network.pattern);
  const choose = (pattern: Pattern) => {
    replaceDraft(tryPattern(useDraft.getState().draft, pattern));
    announce(t('pattern.changed', { pattern: t(`pattern.${pattern}`) }), { undoable: true });
  };
  return (
    <fieldset id={fieldId('network.pattern')} className="space-y-3">
      <legend className="sr-only">{t('group.choice.title')}</legend>
      {PATTERNS.map((pattern) => (
        <label
          key={pattern}
          className="flex flex-wrap items-start gap-x-3 gap-y-2 rounded-md border border-line p-3 transition-colors hover:border-edge has-checked:border-accent has-checked:bg-tint"
        >
          <input
            type="radio"
            name="pattern"
            className="mt-1 size-4 shrink-0"
            checked={pattern === chosen}
            aria-describedby={`pattern-${pattern}`}
            onChange={() => choose(pattern)}
          />
          <span className="min-w-0 flex-1 basis-60">
            <span className="block text-base font-semibold">{t(`pattern.${pattern}`)}</span>
            <span id={`pattern-${pattern}`} className="block">
              {t(`pattern.${pattern}.about`)}
              <Side Icon={Plus} label={t('pattern.for')} text={t(`pattern.${pattern}.for`)} tone="text-allow" />
              <Side
                Icon={Minus}
                label={t('pattern.against')}
                text={t(`pattern.${pattern}.against`)}
                tone="text-caution"
              />
            </span>
          </span>
          <span className="basis-64 pl-7 md:pl-0 lg:basis-full lg:pl-7 xl:basis-full">
            <Diagram pattern={pattern} />
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface SideProps {
  readonly Icon: typeof Plus;
  readonly label: string;
  readonly text: string;
  readonly tone: string;
}

function Side({ Icon, label, text, tone }: SideProps) {
  return (
    <span className="mt-1 flex gap-1.5">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />
      <span>
        <span className="sr-only">{label} </span>
        {text}
      </span>
    </span>
  );
}
