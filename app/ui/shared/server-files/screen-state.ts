import { create } from 'zustand';
import type { AskedConnection, ScreenName, ScreenState } from '../../../core/index.ts';
import { useServerFiles } from './store.ts';

/** What the user asked on each screen. It stays when the user changes screens, and a link contains it. */
export interface Asked {
  readonly connection: AskedConnection;
  readonly map: NonNullable<ScreenState['map']>;
  readonly compare: NonNullable<ScreenState['compare']>;
  readonly import: NonNullable<ScreenState['import']>;
  /** The error message of a client or a server. */
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

/** The state in a link to this screen; `withTexts` adds the files and pasted text. */
export function screenState(view: ScreenName, withTexts: boolean): ScreenState {
  const { major, source, files, other } = useServerFiles.getState();
  const asked = useAsked.getState();
  // Editing, comparing and importing always use the user's files, whichever source the other screens use.
  const texts = withTexts && (source === 'files' || view === 'audit' || view === 'compare' || view === 'import');
  return {
    view,
    major,
    source,
    connection: view === 'path' || (view === 'refusal' && withTexts) ? asked.connection : null,
    map: view === 'map' ? asked.map : null,
    ...(view === 'compare' ? { compare: asked.compare } : {}),
    ...(view === 'import' ? { import: asked.import } : {}),
    refusal: view === 'refusal' && withTexts ? asked.refusal : null,
    files: texts ? files.filter(({ text }) => text !== '').map(({ name, text }) => ({ name, text })) : null,
    other: view === 'compare' && withTexts ? other : null,
  };
}
