import { useQuery } from '@tanstack/react-query';
import type { Remote } from 'comlink';
import { useEffect, useState } from 'react';
import { engine, PATIENCE_MS, Stopped } from '../../worker/engine.ts';
import type { EngineCalls } from '../../worker/engine.worker.ts';
import { queryClient } from '../answers/query-client.ts';

/** What comes of some work of the engine. */
export interface Work<T> {
  /** The answer, or that of before while a new one is made. */
  readonly data: T | undefined;
  /** A new answer is being made. */
  readonly working: boolean;
  /** It has taken longer than one would wait without a word. */
  readonly slow: boolean;
  readonly stopped: boolean;
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
 * Asks the engine, and again whenever an input is another object; null asks nothing. While the newest waits for its turn,
 * the answer of before stays.
 */
export function useEngine<T>(
  name: string,
  inputs: readonly object[] | null,
  work: (calls: Remote<EngineCalls>) => Promise<T>,
): Work<T> {
  const queryKey = ['engine', name, ...(inputs ?? []).map(numberOf)];
  const [stoppedAt, setStoppedAt] = useState('');
  const query = useQuery(
    {
      queryKey,
      queryFn: ({ signal }) => engine(work, signal),
      enabled: inputs !== null,
      placeholderData: (before) => before,
      gcTime: 10_000,
      retry: false,
      networkMode: 'always',
    },
    queryClient,
  );
  const slow = useSlow(query.isFetching, queryKey.join());
  return {
    data: inputs === null ? undefined : query.data,
    working: query.isFetching,
    slow,
    stopped: stoppedAt === queryKey.join() && !query.isFetching,
    failure: query.error && !(query.error instanceof Stopped) ? query.error.message : null,
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
