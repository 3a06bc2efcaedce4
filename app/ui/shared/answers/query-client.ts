import { QueryClient } from '@tanstack/react-query';

/** Presets and answers of the core, each cached by its inputs. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      retry: 1,
      retryDelay: 300,
      // Without a connection a request fails at once and can be retried, instead of waiting indefinitely.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});
