import { ChevronRight } from 'lucide-react';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { type AskedConnection, type AskedField, type AskedProblem, MAJORS } from '../../../../core/index.ts';
import { type MessageId, t } from '../../../shared/messages/translate.ts';
import { useAsked } from '../../../shared/server-files/screen-state.ts';
import { isMajor } from '../../../shared/server-files/store.ts';
import { RolesField } from '../parts/RolesField.tsx';
import { ProblemLines, TextLine } from '../parts/TextLine.tsx';

interface Props {
  readonly asked: AskedConnection;
  readonly major: number;
  readonly problems: readonly AskedProblem[];
}

const change = (more: Partial<AskedConnection>): void =>
  useAsked.setState(({ connection }) => ({ connection: { ...connection, ...more } }));

/** The requested connection: each field as typed, valid or not. */
export function AskForm({ asked, major, problems }: Props) {
  const local = asked.transport === 'local';
  const of = (field: AskedField) => problems.filter((problem) => problem.field === field);
  const text = (field: 'address' | 'hostname' | 'to' | 'database' | 'user', placeholder: string) => (
    <TextLine
      label={t(`connection.${field}`)}
      why={t(`connection.${field}.why`)}
      value={asked[field] ?? ''}
      placeholder={placeholder}
      problems={of(field)}
      onChange={(value) => change({ [field]: value })}
    />
  );
  return (
    <form className="mt-3 space-y-4" onSubmit={(event) => event.preventDefault()}>
      {text('user', 'app')}
      {asked.replication ? (
        <p className="text-muted">{t('connection.database.replication')}</p>
      ) : (
        text('database', asked.user)
      )}
      {local ? <p className="text-muted">{t('connection.address.local')}</p> : text('address', '10.8.0.7')}
      <Advanced asked={asked} hasProblems={problems.some(({ field }) => isAdvanced(field))}>
        <Choice
          legend="connection.transport"
          value={asked.transport}
          choices={['tcp', 'local']}
          label={(transport) => t(`connection.transport.${transport}`)}
          onChoose={(transport) => change({ transport })}
        />
        {!local && (
          <Choice
            legend="connection.encryption"
            value={asked.encryption}
            choices={['tls', 'none', 'gss']}
            label={(encryption) => t(`connection.encryption.${encryption}`)}
            onChoose={(encryption) => change({ encryption })}
            problems={of('encryption')}
          />
        )}
        <RolesField roles={asked.roles} why={t('connection.roles.why')} />
        <label className="flex gap-2">
          <input
            type="checkbox"
            className="mt-0.5 size-4 shrink-0"
            checked={asked.replication}
            onChange={(event) => change({ replication: event.target.checked })}
          />
          <span>
            <span className="font-semibold">{t('connection.replication')}</span>
            <span className="block text-muted">{t('connection.replication.why')}</span>
          </span>
        </label>
        {text('to', local ? '/var/run/postgresql' : 'db.example.com')}
        {!local && text('hostname', 'app1.example.com')}
        <PsqlMajor value={asked.psql} major={major} />
      </Advanced>
    </form>
  );
}

const isAdvanced = (field: AskedField): boolean => !['user', 'database', 'address'].includes(field);

interface AdvancedProps {
  readonly asked: AskedConnection;
  readonly hasProblems: boolean;
  readonly children: ReactNode;
}

/** The fields that most connections leave at their defaults. It opens for a connection that differs from them. */
function Advanced({ asked, hasProblems, children }: AdvancedProps) {
  const { transport, encryption, roles, hostname, replication } = asked;
  const differs = transport === 'local' || encryption !== 'tls' || roles.length > 0 || hostname !== '' || replication;
  const [open, setOpen] = useState(false);
  const needed = differs || hasProblems;
  useEffect(() => {
    if (needed) setOpen(true);
  }, [needed]);
  return (
    <details
      className="group border-t border-line pt-3"
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="-mx-1 inline-flex flex-wrap items-center gap-1 rounded-md px-1 py-1 font-medium text-accent">
        <ChevronRight aria-hidden className="size-4 transition-transform group-open:rotate-90" />
        {t('field.more')}
        <span className="ml-1 font-normal text-muted">
          {transport === 'local'
            ? t('connection.transport.local')
            : t('connection.usual', { encryption: t(`connection.encryption.${encryption}`) })}
        </span>
      </summary>
      <div className="mt-3 space-y-4">{children}</div>
    </details>
  );
}

interface ChoiceProps<T extends string> {
  readonly legend: MessageId;
  readonly value: T;
  readonly choices: readonly T[];
  readonly label: (choice: T) => ReactNode;
  readonly onChoose: (choice: T) => void;
  readonly problems?: readonly AskedProblem[];
}

function Choice<T extends string>({ legend, value, choices, label, onChoose, problems = [] }: ChoiceProps<T>) {
  const id = useId();
  return (
    <fieldset className="min-w-0" aria-describedby={`${id}-problems`}>
      <legend className="font-semibold">{t(legend)}</legend>
      <div className="flex flex-wrap gap-x-5">
        {choices.map((choice) => (
          <label key={choice} className="flex min-h-9 items-center gap-2">
            <input
              type="radio"
              name={id}
              className="size-4 shrink-0"
              checked={value === choice}
              onChange={() => onChoose(choice)}
            />
            {label(choice)}
          </label>
        ))}
      </div>
      <ProblemLines id={`${id}-problems`} problems={problems} />
    </fieldset>
  );
}

function PsqlMajor({ value, major }: { readonly value: number | undefined; readonly major: number }) {
  return (
    <label className="block">
      <span className="block font-semibold">{t('connection.psql')}</span>
      <select
        className="input mt-1 w-auto"
        value={value ?? ''}
        onChange={(event) => {
          const chosen = Number(event.target.value);
          change({ psql: isMajor(chosen) ? chosen : undefined });
        }}
      >
        <option value="">{t('connection.psql.same', { major })}</option>
        {MAJORS.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  );
}
