import type { ReactNode } from 'react';
import { change, useAt } from '../draft/store.ts';
import type { QuestionId } from '../messages/translate.ts';
import { Field } from './Field.tsx';

interface Props {
  readonly path: string;
  readonly question: QuestionId;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly onChoose?: (value: string) => void;
  /** Explains the choice, below the control. */
  readonly children?: ReactNode;
}

/** One of many choices. */
export function SelectField({ path, question, choices, onChoose = (value) => change(path, value), children }: Props) {
  const value = String(useAt(path) ?? '');
  return (
    <Field path={path} question={question}>
      {(control) => (
        <>
          <select {...control} className="input" value={value} onChange={(event) => onChoose(event.target.value)}>
            {!choices.some((choice) => choice.value === value) && <option value={value}>{value}</option>}
            {choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.label}
              </option>
            ))}
          </select>
          {children}
        </>
      )}
    </Field>
  );
}
