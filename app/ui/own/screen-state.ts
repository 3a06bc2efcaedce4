import { create } from 'zustand';
import type { AskedConnection, ScreenName, ScreenState } from '../../core/index.ts';
import { useOwn } from './store.ts';

/** What is asked on the screens beside the files. It stays while one goes from screen to screen, and a link carries it. */
export interface Asked {
  readonly connection: AskedConnection;
  readonly map: NonNullable<ScreenState['map']>;
  readonly compare: NonNullable<ScreenState['compare']>;
  readonly import: NonNullable<ScreenState['import']>;
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
  import: { platform: '', roles: '' },
  refusal: '',
}));

/** What a link to this screen carries; `withTexts` adds the files and what was pasted. */
export function screenState(view: ScreenName, withTexts: boolean): ScreenState {
  const { major, source, files, other } = useOwn.getState();
  const asked = useAsked.getState();
  // Where the user's files are edited, compared or imported they are looked at, whatever the other screens look at.
  const texts = withTexts && (source === 'files' || view === 'audit' || view === 'compare' || view === 'import');
  return {
    view,
    major,
    source,
    connection: view === 'connection' || (view === 'refused' && withTexts) ? asked.connection : null,
    map: view === 'map' ? asked.map : null,
    ...(view === 'compare' ? { compare: asked.compare } : {}),
    ...(view === 'import' ? { import: asked.import } : {}),
    refusal: view === 'refused' && withTexts ? asked.refusal : null,
    files: texts ? files.filter(({ text }) => text !== '').map(({ name, text }) => ({ name, text })) : null,
    other: view === 'compare' && withTexts ? other : null,
  };
}
