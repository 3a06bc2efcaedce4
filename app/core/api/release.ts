import { type Release, release as releaseOf } from '../postgres/release.ts';
import { guarded, majorFrom11 } from './input.ts';

/** What is known about a major: its end of life, and the release whose rules the files follow. */
export const release = guarded((asked: number): Release => releaseOf(asked), { major: majorFrom11 });
