import { useSaving } from '../draft/saved.ts';

/** Pause in milliseconds before the second request of one attempt. */
const PAUSE_MS = 500;

/**
 * Loads a part of the page that could not be loaded before. Rejects if it can't be loaded now either. An import joins a
 * pending request for the same file, such as one of the screens that are preloaded. That request may still fail because
 * it began before the connection was back, so a second one follows. Some browsers also remember for the lifetime of the
 * page that a module failed (the module map of the HTML standard), and request nothing. Then only a reload helps, which
 * loses nothing if the draft is saved.
 */
export async function loadAgain<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  const before = requests();
  try {
    return await load();
  } catch (error) {
    if (requests() === before && useSaving.getState().works && (await serverAnswers())) location.reload();
    throw error;
  }
}

const requests = (): number => performance.getEntriesByType('resource').length;

const serverAnswers = (): Promise<boolean> =>
  fetch(location.pathname, { method: 'HEAD', cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  );
