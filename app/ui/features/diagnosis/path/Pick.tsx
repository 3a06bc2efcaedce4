import { ChevronDown } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import { type AskedConnection, type Plan, shownBytes } from '../../../../core/index.ts';
import type { Files } from '../../../../worker/files.ts';
import { announce } from '../../../shared/browser/announce.ts';
import { sayCore, t } from '../../../shared/messages/translate.ts';
import { useAsked } from '../../../shared/server-files/screen-state.ts';
import { useEngine } from '../../../shared/server-files/use-engine.ts';
import { Working } from '../../../shared/server-files/Working.tsx';

const take = (asked: AskedConnection): void => {
  useAsked.setState(({ connection }) => ({
    connection: { ...asked, ...(connection.psql === undefined ? {} : { psql: connection.psql }) },
  }));
  announce(t('connection.taken'));
};

interface Props {
  readonly files: Files;
  /** The plan, if it is valid. */
  readonly plan: Plan | undefined;
}

/** Connections to fill in: one that a rule of the file matches, or one of a client of the plan. */
export function Pick({ files, plan }: Props) {
  const [open, setOpen] = useState<'record' | 'client' | null>(null);
  const choices = [
    { id: 'record', label: t('connection.pickRecord') },
    ...(plan ? [{ id: 'client', label: t('connection.pickClient') } as const] : []),
  ] as const;
  return (
    <div className="mt-2">
      <div className="flex flex-wrap gap-2">
        {choices.map(({ id, label }) => (
          <button
            key={id}
            type="button"
            className="button"
            aria-expanded={open === id}
            onClick={() => setOpen(open === id ? null : id)}
          >
            <ChevronDown aria-hidden className={`size-4 transition-transform ${open === id ? 'rotate-180' : ''}`} />
            {label}
          </button>
        ))}
      </div>
      {open === 'record' && <Records files={files} />}
      {open === 'client' && plan && <Clients plan={plan} />}
    </div>
  );
}

/** Number of examples shown at once; the field above finds others. */
const STEP = 12;

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly about: string;
  readonly asked?: AskedConnection | undefined;
  readonly reason?: string | undefined;
}

function Clients({ plan }: { readonly plan: Plan }) {
  const work = useEngine('plan-examples', [plan], (calls, [of]) => calls.planExamples(of));
  const entries = useMemo(
    () =>
      work.data?.map(
        ({ client, asked }, index): Entry => ({
          id: String(index),
          name: client,
          about: t('connection.from', {
            user: asked.user,
            database: asked.replication ? 'replication' : asked.database,
            address: asked.transport === 'local' ? t('connection.transport.local') : asked.address,
          }),
          asked,
        }),
      ),
    [work.data],
  );
  return (
    <>
      <Working work={work} />
      {entries && <Entries entries={entries} none={t('connection.noClients')} />}
    </>
  );
}

function Records({ files }: { readonly files: Files }) {
  const work = useEngine('record-examples', [files], (calls, [of]) => calls.recordExamples(of));
  const entries = useMemo(
    () =>
      work.data?.map(
        ({ line, file, record, asked, reason }): Entry => ({
          id: `${file ?? ''}:${line}`,
          name: file === undefined ? t('connection.line', { line }) : t('audit.at', { name: file, line }),
          about: record,
          asked,
          reason: reason && sayCore(reason),
        }),
      ),
    [work.data],
  );
  return (
    <>
      <Working work={work} />
      {entries && <Entries entries={entries} none={t('connection.noRecords')} />}
    </>
  );
}

function Entries({ entries, none }: { readonly entries: readonly Entry[]; readonly none: string }) {
  const [words, setWords] = useState('');
  const [count, setCount] = useState(STEP);
  const id = useId();
  if (entries.length === 0) return <p className="mt-1 text-muted">{none}</p>;
  const found = entries.filter(({ name, about }) => `${name} ${about}`.toLowerCase().includes(words.toLowerCase()));
  return (
    <div className="mt-1">
      {entries.length > STEP && (
        <>
          <label htmlFor={id} className="block text-muted">
            {t('connection.find')}
          </label>
          <input
            id={id}
            type="search"
            className="input mb-1 font-mono"
            value={words}
            spellCheck={false}
            onChange={(event) => {
              setWords(event.target.value);
              setCount(STEP);
            }}
          />
        </>
      )}
      <ul className="max-h-72 divide-y divide-line overflow-y-auto border-y border-line">
        {found.slice(0, count).map(({ id: key, name, about, asked, reason }) => (
          <li key={key} className="py-1.5">
            {asked ? (
              <button type="button" className="link block text-left break-words" onClick={() => take(asked)}>
                {shownBytes(name)}
              </button>
            ) : (
              <span className="block text-muted">{name}</span>
            )}
            <code className="block font-mono text-xs break-words">{shownBytes(about)}</code>
            {reason !== undefined && <span className="block text-muted">{reason}</span>}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="mt-1 text-muted">{t('connection.notFound')}</p>}
      {found.length > count && (
        <button type="button" className="button mt-2" onClick={() => setCount(count + STEP)}>
          {t('audit.more', { rest: found.length - count })}
        </button>
      )}
    </div>
  );
}
