import type { Pattern } from '../../../../../core/index.ts';

/** The access patterns, in the order in which they are offered. */
export const PATTERNS: readonly Pattern[] = ['direct', 'vpn', 'private', 'bastion'];
