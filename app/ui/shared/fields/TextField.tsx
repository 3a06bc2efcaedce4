import { change, useAt } from '../draft/store.ts';
import type { QuestionId } from '../messages/translate.ts';
import { Field } from './Field.tsx';

interface Props {
  readonly path: string;
  readonly question: QuestionId;
  /** If left empty, the answer is null: the default applies. */
  readonly optional?: boolean;
  /** The default if it is left empty, or an example. */
  readonly placeholder?: string;
  readonly mono?: boolean;
}

export function TextField({ path, question, optional = false, placeholder, mono = false }: Props) {
  const value = useAt(path);
  return (
    <Field path={path} question={question}>
      {(control) => (
        <input
          {...control}
          type="text"
          className={`input ${mono ? 'font-mono' : ''}`}
          value={typeof value === 'string' ? value : ''}
          placeholder={placeholder}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => change(path, optional && event.target.value === '' ? null : event.target.value)}
        />
      )}
    </Field>
  );
}
