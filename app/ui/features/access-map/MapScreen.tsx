import { Ellipsis, Table2, TriangleAlert } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import type { MapOptions } from '../../../core/index.ts';
import { t } from '../../shared/messages/translate.ts';
import { useActiveFiles } from '../../shared/server-files/active-files.ts';
import { ServerFilesFrame } from '../../shared/server-files/ServerFilesFrame.tsx';
import { useAsked } from '../../shared/server-files/screen-state.ts';
import { useServerFiles } from '../../shared/server-files/store.ts';
import { useEngine } from '../../shared/server-files/use-engine.ts';
import { Working } from '../../shared/server-files/Working.tsx';
import { AssertionForm } from './AssertionForm.tsx';
import { Details } from './Details.tsx';
import { Families } from './Families.tsx';
import { FACES, looks } from './faces.ts';
import { MapTable } from './MapTable.tsx';
import { type Field, Picture } from './Picture.tsx';

type Asked = ReturnType<typeof useAsked.getState>['map'];

const ask = (change: Partial<Asked>): void => useAsked.setState(({ map }) => ({ map: { ...map, ...change } }));

/** Who can reach what from where, as a picture or a table, and the form that checks an assertion. */
export default function MapScreen() {
  const files = useActiveFiles();
  const editable = useServerFiles((state) => state.source === 'files');
  const asked = useAsked((state) => state.map);
  const { rows, family, table, row, network } = asked;
  const options = useMemo(
    (): MapOptions => ({
      rows,
      family,
      ...(row === undefined ? {} : { row }),
      ...(network === undefined ? {} : { network }),
    }),
    [rows, family, row, network],
  );
  const ready = files !== null && files.hba.trim() !== '' ? files : null;
  const drawn = useEngine('map', ready && [ready, options], (calls, [of, by]) =>
    calls.map(of, by).then((answer) => ({ ...answer, rows: by.rows })),
  );
  return (
    <ServerFilesFrame view="map">
      {ready ? (
        <>
          <Controls asked={asked} />
          <Working work={drawn} />
          {drawn.data && <Drawing drawn={drawn.data} table={table} editable={editable} />}
          <AssertionForm files={ready} editable={editable} />
        </>
      ) : (
        <p className="mt-4 text-muted">{t(files === null ? 'compare.noPlan' : 'map.noFile')}</p>
      )}
    </ServerFilesFrame>
  );
}

function Controls({ asked: { rows, family, table, row = '', network = '' } }: { readonly asked: Asked }) {
  const id = useId();
  return (
    <div className="mt-4 flex flex-wrap items-end gap-x-6 gap-y-3">
      <Choice
        name={t('map.rows')}
        chosen={rows}
        all={['databases', 'roles']}
        words={(one) => t(`map.rows.${one}`)}
        onChoose={(one) => ask({ rows: one })}
      />
      <Choice
        name={t('map.family')}
        chosen={family}
        all={[4, 6]}
        words={(one) => `IPv${one}`}
        onChoose={(one) => ask({ family: one })}
      />
      {(
        [
          ['row', row, t(`map.filter.${rows}`)],
          ['network', network, t('map.filter.network')],
        ] as const
      ).map(([key, value, label]) => (
        <div key={key} className="w-56 max-w-full">
          <label htmlFor={`${id}-${key}`} className="block font-medium">
            {label}
          </label>
          <input
            id={`${id}-${key}`}
            className="input"
            spellCheck={false}
            autoCapitalize="off"
            maxLength={255}
            value={value}
            onChange={(event) => ask({ [key]: event.target.value })}
          />
        </div>
      ))}
      <button type="button" className="button" aria-pressed={table} onClick={() => ask({ table: !table })}>
        <Table2 aria-hidden className="size-4" />
        {t('map.asTable')}
      </button>
    </div>
  );
}

interface ChoiceProps<T extends string | number> {
  readonly name: string;
  readonly chosen: T;
  readonly all: readonly T[];
  readonly words: (one: T) => string;
  readonly onChoose: (one: T) => void;
}

