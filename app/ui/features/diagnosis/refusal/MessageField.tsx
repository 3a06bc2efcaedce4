import { X } from 'lucide-react';
import { useId, useRef } from 'react';
import { DIAGNOSIS_LIMITS } from '../../../../core/index.ts';
import { t } from '../../../shared/messages/translate.ts';
import { useAsked } from '../../../shared/server-files/screen-state.ts';
import { RolesField } from '../parts/RolesField.tsx';
import { examples } from './examples.ts';

interface Props {
  readonly text: string;
  readonly roles: readonly string[];
  /** The text exceeds the limit. */
  readonly cut: boolean;
}

const setMessage = (refusal: string): void => useAsked.setState({ refusal });

/** The field for pasting the message. */
export function MessageField({ text, roles, cut }: Props) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  return (
    <>
      <label htmlFor={id} className="block font-semibold">
        {t('refused.text')}
      </label>
      <p id={`${id}-why`} className="mb-1 text-muted">
        {t('refused.text.why')}
      </p>
      <textarea
        ref={field}
        id={id}
        className="input block min-h-36 resize-y font-mono md:text-xs"
        rows={7}
        value={text}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        aria-describedby={`${id}-why`}
        onChange={(event) => setMessage(event.target.value)}
      />
      {cut && (
        <p role="alert" className="mt-1 text-caution">
          {t('refused.cut', { kilobytes: DIAGNOSIS_LIMITS.text / 1024, lines: DIAGNOSIS_LIMITS.lines })}
        </p>
      )}
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <button
          type="button"
          className="button"
          disabled={text === ''}
          onClick={() => {
            setMessage('');
            field.current?.focus();
          }}
        >
          <X aria-hidden className="size-4" />
          {t('refused.clear')}
        </button>
      </div>
      <p id={`${id}-examples`} className="mt-3 font-semibold">
        {t('refused.examples')}
      </p>
      <ul aria-labelledby={`${id}-examples`} className="flex flex-wrap gap-x-3">
        {examples.map((example) => (
          <li key={example.name}>
            <button type="button" className="link min-h-8 text-left" onClick={() => setMessage(example.text)}>
              {t(example.name)}
            </button>
          </li>
        ))}
      </ul>
      <div className="mt-3">
        <RolesField roles={roles} why={t('refused.roles.about')} />
      </div>
    </>
  );
}
