import { CircleAlert, CircleCheck, CircleHelp, CircleX } from 'lucide-react';
import { useId, useState } from 'react';
import type { CheckedAssertion, TypedAssertion } from '../../../worker/assertions.ts';
import type { Files } from '../../../worker/files.ts';
import { t } from '../../shared/messages/translate.ts';
import { useEngine } from '../../shared/server-files/use-engine.ts';
import { Working } from '../../shared/server-files/Working.tsx';
import { connectionWords, outcomeWords } from '../../shared/server-files/words.ts';
import { RecordLine } from './RecordLine.tsx';

const KINDS = ['only-from', 'encrypted', 'only-roles'] as const;

interface Props {
  readonly files: Files;
  readonly editable: boolean;
}

/** Checks an assertion about the file, with a connection that violates it as the example. */
export function AssertionForm({ files, editable }: Props) {
  const [assertion, setAssertion] = useState<TypedAssertion>({
    kind: 'only-from',
    roles: 'postgres',
    networks: '127.0.0.0/8, ::1/128',
    database: '',
  });
  const [asked, setAsked] = useState<TypedAssertion | null>(null);
  const id = useId();
  const checked = useEngine('assertion', asked && [files, asked], (calls, inputs) => calls.checkAssertion(...inputs));
  const field = (key: 'roles' | 'networks' | 'database', label: string) => (
    <div className="w-72 max-w-full">
      <label htmlFor={`${id}-${key}`} className="block font-medium">
        {label}
      </label>
      <input
        id={`${id}-${key}`}
        className="input font-mono"
        spellCheck={false}
        autoCapitalize="off"
        maxLength={2000}
        value={assertion[key]}
        onChange={(event) => setAssertion({ ...assertion, [key]: event.target.value })}
      />
    </div>
  );
  return (
    <section aria-labelledby="assertion-heading" className="mt-8 border-t border-line pt-4">
      <h2 id="assertion-heading" className="text-lg font-semibold">
        {t('assertion.title')}
      </h2>
      <p className="max-w-prose text-muted">{t('assertion.about')}</p>
      <form
        className="mt-2"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked({ ...assertion });
        }}
      >
        <fieldset>
          <legend className="sr-only">{t('assertion.title')}</legend>
          {KINDS.map((kind) => (
            <label key={kind} className="flex min-h-8 items-center gap-2">
              <input
                type="radio"
                name="assertion"
                checked={assertion.kind === kind}
                onChange={() => setAssertion({ ...assertion, kind })}
              />
              {t(`assertion.${kind}`)}
            </label>
          ))}
        </fieldset>
        <div className="mt-2 flex flex-wrap items-end gap-3">
          {assertion.kind === 'only-roles' && field('database', t('assertion.database'))}
          {assertion.kind !== 'encrypted' && field('roles', t('assertion.roles'))}
          {assertion.kind === 'only-from' && field('networks', t('assertion.networks'))}
          <button type="submit" className="button">
            {t('assertion.check')}
          </button>
        </div>
      </form>
      <Working work={checked} />
      {checked.data && asked && JSON.stringify(asked) === JSON.stringify(assertion) && (
        <Answer checked={checked.data} editable={editable} />
      )}
    </section>
  );
}

const answers = {
  yes: { Icon: CircleCheck, tone: 'text-allow' },
  no: { Icon: CircleX, tone: 'text-deny' },
  unknown: { Icon: CircleHelp, tone: 'text-caution' },
} as const;

function Answer({
  checked: { problem, holds, shown },
  editable,
}: {
  readonly checked: CheckedAssertion;
  readonly editable: boolean;
}) {
  if (problem !== null)
    return (
      <p role="alert" className="mt-2 flex gap-1.5 text-deny">
        <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span className="min-w-0 break-words">{t(`assertion.${problem.kind}`, { text: problem.text })}</span>
      </p>
    );
  const { Icon, tone } = answers[holds];
  return (
    <div role="status" className="mt-2 max-w-prose break-words">
      <p className={`flex gap-2 font-semibold ${tone}`}>
        <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
        {t(`assertion.${holds}`)}
      </p>
      {shown && (
        <p className="mt-1">
          {t('assertion.witness', {
            connection: connectionWords(shown.connection),
            outcome: outcomeWords(shown.told.outcome),
          })}{' '}
          {shown.told.outcome.outcome === 'record' && (
            <RecordLine
              place={shown.told.outcome}
              texts={new Map(shown.told.text === undefined ? [] : [[shown.told.outcome.line, shown.told.text]])}
              editable={editable}
            />
          )}
        </p>
      )}
    </div>
  );
}
