import { change, useAt } from '../draft/store.ts';
import type { QuestionId } from '../messages/translate.ts';
import { Field } from './Field.tsx';

interface Props {
  readonly path: string;
  readonly question: QuestionId;
  readonly optional?: boolean;
  readonly placeholder?: string;
}

/** A whole number. Any other input is kept as typed, and its problem is shown next to the field. */
export function NumberField({ path, question, optional = false, placeholder }: Props) {
  const value = useAt(path);
  const read = (text: string) => {
    if (optional && text === '') return null;
    return /^\d{1,9}$/.test(text.trim()) ? Number(text) : text;
  };
  return (
    <Field path={path} question={question}>
      {(control) => (
        <input
          {...control}
          type="text"
          inputMode="numeric"
          className={`input tabular-nums ${placeholder ? 'max-w-60' : 'max-w-36'}`}
          value={value === null || value === undefined ? '' : String(value)}
          placeholder={placeholder}
          autoComplete="off"
          onChange={(event) => change(path, read(event.target.value))}
        />
      )}
    </Field>
  );
}
