import { useMemo } from 'react';
import { bindPasswordFiles, mergedRules } from '../../../core/index.ts';
import type { Files } from '../../../worker/files.ts';
import { type Made, useAnswers } from '../answers/store.ts';
import { CONF, HBA, useServerFiles } from './store.ts';

/** The user's files as the engine reads them. The object stays the same until a file changes. */
export function useUserFiles(): Files {
  const major = useServerFiles((state) => state.major);
  const files = useServerFiles((state) => state.files);
  return useMemo(() => {
    const text = (name: string) => files.find((file) => file.name === name)?.text ?? '';
    const included = files.filter(({ name }) => name !== HBA && name !== CONF).map(({ name, text }) => [name, text]);
    return { major, hba: text(HBA), conf: text(CONF), included: Object.fromEntries(included) };
  }, [major, files]);
}

/** The files that the plan generates for the database server; null while the plan is not valid. */
export function usePlanFiles(): Files | null {
  const made = useAnswers((state) => state.made);
  return useMemo(() => made && planFiles(made), [made]);
}

/**
 * The plan's files as installed on a server that has these files: merged into its pg_hba.conf where the plan keeps
 * existing rules.
 */
export function usePlanFilesOn({ hba, included }: Files): (Files & { readonly merged: boolean }) | null {
  const plan = usePlanFiles();
  const merged = useAnswers((state) => state.made?.plan.server.rules === 'merge');
  return useMemo(
    () =>
      plan && {
        ...plan,
        ...(merged && { hba: mergedRules(hba, plan.hba), included: { ...included, ...plan.included } }),
        merged,
      },
    [plan, merged, hba, included],
  );
}

/** The files of a plan that decide who can connect. */
export function planFiles({ plan, bundle }: Pick<Made, 'plan' | 'bundle'>): Files {
  const text = (language: 'hba' | 'conf', ends: string) =>
    bundle.files.find(
      (file) => file.machine === 'database-server' && file.language === language && file.path.endsWith(ends),
    )?.content ?? '';
  return {
    major: plan.server.major,
    hba: text('hba', 'pg_hba.conf'),
    conf: text('conf', 'postern.conf'),
    included: bindPasswordFiles(plan),
  };
}

/** The files that the screens use: the user's or the plan's, as the user selected. */
export function useActiveFiles(): Files | null {
  const source = useServerFiles((state) => state.source);
  const userFiles = useUserFiles();
  const plan = usePlanFiles();
  return source === 'plan' ? plan : userFiles;
}
