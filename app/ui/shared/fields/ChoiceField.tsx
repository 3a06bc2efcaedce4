import { useIssuesAt } from '../answers/issues.ts';
import { change, useAt } from '../draft/store.ts';
import { type MessageId, type QuestionId, t, why } from '../messages/translate.ts';
import { fieldId } from '../navigation/field-id.ts';
import { describedBy } from './Field.tsx';
import { Problems } from './Problems.tsx';

export interface Choice {
  readonly value: string;
  readonly label: MessageId;
  /** Explains the choice. */
  readonly about?: MessageId;
}

interface Props {
  readonly path: string;
  readonly question: QuestionId;
  readonly choices: readonly Choice[];
  /** Called with the answer; without it the value is written to the path. */
  readonly onChoose?: (value: string) => void;
}

/** One of a few choices, each with an explanation. */
export function ChoiceField({ path, question, choices, onChoose = (value) => change(path, value) }: Props) {
  const value = useAt(path);
  const issues = useIssuesAt(path);
  const id = fieldId(path);
  return (
    <fieldset id={id} aria-describedby={describedBy(id, issues)} className="min-w-0">
      <legend className="font-semibold">{t(question)}</legend>
      <p id={`${id}-why`} className="mb-1.5 text-muted">
        {why(question)}
      </p>
      <div className="space-y-0.5">
        {choices.map((choice) => (
          <label key={choice.value} className="-mx-2 flex gap-2 rounded-md px-2 py-1.5 hover:bg-raised">
            <input
              type="radio"
              name={id}
              value={choice.value}
              checked={value === choice.value}
              aria-invalid={issues.length > 0}
              onChange={() => onChoose(choice.value)}
              className="mt-0.5 size-4 shrink-0"
            />
            <span className="min-w-0">
              {t(choice.label)}
              {choice.about && <span className="block text-muted">{t(choice.about)}</span>}
            </span>
          </label>
        ))}
      </div>
      <Problems id={`${id}-problems`} issues={issues} />
    </fieldset>
  );
}
