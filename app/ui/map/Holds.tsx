import { CircleAlert, CircleCheck, CircleHelp, CircleX } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import type { Checked, Claim } from '../../worker/claims.ts';
import type { Files } from '../../worker/files.ts';
import { t } from '../messages/translate.ts';
import { useEngine } from '../own/use-engine.ts';
import { Working } from '../own/Working.tsx';
import { connectionWords, outcomeWords } from '../own/words.ts';
import { RecordLine } from './RecordLine.tsx';

const KINDS = ['only-from', 'encrypted', 'only-roles'] as const;

interface Props {
  readonly files: Files;
  readonly editable: boolean;
}

/** Says whether something that an administrator wants holds of the file, with a connection that shows it where not. */
export function Holds({ files, editable }: Props) {
  const [claim, setClaim] = useState<Claim>({
    kind: 'only-from',
    roles: 'postgres',
    networks: '127.0.0.0/8, ::1/128',
    database: '',
  });
  const [asked, setAsked] = useState<Claim | null>(null);
  const id = useId();
  const input = useMemo(() => asked && { files, claim: asked }, [files, asked]);
  const checked = useEngine('claim', input && [input], (calls) =>
    input ? calls.check(input.files, input.claim) : Promise.reject(new Error()),
  );
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
        value={claim[key]}
        onChange={(event) => setClaim({ ...claim, [key]: event.target.value })}
      />
    </div>
  );
  return (
    <section aria-labelledby="holds-heading" className="mt-8 border-t border-line pt-4">
      <h2 id="holds-heading" className="text-lg font-semibold">
        {t('map.holds')}
      </h2>
      <p className="max-w-prose text-muted">{t('map.holds.about')}</p>
      <form
        className="mt-2"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked({ ...claim });
        }}
      >
        <fieldset>
          <legend className="sr-only">{t('map.holds')}</legend>
          {KINDS.map((kind) => (
            <label key={kind} className="flex min-h-8 items-center gap-2">
              <input
                type="radio"
                name="claim"
                checked={claim.kind === kind}
                onChange={() => setClaim({ ...claim, kind })}
              />
              {t(`map.claim.${kind}`)}
            </label>
          ))}
        </fieldset>
        <div className="mt-2 flex flex-wrap items-end gap-3">
          {claim.kind === 'only-roles' && field('database', t('map.claim.database'))}
          {claim.kind !== 'encrypted' && field('roles', t('map.claim.roles'))}
          {claim.kind === 'only-from' && field('networks', t('map.claim.networks'))}
          <button type="submit" className="button">
            {t('map.claim.check')}
          </button>
        </div>
      </form>
      <Working work={checked} />
      {checked.data && asked && JSON.stringify(asked) === JSON.stringify(claim) && (
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
  readonly checked: Checked;
  readonly editable: boolean;
}) {
  if (problem !== null)
    return (
      <p role="alert" className="mt-2 flex gap-1.5 text-deny">
        <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span className="min-w-0 break-words">{t(`map.claim.${problem.kind}`, { text: problem.text })}</span>
      </p>
    );
  const { Icon, tone } = answers[holds];
  return (
    <div role="status" className="mt-2 max-w-prose break-words">
      <p className={`flex gap-2 font-semibold ${tone}`}>
        <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
        {t(`map.claim.${holds}`)}
      </p>
      {shown && (
        <p className="mt-1">
          {t('map.claim.witness', {
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
