import { skipToken, useQuery } from '@tanstack/react-query';
import type { Remote } from 'comlink';
import { useEffect, useState } from 'react';
import { engine, PATIENCE_MS } from '../../../worker/engine.ts';
import type { EngineCalls } from '../../../worker/engine.worker.ts';
import { Stopped } from '../../../worker/stoppable.ts';
import { failureText } from '../answers/failure.ts';
import { queryClient } from '../answers/query-client.ts';

/** The state of a request to the engine. */
export interface Work<T> {
  /** The answer; while a new one is computed, the previous one. */
  readonly data: T | undefined;
  /** A new answer is being computed. */
  readonly working: boolean;
  /** The request takes longer than `PATIENCE_MS`. */
  readonly slow: boolean;
  readonly stopped: boolean;
  /** `data` is the previous answer, and the new one is late or was stopped. */
  readonly outdated: boolean;
  /** Why there is no answer, as a sentence. */
  readonly failure: string | null;
  readonly stop: () => void;
  readonly again: () => void;
}

const numbers = new WeakMap<object, number>();
let count = 0;

/** A number for each object, so that a query is keyed by a text of megabytes without reading it. */
function numberOf(input: object): number {
  const known = numbers.get(input);
  if (known !== undefined) return known;
  numbers.set(input, ++count);
  return count;
}

/**
 * Asks the engine with these inputs, and again when one of them is another object. With null it asks nothing. While a
 * new answer is computed, the previous one stays.
 *
 * @param name Names the question. Two questions with the same inputs need different names.
 */
export function useEngine<Inputs extends readonly [object, ...object[]], T>(
  name: string,
  inputs: Inputs | null,
  run: (calls: Remote<EngineCalls>, inputs: Inputs) => Promise<T>,
): Work<T> {
  const queryKey = ['engine', name, ...(inputs ?? []).map(numberOf)];
  const [stoppedAt, setStoppedAt] = useState('');
  const query = useQuery(
    {
      queryKey,
      queryFn: inputs === null ? skipToken : ({ signal }) => engine((calls) => run(calls, inputs), signal),
      placeholderData: (before) => before,
      gcTime: 10_000,
      retry: false,
    },
    queryClient,
  );
  const slow = useSlow(query.isFetching, queryKey.join());
  const stopped = stoppedAt === queryKey.join() && !query.isFetching;
  return {
    data: inputs === null ? undefined : query.data,
    working: query.isFetching,
    slow,
    stopped,
    outdated: query.isPlaceholderData && (slow || stopped),
    failure: query.error && !(query.error instanceof Stopped) ? failureText(query.error) : null,
    stop: () => {
      setStoppedAt(queryKey.join());
      void queryClient.cancelQueries({ queryKey });
    },
    again: () => {
      setStoppedAt('');
      void query.refetch();
    },
  };
}

function useSlow(working: boolean, key: string): boolean {
  const [slow, setSlow] = useState('');
  useEffect(() => {
    if (!working) return;
    const timer = setTimeout(() => setSlow(key), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [working, key]);
  return working && slow === key;
}
