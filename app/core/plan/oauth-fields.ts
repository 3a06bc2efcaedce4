import { isValidatorOption } from '../postgres/hba/options.ts';
import { checkHostOrAddress } from './fields.ts';
import { type Check, checkName, checkText, type Problem, problem, shown } from './text.ts';

/**
 * The identifier of an OAuth issuer: an https URL without query and fragment (RFC 8414, 2). libpq compares it with the
 * issuer's own document character by character, so it is never rewritten.
 */
export const checkIssuer: Check = (value) => {
  const [, bracketed, host = bracketed, port] = ISSUER.exec(value) ?? [];
  const refused = checkText(500)(value);
  if (refused) return refused;
  if (host === undefined || checkHostOrAddress(host) || Number(port ?? 443) < 1 || Number(port ?? 443) > 65535)
    return problem('oauth.issuer', { value: shown(value) });
  const issuer = value.replace(DEFAULT_DOCUMENT, '');
  return issuer === value ? undefined : problem('oauth.discovery', { value: shown(value) }, issuer);
};

const ISSUER =
  /^https:\/\/(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9.-]+))(?::([0-9]{1,5}))?(?:\/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)?$/;

/** PostgreSQL appends it to the issuer. It accepts it in the rule too, but some validator libraries compare the issuer. */
const DEFAULT_DOCUMENT = /\/\.well-known\/openid-configuration\/?$/;

/**
 * The name that the issuer has in its discovery document, and where that is: by default, or where a well-known URI says
 * (manual 20.15, `issuer`; libpq's `issuer_from_well_known_uri` removes the same part).
 */
export const discoveryOf = (issuer: string): { readonly issuer: string; readonly document: string } =>
  issuer.includes('/.well-known/')
    ? { issuer: issuer.replace(/\/\.well-known\/[^/]*/, ''), document: issuer }
    : { issuer, document: `${issuer}/.well-known/openid-configuration` };

/** Scopes separated by single spaces (RFC 6749, 3.3). */
export const checkScope: Check = (value) =>
  checkText(500)(value) ??
  (/^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/.test(value)
    ? undefined
    : problem('oauth.scope', { value: shown(value) }));

/** A client identifier (RFC 6749, A.1), without blanks. */
export const checkClientId: Check = (value) =>
  /^[\x21-\x7e]{1,200}$/.test(value)
    ? undefined
    : (checkName(200)(value) ?? problem('oauth.clientId', { value: shown(value) }));

/**
 * A validator library, as `oauth_validator_libraries` lists it and a rule names it: the server compares both texts, after
 * it has simplified the path in the setting. So only a path that is already simple matches itself.
 */
export const checkLibrary: Check = (value) =>
  value.length <= 200 &&
  /^(?:(?:\$libdir)?\/(?:[A-Za-z0-9_][A-Za-z0-9_.+-]*\/)*)?[A-Za-z0-9_][A-Za-z0-9_.+-]*$/.test(value)
    ? undefined
    : (checkText(200)(value) ?? problem('oauth.validator', { value: shown(value) }));

/** An option of the validator library, `NAME=value`. */
export const checkValidatorOption: Check = (value) =>
  checkText(500)(value) ??
  (value.includes('=') && isValidatorOption(validatorOption(value).name)
    ? undefined
    : problem('oauth.option', { value: shown(value) }));

/** The name and the value of an option of the validator library. */
export function validatorOption(text: string): { readonly name: string; readonly value: string } {
  const at = text.indexOf('=');
  return { name: text.slice(0, at), value: text.slice(at + 1) };
}

/** The name that a validator gives a user. PostgreSQL reads one that starts with a slash as a regular expression. */
export const checkIdentity: Check = (value): Problem | undefined =>
  checkName(200)(value) ?? (value.startsWith('/') ? problem('oauth.identity', { value: shown(value) }) : undefined);
