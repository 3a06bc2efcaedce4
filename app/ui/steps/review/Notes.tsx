import { change, useAt } from '../../draft/store.ts';
import { Field } from '../../fields/Field.tsx';

/** What the user wants to remember about the plan. A plan's texts have one line, so line ends become blanks. */
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
