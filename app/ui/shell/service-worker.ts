import { offerUpdate } from './update.ts';

/** The server is asked for a new version at most this often, in milliseconds. */
const INTERVAL_MS = 10 * 60_000;

/**
 * Registers the service worker, with which the page works without a network, and offers a new version when there is
 * one. The one-file build has none.
 */
export async function followVersions(): Promise<void> {
  if (!import.meta.env.PROD || import.meta.env.MODE === 'single') return;
  if (!('serviceWorker' in navigator && isSecureContext && location.protocol.startsWith('http'))) return;
  try {
    const registration = await navigator.serviceWorker.register(new URL('./service-worker.js', document.baseURI), {
      updateViaCache: 'none',
    });
    follow(registration);
  } catch {
    // Without it, or if the browser forbids it, the page works as long as there is a network.
  }
}

function follow(registration: ServiceWorkerRegistration): void {
  const look = (): void => {
    const { waiting, active } = registration;
    if (waiting && active) void consider(waiting);
  };
  registration.addEventListener('updatefound', () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => installing.state === 'installed' && look());
  });
  look();
  let asked = Date.now();
  const ask = (): void => {
    if (document.visibilityState !== 'visible' || Date.now() - asked < INTERVAL_MS) return;
    asked = Date.now();
    // Without a network there is no new version.
    registration.update().catch(() => undefined);
  };
  document.addEventListener('visibilitychange', ask);
  window.addEventListener('online', ask);
}

/** If the page itself came from the network, it may already be the new version: then nothing has to be loaded again. */
async function consider(waiting: ServiceWorker): Promise<void> {
  if (await includesThisPage(waiting)) waiting.postMessage('activate');
  else offerUpdate(waiting);
}

function includesThisPage(worker: ServiceWorker): Promise<boolean> {
  const script = document.querySelector<HTMLScriptElement>('script[type=module][src]');
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => {
      port1.close();
      resolve(data === true);
    };
    worker.postMessage({ includes: script?.src ?? '' }, [port2]);
  });
}
