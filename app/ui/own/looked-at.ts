import { useMemo } from 'react';
import type { Files } from '../../worker/files.ts';
import { type Made, useAnswers } from '../answers/store.ts';
import { CONF, HBA, isMajor, useOwn } from './store.ts';

/** The user's files, as the engine takes them; the same object until one of them changes. */
export function useOwnFiles(): Files {
  const major = useOwn((state) => state.major);
  const files = useOwn((state) => state.files);
  return useMemo(() => {
    const text = (name: string) => files.find((file) => file.name === name)?.text ?? '';
    const included = files.filter(({ name }) => name !== HBA && name !== CONF).map(({ name, text }) => [name, text]);
    return { major, hba: text(HBA), conf: text(CONF), included: Object.fromEntries(included) };
  }, [major, files]);
}

/** The files that the plan writes for the database server; null while there is no valid plan. */
export function usePlanFiles(): Files | null {
  const made = useAnswers((state) => state.made);
  return useMemo(() => made && planFiles(made), [made]);
}

function planFiles({ plan, bundle }: Made): Files {
  const text = (language: 'hba' | 'conf', ends: string) =>
    bundle.files.find(
      (file) => file.machine === 'database-server' && file.language === language && file.path.endsWith(ends),
    )?.content ?? '';
  return {
    major: isMajor(plan.server.major) ? plan.server.major : 18,
    hba: text('hba', 'pg_hba.conf'),
    conf: text('conf', 'postern.conf'),
    included: {},
  };
}

/** The files that the screens look at now: the user's or the plan's, as chosen. */
export function useLookedAt(): Files | null {
  const source = useOwn((state) => state.source);
  const own = useOwnFiles();
  const plan = usePlanFiles();
  return source === 'plan' ? plan : own;
}
