import { Download, Plus, Redo2, Trash2, Undo2 } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { failureText } from '../../shared/answers/failure.ts';
import { announce } from '../../shared/browser/announce.ts';
import { saveText } from '../../shared/browser/save.ts';
import type { Can, LineMark } from '../../shared/editor/Editor.tsx';
import { editorPlace, lazyPart } from '../../shared/loading/lazy-part.tsx';
import { t } from '../../shared/messages/translate.ts';
import { addFiles } from '../../shared/server-files/add-files.ts';
import type { ShownLine } from '../../shared/server-files/shown-line.ts';
import { CONF, HBA, removeFile, setText, textBefore, useServerFiles } from '../../shared/server-files/store.ts';
import { FixedFiles } from './FixedFiles.tsx';

const loadEditor = () => import('../../shared/editor/Editor.tsx');
const Editor = lazyPart(async () => ({ default: (await loadEditor()).Editor }), editorPlace);

interface Props {
  readonly marks: ReadonlyMap<string, readonly LineMark[]>;
  readonly dead: ReadonlyMap<string, ReadonlySet<number>> | undefined;
  /** A line to show; a new object scrolls to it again. */
  readonly shown: ShownLine | null;
}

/** The files, one at a time. */
export function FileEditor({ marks, dead, shown }: Props) {
  const files = useServerFiles((state) => state.files);
  const [chosen, setChosen] = useState(HBA);
  const [can, setCan] = useState<Can>({ undo: false, redo: false });
  useEffect(() => {
    if (shown) setChosen(shown.name);
  }, [shown]);
  const file = files.find(({ name }) => name === chosen) ?? files[0];
  if (!file) return null;
  return (
    <section
      aria-label={t('audit.editor')}
      className="min-w-0 lg:sticky lg:top-2 lg:flex lg:h-[calc(100dvh-1rem)] lg:flex-col lg:self-start"
    >
      <div className="flex flex-wrap items-center gap-1">
        <fieldset className="flex min-w-0 flex-wrap gap-1">
          <legend className="sr-only">{t('audit.file')}</legend>
          {files.map(({ name }) => (
            <label
              key={name}
              className={`flex min-h-9 items-center rounded-md px-2.5 font-mono text-xs has-focus-visible:outline-2 has-focus-visible:outline-accent ${name === file.name ? 'bg-tint font-semibold text-accent' : 'text-muted hover:bg-raised'}`}
            >
              <input
                type="radio"
                name="audit-file"
                className="sr-only"
                checked={name === file.name}
                onChange={() => setChosen(name)}
              />
              {name}
              {(marks.get(name)?.length ?? 0) > 0 && <Count marks={marks.get(name)?.length ?? 0} />}
            </label>
          ))}
        </fieldset>
        <AddFile onAdd={setChosen} />
        <div className="ml-auto flex">
          <button
            type="button"
            className="button-icon"
            aria-label={t('audit.download', { name: file.name })}
            title={t('audit.download', { name: file.name })}
            disabled={file.text === ''}
            onClick={() => saveText(file.name.split('/').at(-1) ?? file.name, file.text)}
          >
            <Download aria-hidden className="size-4.5" />
          </button>
          {file.name !== HBA && file.name !== CONF && (
            <button
              type="button"
              className="button-icon"
              aria-label={t('audit.remove', { name: file.name })}
              title={t('audit.remove', { name: file.name })}
              onClick={() => removeFile(file.name)}
            >
              <Trash2 aria-hidden className="size-4.5" />
            </button>
          )}
          {(['undo', 'redo'] as const).map((way) => (
            <button
              key={way}
              type="button"
              className="button-icon"
              aria-label={t(`audit.${way}`)}
              title={t(`audit.${way}`)}
              disabled={!can[way]}
              onClick={() =>
                loadEditor().then(
                  ({ travel }) => travel(file.name, way),
                  (error) => announce(failureText(error)),
                )
              }
            >
              {way === 'undo' ? <Undo2 aria-hidden className="size-4.5" /> : <Redo2 aria-hidden className="size-4.5" />}
            </button>
          ))}
        </div>
      </div>
      <FixedFiles />
      <div className="mt-2 h-[28rem] resize-y overflow-hidden rounded-md border border-edge lg:h-auto lg:min-h-0 lg:flex-1 lg:resize-none">
        <Editor
          key={file.name}
          name={file.name}
          label={t('audit.textOf', { name: file.name })}
          text={file.text}
          before={textBefore(file.name)}
          onText={(text) => setText(file.name, text)}
          onFiles={take}
          marks={marks.get(file.name) ?? noMarks}
          dead={dead?.get(file.name) ?? noLines}
          shown={shown?.name === file.name ? shown : null}
          onHistory={setCan}
          className="h-full"
        />
      </div>
    </section>
  );
}

/** Adds files that are dropped on the editor, each under its own name. */
async function take(files: readonly File[]): Promise<void> {
  const refused = await addFiles(files);
  if (refused.length > 0) announce(refused.join(' '));
}

const noMarks: readonly LineMark[] = [];
const noLines: ReadonlySet<number> = new Set();

function Count({ marks }: { readonly marks: number }) {
  return (
    <span className="ml-1.5 rounded-sm bg-raised px-1 text-ink">
      {marks}
      <span className="sr-only"> {t('audit.findings')}</span>
    </span>
  );
}

/** Adds an included file, by the name in the include directive. */
function AddFile({ onAdd }: { readonly onAdd: (name: string) => void }) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const id = useId();
  if (!open)
    return (
      <button type="button" className="button-quiet" onClick={() => setOpen(true)}>
        <Plus aria-hidden className="size-4" />
        {t('audit.add')}
      </button>
    );
  return (
    <form
      className="flex items-center gap-1"
      onSubmit={(event) => {
        event.preventDefault();
        const given = name.trim();
        if (given === '') return;
        if (!useServerFiles.getState().files.some((file) => file.name === given)) setText(given, '');
        onAdd(given);
        setName('');
        setOpen(false);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setOpen(false);
      }}
    >
      <label htmlFor={id} className="sr-only">
        {t('audit.addName')}
      </label>
      <input
        id={id}
        // biome-ignore lint/a11y/noAutofocus: the button that opened it is gone, and its name is what comes next
        autoFocus
        className="input w-44 font-mono"
        placeholder="conf.d/app.conf"
        maxLength={255}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <button type="submit" className="button">
        {t('audit.add')}
      </button>
    </form>
  );
}
