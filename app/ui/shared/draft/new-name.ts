/** A new name for each page and plan. `randomUUID` exists only on pages that are served with TLS. */
export const newName = (): string => crypto.getRandomValues(new Uint32Array(2)).join('-');
