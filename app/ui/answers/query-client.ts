import { QueryClient } from '@tanstack/react-query';

/** Presets and answers of the core, each kept by what it depends on. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, retry: 1, retryDelay: 300 },
  },
});
