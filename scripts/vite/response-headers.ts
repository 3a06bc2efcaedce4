import type { Plugin } from 'vite';

/**
 * Headers that a host should send with every response; the README lists them for other hosts. HSTS is not one of them:
 * it applies to the whole host name, and here that is the loopback address without TLS.
 */
const ALWAYS = {
  // A policy in the page itself cannot restrict who may frame it.
  'Content-Security-Policy': "frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
} as const;

/** Names under `assets/` change with the content. Everything else keeps its name, and a new build must be found. */
const cacheControl = (path: string) => (/^\/assets\//.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');

/** `npm start` and `vite preview` send the headers that the README asks of any host. */
export function responseHeaders(): Plugin {
  return {
    name: 'postern:response-headers',
    configurePreviewServer(server) {
      server.middlewares.use((request, response, next) => {
        for (const [name, value] of Object.entries(ALWAYS)) response.setHeader(name, value);
        const path = new URL(request.url ?? '/', 'http://localhost').pathname;
        const writeHead = response.writeHead.bind(response);
        // The file server sets caching headers when it responds, so this runs after it.
        response.writeHead = ((status: number, ...rest: unknown[]) => {
          for (const given of rest)
            if (typeof given === 'object' && given !== null && !Array.isArray(given))
              for (const name of Object.keys(given))
                if (name.toLowerCase() === 'cache-control') delete (given as Record<string, unknown>)[name];
          if (status < 400) response.setHeader('Cache-Control', cacheControl(path));
          return (writeHead as (...all: unknown[]) => typeof response)(status, ...rest);
        }) as typeof response.writeHead;
        next();
      });
    },
  };
}
