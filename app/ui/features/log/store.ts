import { proxy } from 'comlink';
import { create } from 'zustand';
import type { SeenInLog } from '../../../core/index.ts';
import { engine } from '../../../worker/engine.ts';
import type { LogFile } from '../../../worker/log.ts';
import { Stopped } from '../../../worker/stoppable.ts';
import { failureText } from '../../shared/answers/failure.ts';

/** The log that was opened. It stays while the page is open, and is never stored. */
interface OpenedLog {
  readonly names: readonly string[];
  /** Bytes read and in all, while the log is being read. */
  readonly progress: { readonly read: number; readonly total: number } | null;
  readonly seen: SeenInLog | null;
  /** Names of compressed files that are not complete. */
  readonly broken: readonly string[];
  readonly failure: string | null;
  readonly stop: () => void;
}

const NOTHING: OpenedLog = { names: [], progress: null, seen: null, broken: [], failure: null, stop: () => undefined };

export const useLog = create<OpenedLog>(() => NOTHING);

/** Reads log files, in the order of their names, so that rotated files come in the order of time. */
export async function openLog(files: readonly File[]): Promise<void> {
  useLog.getState().stop();
  const sorted = files.toSorted((a, b) => a.lastModified - b.lastModified || a.name.localeCompare(b.name));
  const total = sorted.reduce((sum, { size }) => sum + size, 0);
  const stopping = new AbortController();
  const names = sorted.map(({ name }) => name);
  useLog.setState({ ...NOTHING, names, progress: { read: 0, total }, stop: () => stopping.abort() });
  const isCurrent = () => !stopping.signal.aborted;
  const onProgress = async (read: number): Promise<void> => {
    if (isCurrent()) useLog.setState({ progress: { read, total } });
  };
  const logs = sorted.map((file): LogFile => ({ name: file.name, content: file, gzip: file.name.endsWith('.gz') }));
  try {
    const { seen, broken } = await engine((calls) => calls.observeLog(logs, proxy(onProgress)), stopping.signal);
    if (isCurrent()) useLog.setState({ ...NOTHING, names, seen, broken });
  } catch (error) {
    if (isCurrent() && !(error instanceof Stopped)) useLog.setState({ ...NOTHING, names, failure: failureText(error) });
    else if (error instanceof Stopped && useLog.getState().names === names) useLog.setState(NOTHING);
  }
}

/** Stops reading, or forgets the log. */
export function closeLog(): void {
  useLog.getState().stop();
  useLog.setState(NOTHING);
}
