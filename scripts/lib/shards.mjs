import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expected } from './durations.mjs';
import { repository } from './repository.mjs';

/**
 * Target duration of a shard in seconds: starting the runner takes a small part of it, and the last shards end
 * together.
 */
const FULL = 180;

/** Every test file below some folders, by its path in the repository. */
export function testFiles(folders, ending = '.test.ts') {
  return folders
    .flatMap((folder) =>
      readdirSync(join(repository, folder), { recursive: true }).map((path) => join(folder, String(path))),
    )
    .filter((path) => path.endsWith(ending) && !path.includes('node_modules'))
    .sort();
}

/** Distributes files over shards of about `full` seconds, `{ files, seconds }`. Every file is in exactly one. */
export function shards(files, full = FULL, secondsOf = expected) {
  const total = files.reduce((sum, file) => sum + secondsOf(file), 0);
  const made = Array.from({ length: Math.max(1, Math.round(total / full)) }, () => ({ files: [], seconds: 0 }));
  for (const file of files.toSorted((a, b) => secondsOf(b) - secondsOf(a))) {
    const emptiest = made.reduce((least, one) => (one.seconds < least.seconds ? one : least));
    emptiest.files.push(file);
    emptiest.seconds += secondsOf(file);
  }
  return made.filter(({ files: some }) => some.length > 0);
}
