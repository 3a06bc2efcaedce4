import { useMemo } from 'react';
import type { Diagnosed } from '../../../../core/index.ts';
import { t } from '../../../shared/messages/translate.ts';
import { useActiveFiles } from '../../../shared/server-files/active-files.ts';
import { ServerFilesFrame } from '../../../shared/server-files/ServerFilesFrame.tsx';
import { useAsked } from '../../../shared/server-files/screen-state.ts';
import { useEngine } from '../../../shared/server-files/use-engine.ts';
import { Working } from '../../../shared/server-files/Working.tsx';
import { Against } from './Against.tsx';
import { Causes } from './Causes.tsx';
import { Matched } from './Matched.tsx';
import { MessageField } from './MessageField.tsx';
import { Reached } from './Reached.tsx';

/** The output of a client or a server log, and its causes. */
export default function RefusedScreen() {
  const files = useActiveFiles();
  const text = useAsked((state) => state.refusal);
  const roles = useAsked((state) => state.connection.roles);
  const input = useMemo(() => ({ text, roles }), [text, roles]);
  const empty = text.trim() === '';
  const work = useEngine(
    'refused',
    empty ? null : ([input, ...(files ? [files] : [])] as const),
    (calls, [{ text, roles }, files]) => calls.refused(text, files ?? null, roles),
  );
  const found = empty ? undefined : work.data;
  return (
    <ServerFilesFrame view="refusal">
      <div className="mt-4 grid gap-x-8 gap-y-6 lg:grid-rows-[auto_1fr] lg:grid-cols-[minmax(20rem,30rem)_minmax(0,1fr)]">
        <div className="min-w-0">
          <MessageField text={text} roles={roles} cut={found?.cut ?? false} />
        </div>
        <section aria-labelledby="why-heading" className="min-w-0 lg:row-span-2">
          <h2 id="why-heading" className="text-lg font-semibold">
            {t('refused.why')}
          </h2>
          <Working work={work} />
          <p role="status" className="break-words">
            {empty ? (
              <span className="text-muted">{t('refused.nothing')}</span>
            ) : (
              found && (found.wayOut ?? foundWords(found.causes))
            )}
          </p>
          {found && (
            <div className={work.working || work.outdated ? 'opacity-80' : ''}>
              {found.hosts.length > 1 && (
                <p className="mt-2 max-w-prose text-caution">{t('refused.hosts', { hosts: found.hosts.join(', ') })}</p>
              )}
              {found.translated && <p className="mt-2 max-w-prose text-muted">{t('refused.translated')}</p>}
              {found.service !== undefined && (
                <p className="mt-2 max-w-prose">{t('refused.service', { service: found.service })}</p>
              )}
              <Causes causes={found.causes} also={found.also} />
              <Matched matched={found.matched} />
              <Against found={found} given={files !== null && files.hba !== ''} />
            </div>
          )}
        </section>
        {found && found.causes.length > 0 && <Reached found={found} />}
      </div>
    </ServerFilesFrame>
  );
}

/** One message that may have several causes isn't one cause. */
function foundWords(causes: readonly Diagnosed[]): string {
  const [only, second] = causes;
  const possible = only && !second ? only.couldBe.length : 0;
  return possible > 1 ? t('refused.foundOpen', { count: possible }) : t('refused.found', { count: causes.length });
}
