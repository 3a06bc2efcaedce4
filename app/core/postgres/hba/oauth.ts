import { type Options, splitList } from './options.ts';

/**
 * Why the server rejects the options of an `oauth` record, or undefined; names the validator library if there is only
 * one (`hba.c`, parse_hba_line, and `auth-oauth.c`, check_oauth_validator). `libraries` is the value of
 * `oauth_validator_libraries`.
 */
export function wholeOauth(options: Options, libraries: string, major: number): string | undefined {
  const { oauth, delegate, map } = options;
  const quoted = major >= 19 ? '"oauth_validator_libraries"' : 'oauth_validator_libraries';
  const option = major >= 19 ? 'option' : 'argument';
  const missing = ['scope', 'issuer'].find((name) => oauth[name] === undefined);
  if (missing) return `authentication method "oauth" requires argument "${missing}" to be set`;
  const permitted = splitList(libraries, { spaced: true })?.map(canonicalPath);
  if (!permitted) return 'invalid list syntax in parameter "oauth_validator_libraries"';
  const [first] = permitted;
  if (first === undefined) {
    return major >= 19
      ? `parameter ${quoted} must be set for authentication method "oauth"`
      : `${quoted} must be set for authentication method oauth`;
  }
  if (oauth.validator === undefined) {
    if (permitted.length > 1)
      return `authentication method "oauth" requires ${option} "validator" to be set when ${quoted} contains multiple options`;
    oauth.validator = first;
  } else if (!permitted.includes(oauth.validator)) {
    return `validator "${oauth.validator}" is not permitted by ${quoted}`;
  }
  return delegate && map !== undefined ? 'map cannot be used in combination with delegate_ident_mapping' : undefined;
}

/** `canonicalize_path` of `path.c`, on Unix. */
function canonicalPath(path: string): string {
  if (path === '') return '';
  const root = path.startsWith('/') ? '/' : '';
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    const last = parts.at(-1);
    if (part !== '..') parts.push(part);
    else if (last !== undefined && last !== '..') parts.pop();
    else if (root === '') parts.push(part);
  }
  return `${root}${parts.join('/')}` || '.';
}
