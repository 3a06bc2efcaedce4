/*
 * Makes the page work without a network after the first visit. It stores the files of the build, whose list
 * scripts/vite/service-worker.ts fills in, and nothing else.
 */

declare const self: ServiceWorkerGlobalScope;

/** The files of this build, by path below the page, each with its hash; './' is the page itself. */
declare const POSTERN_FILES: Readonly<Record<string, string>>;
/** A hash of that list. */
declare const POSTERN_BUILD: string;

const scope = self.registration.scope;
const files = new Map(Object.entries(POSTERN_FILES).map(([path, hash]) => [new URL(path, scope).href, hash]));
const assets = new URL('./assets/', scope).href;
const page = new URL('./index.html', scope).href;

// Caches belong to the origin, where another folder may have another Postern.
const ours = `postern ${scope} `;
const own = `${ours}${POSTERN_BUILD}`;

self.addEventListener('install', (event) => event.waitUntil(install()));

self.addEventListener('activate', (event) => event.waitUntil(forgetOldBuilds().then(() => self.clients.claim())));

self.addEventListener('message', ({ data, ports }) => {
  if (data === 'activate') void self.skipWaiting();
  if (typeof data?.includes === 'string') ports[0]?.postMessage(files.has(data.includes));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  const address = addressOf(request);
  if (address.startsWith(assets)) event.respondWith(fromCache(request, address));
  else if (files.has(address)) event.respondWith(fromNetwork(request, address));
});

/** The address in the cache. Views are in the query of the page. */
function addressOf({ url, mode }: Request): string {
  const bare = url.replace(/#.*$/s, '');
  const path = bare.replace(/\?.*$/s, '');
  return mode === 'navigate' && (path === scope || path === page) ? scope : bare;
}

/** Stores each file of the build, or none: a file of another build, by its hash, ends the installation. */
async function install(): Promise<void> {
  const existed = await caches.has(own);
  const cache = await caches.open(own);
  try {
    // One after the other: the page may be loading.
    for (const [address, integrity] of files) await cache.put(address, await load(address, integrity));
  } catch (error) {
    if (!existed) await caches.delete(own);
    throw error;
  }
}

async function load(address: string, integrity: string): Promise<Response> {
  if (address.startsWith(assets)) {
    const kept = await stored(address);
    if (kept) return kept;
    return loaded(await fetch(address, { integrity }));
  }
  const response = await fetch(address, { integrity, cache: 'no-cache' }).catch((error: unknown) => {
    if (address === scope) return null;
    throw error;
  });
  // Some hosts serve a folder only by the name of its page.
  return loaded(response?.ok || address !== scope ? response : await fetch(page, { integrity, cache: 'no-cache' }));
}

async function loaded(response: Response | null): Promise<Response> {
  if (!response?.ok) throw new Error(`${response?.url}: ${response?.status}`);
  // Browsers accept no redirected response for a page.
  return response.redirected ? new Response(await response.blob(), { headers: response.headers }) : response;
}

/**
 * The cache of the previous build stays: tabs that still show it load its parts from there after the server has
 * forgotten them.
 */
async function forgetOldBuilds(): Promise<void> {
  const earlier = (await caches.keys()).filter((name) => name.startsWith(ours) && name !== own);
  await Promise.all(earlier.slice(0, -1).map((name) => caches.delete(name)));
}

/** From the cache of this build, or of the previous one. */
async function stored(address: string): Promise<Response | undefined> {
  const names = (await caches.keys()).filter((name) => name.startsWith(ours) && name !== own);
  for (const name of [own, ...names.reverse()]) {
    const found = await (await caches.open(name)).match(address, { ignoreVary: true });
    if (found) return found;
  }
  return undefined;
}

/** A name with a hash never gets other contents. */
const fromCache = async (request: Request, address: string): Promise<Response> =>
  (await stored(address)) ?? fetch(request);

/** The server's own answer, unless there is none. */
async function fromNetwork(request: Request, address: string): Promise<Response> {
  const response = await fetch(request).catch(() => undefined);
  if (response && response.status < 500) return response;
  return (await stored(address)) ?? response ?? Response.error();
}

export {};
