import { create } from 'zustand';

/** The steps of migrations that are done, by their ids. They stay when the user closes the dialog or changes screens. */
export const useDoneSteps = create<{ readonly done: ReadonlySet<string> }>(() => ({ done: new Set() }));

export function setDone(id: string, isDone: boolean): void {
  useDoneSteps.setState(({ done }) => {
    const next = new Set(done);
    if (isDone) next.add(id);
    else next.delete(id);
    return { done: next };
  });
}
