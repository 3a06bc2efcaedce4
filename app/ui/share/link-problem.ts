import { create } from 'zustand';

/** Why the last link could not be opened. */
export const useLinkProblem = create<{ readonly reasons: readonly string[] }>(() => ({ reasons: [] }));
