import { type Release, release as releaseOf } from '../postgres/release.ts';
import { guarded, major } from './input.ts';

/** What is known about a major: its end of life, and whether that has passed. */
export const release = guarded((of: number): Release => releaseOf(of), { major });
