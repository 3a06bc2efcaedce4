import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './repository.mjs';

/** The majors that Postern supports, in ascending order. */
export const majors = JSON.parse(readFileSync(join(repository, 'app/core/postgres/releases.json'), 'utf8')).map(
  ({ major }) => major,
);
