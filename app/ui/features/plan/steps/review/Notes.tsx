import { change, useAt } from '../../../../shared/draft/store.ts';
import { Field } from '../../../../shared/fields/Field.tsx';

/** The user's notes about the plan. A plan's texts have one line, so line breaks become blanks. */
export function Notes() {
  const value = useAt('notes');
  return (
    <Field path="notes" question="notes">
      {(control) => (
        <textarea
          {...control}
          rows={3}
          className="input resize-y py-1.5"
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => change('notes', event.target.value.replace(/\s*[\r\n]+/g, ' '))}
        />
      )}
    </Field>
  );
}
