import { change, useAt } from '../../../../shared/draft/store.ts';
import { Field } from '../../../../shared/fields/Field.tsx';
import { TokenField } from '../../../../shared/fields/TokenField.tsx';
import { type QuestionId, t } from '../../../../shared/messages/translate.ts';

/** All databases, or a list of names. */
export function Databases({ path, question }: { readonly path: string; readonly question: QuestionId }) {
  const all = useAt(path) === 'all';
  const box = (
    <label className="mt-1.5 flex gap-2">
      <input
        type="checkbox"
        className="mt-0.5 size-4 shrink-0"
        checked={all}
        onChange={(event) => change(path, event.target.checked ? 'all' : [])}
      />
      {t('client.databases.every')}
    </label>
  );
  if (all) {
    return (
      <Field path={path} question={question}>
        {(control) => (
          <>
            <output {...control} className="block rounded-md border border-line bg-raised px-2.5 py-1.5 text-muted">
              {t('client.databases.all')}
            </output>
            {box}
          </>
        )}
      </Field>
    );
  }
  return (
    <div>
      <TokenField path={path} question={question} separation="names" placeholder="orders" />
      {box}
    </div>
  );
}
