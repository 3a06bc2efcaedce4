import { useState } from 'react';
import { announce } from '../browser/announce.ts';
import { editText, HBA, textOf, useServerFiles } from '../server-files/store.ts';

export interface Applied {
  /** The user's file is still as changed here. */
  readonly done: boolean;
  readonly apply: (text: string, said: string) => void;
  readonly undo: (said: string) => void;
}

/** Changes the text of the user's pg_hba.conf; the change can be undone until something else changes the file. */
export function useApplied(): Applied {
  const [change, setChange] = useState<{ readonly before: string; readonly after: string } | null>(null);
  const now = useServerFiles((state) => textOf(state, HBA));
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
