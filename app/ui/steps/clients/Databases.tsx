import { change, useAt } from '../../draft/store.ts';
import { Field } from '../../fields/Field.tsx';
import { TokenField } from '../../fields/TokenField.tsx';
import { t } from '../../messages/translate.ts';

/** All databases, or those named. */
export function Databases({ path }: { readonly path: string }) {
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
      <Field path={path} question="client.databases">
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
      <TokenField path={path} question="client.databases" separation="names" placeholder="orders" />
      {box}
    </div>
  );
}
