import { haproxyPage } from './english/haproxy.ts';
import { pgbouncerPage } from './english/pgbouncer.ts';
import type { TargetPage } from './page.ts';

/** Every target's page, by family and in the order of reading. */
export const pages: readonly TargetPage[] = [pgbouncerPage, haproxyPage];
