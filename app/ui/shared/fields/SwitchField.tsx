import type { ReactNode } from 'react';
import { change, useAt } from '../draft/store.ts';
import { type QuestionId, t, why } from '../messages/translate.ts';
import { fieldId } from '../navigation/field-id.ts';

interface Props {
  readonly path: string;
  readonly question: QuestionId;
  /** The initial answer when it is switched on; off is null. */
  readonly start: unknown;
  /** The fields of the answer, shown while it is on. */
  readonly children: ReactNode;
}

/** An answer that can be left out as a whole. */
export function SwitchField({ path, question, start, children }: Props) {
  const on = useAt(path) !== null;
  const id = `${fieldId(path)}-on`;
  return (
    <>
      <div className="flex gap-2">
        <input
          id={id}
          type="checkbox"
          className="mt-0.5 size-4 shrink-0"
          aria-describedby={`${id}-why`}
          checked={on}
          onChange={(event) => change(path, event.target.checked ? start : null)}
        />
        <div>
          <label htmlFor={id} className="block cursor-pointer font-semibold">
            {t(question)}
          </label>
          <p id={`${id}-why`} className="text-muted">
            {why(question)}
          </p>
        </div>
      </div>
      {on && children}
    </>
  );
}
