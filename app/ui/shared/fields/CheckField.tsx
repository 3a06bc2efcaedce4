import { useIssuesAt } from '../answers/issues.ts';
import { change, useAt } from '../draft/store.ts';
import { type QuestionId, t, why } from '../messages/translate.ts';
import { fieldId } from '../navigation/field-id.ts';
import { describedBy } from './Field.tsx';
import { Problems } from './Problems.tsx';

/** A yes/no question. */
export function CheckField({ path, question }: { readonly path: string; readonly question: QuestionId }) {
  const value = useAt(path);
  const issues = useIssuesAt(path);
  const id = fieldId(path);
  return (
    <div className="flex gap-2">
      <input
        id={id}
        type="checkbox"
        className="mt-0.5 size-4 shrink-0"
        checked={value === true}
        aria-describedby={describedBy(id, issues)}
        aria-invalid={issues.length > 0}
        onChange={(event) => change(path, event.target.checked)}
      />
      <div className="min-w-0">
        <label htmlFor={id} className="block cursor-pointer font-semibold">
          {t(question)}
        </label>
        <p id={`${id}-why`} className="text-muted">
          {why(question)}
        </p>
        <Problems id={`${id}-problems`} issues={issues} />
      </div>
    </div>
  );
}
