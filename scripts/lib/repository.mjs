import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that contains package.json, wherever the command was started from. */
export const repository = fileURLToPath(new URL('../../', import.meta.url));

/** The package with the PostgreSQL majors that npm has. */
export const serverPackage = join(repository, 'e2e/server');

/** Where every suite leaves its report. */
export const results = join(repository, 'test-results');
