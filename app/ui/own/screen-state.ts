import { create } from 'zustand';
import type { AskedConnection, ScreenName, ScreenState } from '../../core/index.ts';
import { useOwn } from './store.ts';

/** What is asked on the screens beside the files. It stays while one goes from screen to screen, and a link carries it. */
export interface Asked {
  readonly connection: AskedConnection;
  readonly map: NonNullable<ScreenState['map']>;
  readonly compare: NonNullable<ScreenState['compare']>;
  /** What a client or a server said. */
  readonly refusal: string;
}

export const useAsked = create<Asked>(() => ({
  connection: {
    transport: 'tcp',
    encryption: 'tls',
    address: '',
    hostname: '',
    database: '',
    user: '',
    roles: [],
    replication: false,
  },
  map: { rows: 'databases', family: 4, table: false },
  compare: { against: 'other', swapped: false },
  refusal: '',
}));

/** What a link to this screen carries; `withTexts` adds the files and what was pasted. */
export function screenState(view: ScreenName, withTexts: boolean): ScreenState {
  const { major, source, files, other } = useOwn.getState();
  const { connection, map, compare, refusal } = useAsked.getState();
  // Where the user's files are edited or compared they are looked at, whatever the other screens look at.
  const texts = withTexts && (source === 'files' || view === 'audit' || view === 'compare');
  return {
    view,
    major,
    source,
    connection: view === 'connection' ? connection : null,
    map: view === 'map' ? map : null,
    ...(view === 'compare' ? { compare } : {}),
    refusal: view === 'refused' && withTexts ? refusal : null,
    files: texts ? files.filter(({ text }) => text !== '').map(({ name, text }) => ({ name, text })) : null,
    other: view === 'compare' && withTexts ? other : null,
  };
}
