import { useState } from 'react';
import { editText, HBA, textOf, useOwn } from '../own/store.ts';
import { announce } from '../wizard/announce.ts';

export interface Applied {
  /** The user's file is as it was made here. */
  readonly done: boolean;
  readonly apply: (text: string, said: string) => void;
  readonly undo: (said: string) => void;
}

/** Gives the user's pg_hba.conf another text, which can be taken back until something else changes it. */
export function useApplied(): Applied {
  const [change, setChange] = useState<{ readonly before: string; readonly after: string } | null>(null);
  const now = useOwn((state) => textOf(state, HBA));
  return {
    done: change !== null && change.after === now,
    apply: (text, said) => {
      setChange({ before: now, after: text });
      editText(HBA, text);
      announce(said);
    },
    undo: (said) => {
      if (change) editText(HBA, change.before);
      setChange(null);
      announce(said);
    },
  };
}
