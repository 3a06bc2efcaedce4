import {
  BookOpen,
  FileText,
  ListTree,
  type LucideIcon,
  PanelsTopLeft,
  Route,
  Search,
  Settings2,
  TextCursorInput,
  User,
} from 'lucide-react';
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { fetchPresets, type Preset } from '../../features/plan/presets/presets.ts';
import { useAnswers } from '../../shared/answers/store.ts';
import { useDraft } from '../../shared/draft/store.ts';
import { t } from '../../shared/messages/translate.ts';
import { closeOverlay } from '../overlay.ts';
import { type Item, itemsOf, type Kind, matching } from './items.ts';
import { Modal } from './Modal.tsx';

/** Results that are drawn; more words find the others. */
const SHOWN = 60;
/** Results that Page Up and Page Down move by. */
const PAGE = 8;

const icons: Readonly<Record<Kind, LucideIcon>> = {
  screen: PanelsTopLeft,
  step: ListTree,
  pattern: Route,
  example: BookOpen,
  field: TextCursorInput,
  entry: User,
  setting: Settings2,
  file: FileText,
};

const optionId = (index: number): string => `palette-option-${index}`;

/**
 * Finds a screen, a step, a field, a setting or a file by its words, and goes there: a combobox whose focus stays in the
 * text field (ARIA Authoring Practices, "Combobox").
 */
export default function Palette() {
  const draft = useDraft((state) => state.draft);
  const files = useAnswers(({ made }) => made?.bundle.files);
  const [presets, setPresets] = useState<readonly Preset[]>([]);
  useEffect(() => {
    // Without them, the palette offers everything else; the screen with the examples says why.
    fetchPresets().then(setPresets, () => undefined);
  }, []);
  const items = useMemo(() => itemsOf(draft, files ?? [], presets), [draft, files, presets]);
  const [query, setQuery] = useState('');
  const wanted = useDeferredValue(query);
  const all = useMemo(() => matching(items, wanted), [items, wanted]);
  const found = all.slice(0, SHOWN);
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const at = Math.min(active, found.length - 1);

  useEffect(() => {
    list.current?.querySelector(`#${optionId(at)}`)?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const choose = (item: Item | undefined) => {
    if (!item) return;
    closeOverlay('palette');
    // The sheet with the files covers a form that the item leads to.
    if (item.kind !== 'file')
      for (const sheet of document.querySelectorAll<HTMLDialogElement>('dialog[open]')) sheet.close();
    item.go();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const last = found.length - 1;
    const next = {
      ArrowDown: at === last ? 0 : at + 1,
      ArrowUp: at <= 0 ? last : at - 1,
      PageDown: Math.min(last, at + PAGE),
      PageUp: Math.max(0, at - PAGE),
    }[event.key];
    if (next !== undefined) setActive(Math.max(0, next));
    else if (event.key === 'Enter') choose(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Modal
      label={t('palette.title')}
      onClose={() => closeOverlay('palette')}
      className="mt-[8dvh] max-h-[84dvh] w-[min(40rem,calc(100vw-1rem))] flex-col overflow-hidden open:flex"
    >
      <div className="flex items-center gap-2 border-b border-line px-3">
        <Search aria-hidden className="size-4 shrink-0 text-muted" />
        <input
          type="text"
          role="combobox"
          aria-label={t('palette.label')}
          aria-expanded={found.length > 0}
          aria-controls="palette-options"
          aria-autocomplete="list"
          aria-activedescendant={found.length > 0 ? optionId(at) : undefined}
          className="min-h-12 w-full min-w-0 bg-transparent text-base outline-none"
          placeholder={t('palette.placeholder')}
          value={query}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div
        ref={list}
        id="palette-options"
        role="listbox"
        aria-label={t('palette.results')}
        className="min-h-0 flex-1 overflow-y-auto p-1 empty:hidden"
      >
        {found.map((item, index) => (
          <Option key={item.id} item={item} index={index} active={index === at} onChoose={() => choose(item)} />
        ))}
      </div>
      <p role="status" className="border-t border-line px-3 py-1.5 text-xs text-muted">
        {all.length > SHOWN
          ? t('palette.more', { shown: SHOWN, count: all.length })
          : t('palette.count', { count: all.length })}
      </p>
    </Modal>
  );
}

interface OptionProps {
  readonly item: Item;
  readonly index: number;
  readonly active: boolean;
  readonly onChoose: () => void;
}

function Option({ item, index, active, onChoose }: OptionProps) {
  const Icon = icons[item.kind];
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the text field, which names the active option
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the text field does the same
    <div
      id={optionId(index)}
      role="option"
      aria-selected={active}
      className={`flex min-h-9 cursor-pointer items-center gap-2 rounded-md border px-2 py-1 ${active ? 'border-accent bg-tint' : 'border-transparent hover:bg-raised'}`}
      onClick={onChoose}
    >
      <Icon aria-hidden className="size-4 shrink-0 text-muted" />
      <span className="min-w-0 flex-1">
        <span className={`break-words ${item.kind === 'setting' || item.kind === 'file' ? 'font-mono text-xs' : ''}`}>
          {item.label}
        </span>
        {item.detail !== '' && <span className="ml-2 break-words text-muted">{item.detail}</span>}
      </span>
      <span className="shrink-0 text-xs text-muted">{t(`palette.kind.${item.kind}`)}</span>
    </div>
  );
}
