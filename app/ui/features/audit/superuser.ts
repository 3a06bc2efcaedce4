import { useMemo } from 'react';
import { create } from 'zustand';
import type { Files } from '../../../worker/files.ts';
import { useUserFiles } from '../../shared/server-files/active-files.ts';

/** The name of the server's superuser as typed; empty for `postgres`. It stays when the user changes screens. */
export const useSuperuser = create<{ readonly name: string }>(() => ({ name: '' }));

/** The user's files with the name of the superuser. */
export function useAuditedFiles(): Files {
  const files = useUserFiles();
  const name = useSuperuser((state) => state.name).trim();
  return useMemo(() => (name === '' ? files : { ...files, superuser: name }), [files, name]);
}
