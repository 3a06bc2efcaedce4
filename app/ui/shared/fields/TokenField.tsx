import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { PlanIssue } from '../../../core/index.ts';
import { issuesOf, kindOf } from '../answers/issues.ts';
import { useAnswers } from '../answers/store.ts';
import { announce } from '../browser/announce.ts';
import { isUnder } from '../draft/at.ts';
import { change, useAt } from '../draft/store.ts';
import { type QuestionId, t } from '../messages/translate.ts';
import { Field } from './Field.tsx';
import { Token } from './Token.tsx';
import { endsEntry, isMany, type Separation, splitPasted } from './tokens.ts';

interface Props {
  readonly path: string;
  readonly question: QuestionId;
  readonly separation: Separation;
  readonly placeholder?: string;
  /** Sets the answer, where other answers change with it. */
  readonly set?: (path: string, entries: readonly string[]) => void;
}

/** A list of short texts: Enter adds, Backspace in the empty input removes the last, many can be pasted at once. */
export function TokenField({ path, question, separation, placeholder, set = change }: Props) {
  const found = useAt(path);
  const entries = Array.isArray(found) ? found.map(String) : [];
  const issues = useAnswers(
    useShallow((state) => issuesOf(state).filter((issue) => issue.path !== path && isUnder(issue.path, path))),
  );
  const [typed, setTyped] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const [stop, setStop] = useState(0);

  const neighbor = useRef<number>(null);
  useEffect(() => {
    if (neighbor.current === null) return;
    focusToken(neighbor.current);
    neighbor.current = null;
  });

  const add = (texts: readonly string[]) => {
    if (texts.length > 0) set(path, [...entries, ...texts]);
    if (texts.length > 1) announce(t('tokens.added', { count: texts.length }));
    setTyped('');
  };
  const commit = () => add(typed.trim() === '' || entries.includes(typed.trim()) ? [] : [typed.trim()]);
  const remove = (index: number) => {
    set(path, entries.toSpliced(index, 1));
    announce(t('tokens.removed', { entry: entries[index] ?? '' }));
  };
  const replace = (index: number, text: string) => {
    const others = entries.toSpliced(index, 1);
    set(path, text === '' || others.includes(text) ? others : entries.with(index, text));
  };
  const focusToken = (index: number) => {
    if (index >= entries.length || index < 0) input.current?.focus();
    else {
      setStop(index);
      list.current?.querySelectorAll<HTMLElement>('[data-token]')[index]?.focus();
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (endsEntry(event.key, separation) && !event.nativeEvent.isComposing) {
      if (event.key !== 'Enter' || typed !== '') event.preventDefault();
      commit();
    } else if (event.key === 'Backspace' && typed === '' && entries.length > 0) {
      event.preventDefault();
      remove(entries.length - 1);
    } else if (event.key === 'ArrowLeft' && typed === '') focusToken(entries.length - 1);
    else if (event.key === 'Escape') setTyped('');
  };
  const onFix = (issue: PlanIssue, fix: string) => {
    const index = Number(issue.path.slice(path.length + 1));
    if (Number.isInteger(index)) replace(index, fix);
  };

  return (
    <Field path={path} question={question} more={issues} onFix={onFix}>
      {(control) => (
        <div className="rounded-md border border-edge bg-surface p-1 has-[[data-entry]:focus-visible]:outline-2 has-[[data-entry]:focus-visible]:outline-accent">
          <ul ref={list} className="flex max-h-60 flex-wrap gap-1 overflow-y-auto">
            {entries.map((entry, index) => (
              <Token
                // biome-ignore lint/suspicious/noArrayIndexKey: an entry may stand twice, and is edited in place
                key={index}
                path={`${path}.${index}`}
                entry={entry}
                invalid={issues.some((issue) => issue.path === `${path}.${index}` && kindOf(issue) === 'invalid')}
                inTabOrder={index === Math.min(stop, entries.length - 1)}
                onChange={(text) => replace(index, text)}
                onRemove={() => {
                  remove(index);
                  // What is then in its place, or before it at the end.
                  neighbor.current = Math.min(index, entries.length - 2);
                }}
                onMove={(by) => focusToken(index + by)}
              />
            ))}
          </ul>
          <input
            {...control}
            ref={input}
            data-entry
            type="text"
            className="min-h-8 w-full bg-transparent px-1.5 font-mono text-base outline-none md:text-xs"
            value={typed}
            placeholder={entries.length === 0 ? placeholder : t('tokens.addAnother')}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={onKeyDown}
            onBlur={commit}
            onPaste={(event) => {
              const text = event.clipboardData.getData('text');
              if (!isMany(text, separation)) return;
              event.preventDefault();
              add(splitPasted(`${typed}${text}`, entries, separation));
            }}
          />
        </div>
      )}
    </Field>
  );
}
