import { ChevronRight, Copy, Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { isWithin, useIssuesAt } from '../answers/issues.ts';
import { announce } from '../browser/announce.ts';
import { focusWhenThere } from '../browser/focus.ts';
import { change, useAt } from '../draft/store.ts';
import { type MessageId, type QuestionId, t, why } from '../messages/translate.ts';
import { fieldId } from '../navigation/field-id.ts';
import { openEntry, usePlace } from '../navigation/place.ts';
import { IssueCount, useIssueCounts } from './IssueCount.tsx';
import { Problems } from './Problems.tsx';

interface Named {
  readonly name: string;
}

interface Props<Entry extends Named> {
  readonly path: string;
  readonly question: QuestionId;
  readonly add: MessageId;
  readonly empty: MessageId;
  /** A new entry, whose name differs from these. */
  readonly make: (names: readonly string[]) => Entry;
  /** A short text for the entry's closed row. */
  readonly summary: (entry: Entry) => string;
  readonly form: (path: string, entry: Entry) => ReactNode;
}

/** From this many entries on, the list has a filter. */
const FILTER_FROM = 8;

/** A list of named entries, one of them open at a time. */
export function Entries<Entry extends Named>({ path, question, add, empty, make, summary, form }: Props<Entry>) {
  const entries = (useAt(path) ?? []) as readonly Entry[];
  const open = usePlace((state) => state.open[path] ?? (entries.length === 1 ? 0 : null));
  const issues = useIssuesAt(path);
  const [filter, setFilter] = useState('');
  const names = entries.map((entry) => entry.name);
  const wanted = filter.trim().toLowerCase();
  const shown = entries
    .map((entry, index) => ({ entry, index, words: summary(entry) }))
    .filter(({ entry, words }) => wanted === '' || `${entry.name} ${words}`.toLowerCase().includes(wanted));

  const append = (entry: Entry) => {
    change(path, [...entries, entry]);
    openEntry(path, entries.length);
    setFilter('');
  };
  const remove = (index: number) => {
    change(path, entries.toSpliced(index, 1));
    openEntry(path, null);
    announce(t('entries.removed', { name: entries[index]?.name ?? '' }), { undoable: true });
    // The entry that is then in its place, or before it at the end.
    const neighbor = Math.min(index, entries.length - 2);
    focusWhenThere(() => document.getElementById(`${fieldId(path)}${neighbor < 0 ? '-add' : `-${neighbor}-head`}`));
  };

  return (
    <section id={fieldId(path)} aria-label={t(question)}>
      <p className="mb-3 text-muted">{why(question)}</p>
      <div className="mb-3 empty:hidden">
        <Problems id={`${fieldId(path)}-problems`} issues={issues} />
      </div>
      {entries.length >= FILTER_FROM && (
        <label className="mb-2 block">
          <span className="mb-1 block text-muted">
            {t('entries.filter', { shown: shown.length, count: entries.length })}
          </span>
          <input type="search" className="input" value={filter} onChange={(event) => setFilter(event.target.value)} />
        </label>
      )}
      {entries.length === 0 && <p className="rounded-md border border-dashed border-edge p-4 text-muted">{t(empty)}</p>}
      <ul className="divide-y divide-line border-y border-line empty:hidden">
        {shown.map(({ entry, index, words }) => (
          <li
            key={index}
            className={open === index ? '' : '[contain-intrinsic-size:auto_2.75rem] [content-visibility:auto]'}
          >
            <EntryHead
              path={`${path}.${index}`}
              name={entry.name}
              words={words}
              open={open === index}
              onToggle={() => openEntry(path, open === index ? -1 : index)}
            />
            {open === index && (
              <div className="space-y-6 pt-2 pb-6 pl-1 md:pl-6">
                {form(`${path}.${index}`, entry)}
                <div className="flex flex-wrap gap-2 border-t border-line pt-3">
                  <button
                    type="button"
                    className="button-quiet"
                    onClick={() => append({ ...structuredClone(entry), name: freshName(entry.name, names) })}
                  >
                    <Copy aria-hidden className="size-4" />
                    {t('entries.duplicate', { name: entry.name })}
                  </button>
                  <button type="button" className="button-quiet text-deny" onClick={() => remove(index)}>
                    <Trash2 aria-hidden className="size-4" />
                    {t('entries.remove', { name: entry.name })}
                  </button>
                </div>
              </div>
            )}
          </li>
        ))}
      </ul>
      <button id={`${fieldId(path)}-add`} type="button" className="button mt-3" onClick={() => append(make(names))}>
        <Plus aria-hidden className="size-4" />
        {t(add)}
      </button>
    </section>
  );
}

interface HeadProps {
  readonly path: string;
  readonly name: string;
  readonly words: string;
  readonly open: boolean;
  readonly onToggle: () => void;
}

function EntryHead({ path, name, words, open, onToggle }: HeadProps) {
  const counts = useIssueCounts(isWithin([path]));
  return (
    <button
      id={`${fieldId(path)}-head`}
      type="button"
      aria-expanded={open}
      className="flex w-full items-center gap-2 rounded-md py-2.5 text-left hover:bg-raised"
      onClick={onToggle}
    >
      <ChevronRight
        aria-hidden
        className={`size-4 shrink-0 text-muted transition-transform ${open ? 'rotate-90' : ''}`}
      />
      <span className="shrink-0 font-semibold">{name === '' ? t('entries.nameless') : name}</span>
      <span className="min-w-0 truncate text-muted">{open ? '' : words}</span>
      <IssueCount of={counts} className="ml-auto shrink-0" />
    </button>
  );
}

/** `web` becomes `web 2`, `web 2` becomes `web 3`. */
export function freshName(name: string, taken: readonly string[]): string {
  const base = name.replace(/ \d+$/, '');
  let number = 2;
  while (taken.includes(`${base} ${number}`)) number += 1;
  return taken.includes(name) ? `${base} ${number}` : name;
}
