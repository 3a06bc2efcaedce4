import { WrapText } from 'lucide-react';
import { type KeyboardEvent, memo, useMemo, useRef, useState } from 'react';
import { create } from 'zustand';
import type { Made } from '../../../shared/answers/store.ts';
import { useCurrentInView } from '../../../shared/browser/keep-in-view.ts';
import { sayCore, t } from '../../../shared/messages/translate.ts';
import { leadToFile, useAskedFile } from '../../../shared/navigation/file-place.ts';
import { usePlace } from '../../../shared/navigation/place.ts';
import { CommandSteps } from './CommandSteps.tsx';
import type { FilesChange } from './changes.ts';
import { FileActions } from './FileActions.tsx';
import { Marks } from './FileRow.tsx';
import { FileView } from './FileView.tsx';
import { MachineFiles, usePaths } from './MachineFiles.tsx';
import { type Method, stepsChange } from './step-changes.ts';
import { filesOf, ownFile, TABS, type Tab, tabOf } from './tabs.ts';

interface Props {
  readonly made: Made;
  /** What there was before the last answer. */
  readonly before: Made | null;
  readonly change: FilesChange;
  readonly onLead: (path: string) => void;
}

/**
 * The generated files: those that most people came for in a tab each, and the list of all. Another step shows the tab of
 * what its answers change.
 */
export const ResultTabs = memo(function ResultTabs({ made, before, change, onLead }: Props) {
  const group = usePlace((state) => state.group);
  const [chosen, setChosen] = useState<{ readonly tab: Tab; readonly group: string } | null>(null);
  const tabs = TABS.filter((tab) => tab === 'all' || tab === 'commands' || filesOf(tab, made).length > 0);
  const asked = useAskedFile(({ path }) => path !== null);
  if (asked && !(chosen?.tab === 'all' && chosen.group === group)) setChosen({ tab: 'all', group });
  // A tab that was chosen stays until the step is another one.
  const [last, setLast] = useState<Tab>('rules');
  const wanted = chosen?.group === group ? chosen.tab : (tabOf(group, made) ?? last);
  const shown = tabs.includes(wanted) ? wanted : 'all';
  if (shown !== last) setLast(shown);
  const [method, setMethod] = useState<Method>('apply');
  const steps = useMemo(() => stepsChange(before?.bundle.steps, made.bundle.steps, method), [before, made, method]);
  const list = useRef<HTMLDivElement>(null);
  useCurrentInView(list, shown);
  const choose = (tab: Tab) => setChosen({ tab, group });
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -tabs.length, End: tabs.length }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = Math.abs(step) === 1 ? (tabs.indexOf(shown) + step + tabs.length) % tabs.length : step < 0 ? 0 : -1;
    const next = tabs.at(at) ?? shown;
    choose(next);
    list.current?.querySelector<HTMLElement>(`#result-tab-${next}`)?.focus();
  };
  return (
    <section aria-labelledby="code-heading">
      <h3 id="code-heading" className="sr-only">
        {t('files.generated')}
      </h3>
      <div
        ref={list}
        role="tablist"
        aria-labelledby="code-heading"
        className="scroll-row mb-3 flex border-b border-line"
      >
        {tabs.map((tab) => (
          <button
            key={tab}
            id={`result-tab-${tab}`}
            type="button"
            role="tab"
            aria-selected={tab === shown}
            data-current={tab === shown || undefined}
            aria-controls="result-tab-panel"
            tabIndex={tab === shown ? 0 : -1}
            className={`flex min-h-11 shrink-0 flex-col items-start border-b-2 px-2 pt-1 text-left whitespace-nowrap ${tab === shown ? 'border-accent font-semibold text-accent' : 'border-transparent text-muted hover:text-ink'}`}
            onClick={() => choose(tab)}
            onKeyDown={onKeyDown}
          >
            {t(`files.tab.${tab}`)}
            <Changed {...(tab === 'commands' ? steps : linesChanged(tab, made, change))} />
          </button>
        ))}
      </div>
      <div id="result-tab-panel" role="tabpanel" aria-labelledby={`result-tab-${shown}`}>
        {shown === 'all' ? (
          <MachineFiles
            bundle={made.bundle}
            change={change}
            first={ownFile(group, made.bundle.files)?.path ?? null}
            onLead={onLead}
          />
        ) : shown === 'commands' ? (
          <CommandSteps made={made} change={steps} method={method} onMethod={setMethod} />
        ) : (
          <Code key={shown} tab={shown} made={made} change={change} onLead={onLead} onFile={leadToFile} />
        )}
      </div>
    </section>
  );
});

