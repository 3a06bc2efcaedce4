import type { TargetPage } from './page.ts';

/** Every target's page, by family and in the order of reading. */
export const pages: readonly TargetPage[] = [];
