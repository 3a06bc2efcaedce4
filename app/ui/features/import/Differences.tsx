import type { AccessDifference } from '../../../worker/compare.ts';
import { Changes, Counts } from '../../shared/access-changes/Changes.tsx';
import { t } from '../../shared/messages/translate.ts';

/** What the plan's pg_hba.conf allows and rejects compared with the imported one. */
export function Differences({ told }: { readonly told: AccessDifference }) {
  return (
    <section aria-labelledby="import-differences" className="mt-6">
      <h2 id="import-differences" className="text-lg font-semibold">
        {t('import.differences')}
      </h2>
      {told.changes.length === 0 ? (
        <p className="mt-1">{t('import.differences.none')}</p>
      ) : (
        <>
          <p className="mb-2 max-w-prose text-muted">{t('import.differences.about')}</p>
          <Counts counts={told.counts} />
          <Changes told={told} />
        </>
      )}
    </section>
  );
}