interface LinesChanged {
  readonly added: number;
  readonly removed: number;
}

/** How many lines of a tab's files the last answer changed. */
function linesChanged(tab: Tab, made: Made, change: FilesChange): LinesChanged {
  const files = tab === 'all' ? made.bundle.files : filesOf(tab, made);
  const changes = files.flatMap(({ path }) => change.files.get(path) ?? []);
  return {
    added: changes.reduce((sum, { added }) => sum + added.size, 0),
    removed: changes.reduce((sum, one) => sum + one.removed, 0),
  };
}

/** Below the name of the tab, so that the row of tabs is as wide as without. */
function Changed({ added, removed }: LinesChanged) {
  if (added + removed === 0) return null;
  return (
    <span className="block text-xs leading-tight font-normal text-allow">
      <span aria-hidden>
        +{added} −{removed}
      </span>
      <span className="sr-only"> {t('files.changed', { added, removed })}</span>
    </span>
  );
}

interface CodeProps extends Omit<Props, 'before'> {
  readonly tab: Tab;
  readonly onFile: (path: string) => void;
}

/** Whether long lines wrap, in the tabs where the user has chosen. */
const useWrap = create<Partial<Record<Tab, boolean>>>(() => ({}));

/** One file of a tab, chosen from a list where there are several, with its text open. */
function Code({ tab, made, change, onLead, onFile }: CodeProps) {
  const files = filesOf(tab, made);
  const paths = usePaths(made.bundle);
  const group = usePlace((state) => state.group);
  // A file that was chosen stays until the step is another one.
  const [chosen, setChosen] = useState<{ readonly path: string; readonly group: string } | null>(null);
  const setPath = (path: string) => setChosen({ path, group });
  const path = chosen?.group === group ? chosen.path : ownFile(group, files)?.path;
  // Commands are read to their end before they are pasted.
  const wrap = useWrap((chosenFor) => chosenFor[tab]) ?? tab === 'firewall';
  const file = files.find((one) => one.path === path) ?? files[0];
  if (!file) return null;
  const isFile = !made.commands.includes(file);
  return (
    <>
      <div className="mb-1.5 flex flex-wrap items-start justify-end gap-1">
        <div className="min-w-0 flex-1 basis-64">
          {files.length > 1 ? (
            <select
              aria-label={t('files.choose')}
              className="input max-w-full font-mono text-xs"
              value={file.path}
              onChange={(event) => setPath(event.target.value)}
            >
              {files.map((one) => (
                <option key={one.path} value={one.path}>
                  {one.path}
                </option>
              ))}
            </select>
          ) : (
            <p className="font-mono text-xs break-all">{file.target ?? file.path}</p>
          )}
          <p className="text-muted">{sayCore(file.titleMessage)}</p>
          <Marks file={file} change={change.files.get(file.path)} />
        </div>
        <div className="flex gap-1">
          <button
            type="button"
            className="button-icon"
            aria-label={t('files.wrap')}
            title={t('files.wrap')}
            aria-pressed={wrap}
            onClick={() => useWrap.setState({ [tab]: !wrap })}
          >
            <WrapText aria-hidden className="size-4" />
          </button>
          <FileActions file={file} isFile={isFile} />
        </div>
      </div>
      <FileView
        key={file.path}
        file={file}
        change={change.files.get(file.path)}
        paths={paths}
        level={4}
        wrap={wrap}
        onLead={onLead}
        onFile={(other) => (files.some((one) => one.path === other) ? setPath(other) : onFile(other))}
      />
    </>
  );
}
