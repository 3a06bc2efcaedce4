import { answer } from '../../../worker/client.ts';
import { Stopped } from '../../../worker/stoppable.ts';
import { useDraft } from '../draft/store.ts';
import { failureText } from './failure.ts';
import { type Progress, useAnswers } from './store.ts';
import { takeAnswer } from './take-answer.ts';

/**
 * How much older than the draft a result may be before it is marked as outdated: twice the time of the last answer,
 * within these limits, so that typing into a plan of hundreds of clients does not make the mark flicker.
 */
const UNMARKED_MS = { least: 500, most: 2500 };

/** Requests an answer for every draft from now on. A newer draft supersedes the one in progress. */
export function followDraft(): () => void {
  let running: AbortController | undefined;
  let waiting = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tookMs = 0;

  const show = (progress: Progress): void => {
    clearTimeout(timer);
    useAnswers.setState({ progress });
    if (progress.kind !== 'updating') return;
    const since = performance.now();
    // Problems of another draft do not apply to this one.
    timer = setTimeout(
      () => useAnswers.setState({ progress: { kind: 'generating', since }, issues: [] }),
      Math.min(UNMARKED_MS.most, Math.max(UNMARKED_MS.least, 2 * tookMs)),
    );
  };

  /** A result that was marked as outdated stays marked until the answer arrives. */
  const begin = (): void => {
    const { kind } = useAnswers.getState().progress;
    const marked = kind !== 'answered' && kind !== 'updating';
    show(marked ? { kind: 'generating', since: performance.now() } : { kind: 'updating' });
    void ask();
  };

  async function ask(): Promise<void> {
    if (running) {
      waiting = true;
      running.abort();
      return;
    }
    running = new AbortController();
    const { signal } = running;
    const { draft, edit, plan } = useDraft.getState();
    try {
      const since = performance.now();
      const answered = await answer(draft, signal);
      tookMs = performance.now() - since;
      if (useAnswers.getState().progress.kind !== 'canceled') {
        const ofNow = useDraft.getState().draft === draft;
        takeAnswer(answered, { edit, plan, ofNow });
        // A result that keeps up with typing needs no mark, however long the user types.
        if (ofNow) clearTimeout(timer);
        else if (useAnswers.getState().progress.kind === 'updating') show({ kind: 'updating' });
      }
    } catch (error) {
      if (!(error instanceof Stopped) && !waiting) show({ kind: 'failed', why: failureText(error) });
    }
    running = undefined;
    if (!waiting) return;
    waiting = false;
    await ask();
  }

  useAnswers.setState({
    again: begin,
    cancel: () => {
      waiting = false;
      running?.abort();
      show({ kind: 'canceled' });
    },
  });
  begin();
  const unsubscribe = useDraft.subscribe((now, before) => {
    if (now.draft !== before.draft) begin();
  });
  return () => {
    clearTimeout(timer);
    unsubscribe();
  };
}
