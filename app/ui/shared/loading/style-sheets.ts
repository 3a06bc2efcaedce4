const loads = new WeakMap<HTMLLinkElement, Promise<unknown>>();

/**
 * Loads the whole style sheet, of which the page contains the start page's part: the build disables its link
 * (scripts/vite/start-page.ts). Rejects if it can't be loaded; the next call requests it again.
 */
export async function styleSheets(): Promise<void> {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')) {
    const load = loads.get(link) ?? enable(link);
    loads.set(link, load);
    await load;
  }
}

function enable(link: HTMLLinkElement): Promise<unknown> {
  if (!link.disabled) return Promise.resolve();
  const load = new Promise((resolve, reject) => {
    link.addEventListener('load', resolve);
    link.addEventListener('error', () => {
      // A browser requests the address of a link once.
      const another = link.cloneNode() as HTMLLinkElement;
      another.setAttribute('disabled', '');
      link.replaceWith(another);
      reject(new Error(`${link.href} was not loaded.`));
    });
  });
  link.disabled = false;
  return load;
}
