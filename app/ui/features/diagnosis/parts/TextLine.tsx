import { CircleAlert } from 'lucide-react';
import { useId } from 'react';
import type { AskedProblem } from '../../../../core/index.ts';
import { sayCore, t } from '../../../shared/messages/translate.ts';

interface LineProps {
  readonly label: string;
  readonly why: string;
  readonly value: string;
  readonly placeholder: string;
  readonly problems?: readonly AskedProblem[];
  readonly onChange: (value: string) => void;
}

/** A line of text with its reason and its problems. */
export function TextLine({ label, why, value, placeholder, problems = [], onChange }: LineProps) {
  const id = useId();
  // What is missing has no message: it isn't wrong yet.
  const wrong = problems.some(({ message }) => message);
  return (
    <div>
      <label htmlFor={id} className="block font-semibold">
        {label}
      </label>
      <p id={`${id}-why`} className="mb-1 text-muted">
        {why}
      </p>
      <input
        id={id}
        type="text"
        className="input font-mono"
        value={value}
        placeholder={placeholder}
        maxLength={255}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-invalid={wrong}
        aria-describedby={wrong ? `${id}-problems ${id}-why` : `${id}-why`}
        onChange={(event) => onChange(event.target.value)}
      />
      <ProblemLines id={`${id}-problems`} problems={problems} onFix={onChange} />
    </div>
  );
}

interface ProblemProps {
  readonly id: string;
  readonly problems: readonly AskedProblem[];
  readonly onFix?: (fix: string) => void;
}

/** The problems of a field, and the suggested value if there is one. */
export function ProblemLines({ id, problems, onFix }: ProblemProps) {
  return (
    <div id={id} role="alert">
      {problems.map(
        ({ message, fix }) =>
          message && (
            <p key={message.id} className="mt-1.5 flex gap-1.5 text-deny">
              <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
              <span className="min-w-0 break-words">
                {sayCore(message)}{' '}
                {fix !== undefined && onFix && (
                  <button type="button" className="button ml-1 min-h-7 px-2" onClick={() => onFix(fix)}>
                    <span className="min-w-0 break-all">{t('field.useFix', { fix })}</span>
                  </button>
                )}
              </span>
            </p>
          ),
      )}
    </div>
  );
}
