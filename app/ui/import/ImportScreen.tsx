import { ArrowRight } from 'lucide-react';
import { useMemo } from 'react';
import { PLATFORMS, type Platform } from '../../core/index.ts';
import type { ImportAnswer } from '../../worker/engine.worker.ts';
import { replaceDraft } from '../draft/store.ts';
import { t } from '../messages/translate.ts';
import { useOwnFiles } from '../own/looked-at.ts';
import { OwnFrame } from '../own/OwnFrame.tsx';
import { type Asked, useAsked } from '../own/screen-state.ts';
import { useEngine } from '../own/use-engine.ts';
import { Working } from '../own/Working.tsx';
import { announce } from '../wizard/announce.ts';
import { visit } from '../wizard/place.ts';
import { Differences } from './Differences.tsx';
import { Assumed, Carried, Left } from './Lines.tsx';

/** Existing files as the answers of the plan, with everything that does not go over. */
export default function ImportScreen() {
  const files = useOwnFiles();
  const { roles, platform } = useAsked((state) => state.import);
  const asked = useMemo(
    () => ({ platform: PLATFORMS.find((one) => one === platform), roles: wordsOf(roles) }),
    [roles, platform],
  );
  const empty = files.hba === '' && files.conf === '';
  const imported = useEngine('import', empty ? null : [files, asked], (calls) => calls.import(files, asked));
  return (
    <OwnFrame view="import" sources="files">
      <Questions />
      <Working work={imported} />
      {empty && <p className="mt-4 text-muted">{t('import.empty')}</p>}
      {imported.data && <Answer answer={imported.data} outdated={imported.working} />}
    </OwnFrame>
  );
}

const wordsOf = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '');

/** What no file tells and makes the plan better. */
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
  const { plan, carried, left, assumed, told } = answer;
  const take = () => {
    replaceDraft(plan);
    visit({ step: 'review', group: 'check' });
    announce(t('import.taken'), { undoable: true });
  };
  return (
    <div className={outdated ? 'opacity-80' : ''}>
      <div className="mt-5 flex flex-wrap items-center gap-x-5 gap-y-2 border-t border-edge pt-4">
        <p role="status" className="min-w-0 flex-1 basis-72 font-medium">
          {t('import.summary', { carried: carried.length, left: left.length, assumed: assumed.length })}
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
    </div>
  );
}
