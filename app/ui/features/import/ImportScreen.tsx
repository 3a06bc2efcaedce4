import { ArrowRight } from 'lucide-react';
import { useMemo } from 'react';
import { PLATFORMS, type Platform } from '../../../core/index.ts';
import type { ImportAnswer } from '../../../worker/engine.worker.ts';
import { announce } from '../../shared/browser/announce.ts';
import { openPlan } from '../../shared/draft/store.ts';
import { t } from '../../shared/messages/translate.ts';
import { visit } from '../../shared/navigation/place.ts';
import { useUserFiles } from '../../shared/server-files/active-files.ts';
import { ServerFilesFrame } from '../../shared/server-files/ServerFilesFrame.tsx';
import { type Asked, useAsked } from '../../shared/server-files/screen-state.ts';
import { useEngine } from '../../shared/server-files/use-engine.ts';
import { Working } from '../../shared/server-files/Working.tsx';
import { Differences } from './Differences.tsx';
import { Assumed, Carried, isUntouched, Left, Untouched } from './Lines.tsx';

/** Existing files as the answers of the plan, with everything that is not carried over. */
export default function ImportScreen() {
  const files = useUserFiles();
  const { roles, platform } = useAsked((state) => state.import);
  const asked = useMemo(
    () => ({ platform: PLATFORMS.find((one) => one === platform), roles: wordsOf(roles) }),
    [roles, platform],
  );
  const empty = files.hba === '' && files.conf === '';
  const imported = useEngine('import', empty ? null : [files, asked], (calls, inputs) => calls.import(...inputs));
  return (
    <ServerFilesFrame view="import" sources="files">
      <Questions />
      <Working work={imported} />
      {empty && <p className="mt-4 text-muted">{t('import.empty')}</p>}
      {imported.data && <Answer answer={imported.data} outdated={imported.working || imported.outdated} />}
    </ServerFilesFrame>
  );
}

const wordsOf = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '');

/** Information that the files do not contain and that improves the plan. */
function Questions() {
  const { roles, platform } = useAsked((state) => state.import);
  const set = (change: Partial<Asked['import']>) =>
    useAsked.setState((asked) => ({ import: { ...asked.import, ...change } }));
  return (
    <div className="mt-4 grid max-w-3xl gap-4 md:grid-cols-2">
      <div>
        <label htmlFor="import-platform" className="block font-semibold">
          {t('import.platform')}
        </label>
        <p id="import-platform-why" className="mb-1 text-muted">
          {t('import.platform.why')}
        </p>
        <select
          id="import-platform"
          aria-describedby="import-platform-why"
          className="input"
          value={platform}
          onChange={(event) => set({ platform: PLATFORMS.find((one) => one === event.target.value) ?? '' })}
        >
          <option value="">{t('import.platform.told')}</option>
          {PLATFORMS.map((one: Platform) => (
            <option key={one} value={one}>
              {t(`server.platform.${one}`)}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label htmlFor="import-roles" className="block font-semibold">
          {t('import.roles')}
        </label>
        <p id="import-roles-why" className="mb-1 text-muted">
          {t('import.roles.why')}
        </p>
        <input
          id="import-roles"
          aria-describedby="import-roles-why"
          className="input font-mono"
          placeholder="app, reports"
          value={roles}
          spellCheck={false}
          autoCapitalize="off"
          onChange={(event) => set({ roles: event.target.value })}
        />
      </div>
    </div>
  );
}

function Answer({ answer, outdated }: { readonly answer: ImportAnswer; readonly outdated: boolean }) {
  const { plan, carried, assumed, told } = answer;
  const left = answer.left.filter((line) => !isUntouched(line));
  const untouched = answer.left.filter(isUntouched);
  const take = () => {
    if (!openPlan(plan)) return;
    visit({ step: 'review', group: 'check' });
    announce(t('import.taken'), { undoable: true });
  };
  return (
    <div className={outdated ? 'opacity-80' : ''}>
      <div className="mt-5 flex flex-wrap items-center gap-x-5 gap-y-2 border-t border-edge pt-4">
        <p role="status" className="min-w-0 flex-1 basis-72 font-medium">
          {t('import.summary', { carried: carried.length, left: left.length, assumed: assumed.length })}
          {untouched.length > 0 && ` ${t('import.summary.untouched', { count: untouched.length })}`}
        </p>
        <button type="button" className="button button-primary" disabled={outdated} onClick={take}>
          {t('import.take')}
          <ArrowRight aria-hidden className="size-4" />
        </button>
      </div>
      <p className="mt-1 max-w-prose text-muted">{t('import.take.about')}</p>
      <Left lines={left} />
      <Assumed assumed={assumed} plan={plan} />
      <Differences told={told} />
      <Carried lines={carried} plan={plan} />
      <Untouched lines={untouched} />
    </div>
  );
}