function Choice<T extends string | number>({ name, chosen, all, words, onChoose }: ChoiceProps<T>) {
  return (
    <fieldset className="flex flex-wrap gap-x-4">
      <legend className="font-medium">{name}</legend>
      {all.map((one) => (
        <label key={one} className="flex min-h-9 items-center gap-2">
          <input type="radio" name={name} checked={one === chosen} onChange={() => onChoose(one)} />
          {words(one)}
        </label>
      ))}
    </fieldset>
  );
}

interface DrawingProps {
  readonly drawn: Awaited<ReturnType<import('../../../worker/engine.worker.ts').EngineCalls['map']>> &
    Pick<MapOptions, 'rows'>;
  readonly table: boolean;
  readonly editable: boolean;
}

function Drawing({ drawn: { map, texts, refusals, rows }, table, editable }: DrawingProps) {
  const [chosen, setChosen] = useState<Field>({ row: 0, column: 0 });
  const [pointedAt, setPointedAt] = useState<Field | null>(null);
  const field = within(chosen, map.rows.length, map.columns.length);
  const shown = pointedAt ? within(pointedAt, map.rows.length, map.columns.length) : field;
  const row = map.rows[shown.row];
  const column = map.columns[shown.column];
  const cell = row?.cells[shown.column];
  const { leftOut } = map;
  return (
    <>
      {refusals > 0 && (
        <p className="mt-3 flex gap-2 rounded-md border border-caution bg-caution-tint p-2.5">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-caution" />
          <span className="min-w-0">{t('map.refused', { count: refusals })}</span>
        </p>
      )}
      <div role="status">
        <p className="mt-2 text-muted">
          {t(`map.shown.${rows}`, { rows: map.rows.length, columns: map.columns.length })}
        </p>
        {(leftOut.rows > 0 || leftOut.columns > 0) && (
          <p className="mt-1 flex gap-1.5 text-caution">
            <Ellipsis aria-hidden className="mt-0.5 size-4 shrink-0" />
            <span className="min-w-0">{t(`map.leftOut.${rows}`, { ...leftOut })}</span>
          </p>
        )}
        <Families map={map} rows={rows} />
      </div>
      {table ? (
        <div className="mt-3">
          <MapTable map={map} rows={rows} texts={texts} editable={editable} />
        </div>
      ) : (
        <div className="mt-3 grid gap-x-6 gap-y-4 lg:grid-cols-[minmax(0,1fr)_minmax(20rem,26rem)]">
          <div className="min-w-0">
            <Picture map={map} rows={rows} chosen={field} onChoose={setChosen} onLook={setPointedAt} />
            <Legend />
          </div>
          <section aria-labelledby="field-heading" className="min-w-0 lg:sticky lg:top-2 lg:self-start">
            <h2 id="field-heading" className="text-lg font-semibold">
              {t('map.decides')}
            </h2>
            {row && column && cell && (
              <Details row={row} column={column} cell={cell} rows={rows} texts={texts} editable={editable} />
            )}
          </section>
        </div>
      )}
    </>
  );
}

const within = ({ row, column }: Field, rows: number, columns: number): Field => ({
  row: Math.max(0, Math.min(row, rows - 1)),
  column: Math.max(0, Math.min(column, columns - 1)),
});

function Legend() {
  return (
    <ul aria-label={t('map.legend')} className="mt-2 flex flex-wrap gap-x-5 gap-y-1.5 text-xs">
      {FACES.map((face) => {
        const { Icon, tone, ground, pattern } = looks[face];
        return (
          <li key={face} className="flex items-center gap-1.5">
            <span
              aria-hidden
              className={`relative inline-flex h-6 w-10 items-center justify-end rounded-sm border border-line pr-1.5 ${ground} ${tone}`}
            >
              <span className="absolute inset-y-0 left-0 w-2.5" style={{ background: pattern }} />
              <Icon className="size-3.5" />
            </span>
            {t(`map.face.${face}`)}
          </li>
        );
      })}
    </ul>
  );
}
