import { ChevronRight } from 'lucide-react';
import { useId } from 'react';
import { t } from '../../shared/messages/translate.ts';
import { useSuperuser } from './superuser.ts';

/** What the files don't say, and few servers need. */
export function Advanced() {
  const id = useId();
  const name = useSuperuser((state) => state.name);
  return (
    <details className="group mt-3 border-t border-line pt-3">
      <summary className="-mx-1 inline-flex items-center gap-1 rounded-md px-1 py-1 font-medium text-accent">
        <ChevronRight aria-hidden className="size-4 transition-transform group-open:rotate-90" />
        {t('field.more')}
      </summary>
      <label htmlFor={id} className="mt-2 block font-semibold">
        {t('audit.superuser')}
      </label>
      <input
        id={id}
        type="text"
        className="input mt-1 font-mono"
        value={name}
        placeholder="postgres"
        aria-describedby={`${id}-help`}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => useSuperuser.setState({ name: event.target.value })}
      />
      <p id={`${id}-help`} className="mt-1 text-muted">
        {t('audit.superuserHelp')}
      </p>
    </details>
  );
}
