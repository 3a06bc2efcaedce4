import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('oauth-validator.c', import.meta.url));

/** The name of the module in `oauth_validator_libraries`. */
export const VALIDATOR = 'postern_test_validator';

/** The file with the tokens that it accepts, in the root of the server: a line `TOKEN IDENTITY AUDIENCE` for each. */
export const TOKENS = '/etc/oauth-tokens';

/** The module's file in the root of Debian's server. */
export const moduleFile = (root: string, major: number): string =>
  `${root}/usr/lib/postgresql/${major}/lib/${VALIDATOR}.so`;

/** Compiles the module for Debian's server; returns why that isn't possible here. */
export function buildValidator(root: string, major: number): string | undefined {
  const headers = `${root}/usr/include/postgresql/${major}/server`;
  if (!existsSync(`${headers}/libpq/oauth.h`))
    return `no headers of PostgreSQL ${major} (postgresql-server-dev-${major})`;
  const flags = ['-O1', '-fPIC', '-shared', '-Wall', '-Werror', `-I${headers}`, '-o', moduleFile(root, major)];
  const { error, status, stderr } = spawnSync('cc', [...flags, source], { encoding: 'utf8' });
  if (error) return `no C compiler: ${error.message}`;
  if (status !== 0) throw new Error(`The validator module does not compile:\n${stderr}`);
  return undefined;
}
