import { type Sh, shWord } from './sh.ts';

/**
 * A subject with one common name, as one shell word for `openssl req -utf8 -subj`: there a backslash takes the meaning
 * of `/` and `+`, which separate names, and its own (openssl-req(1); `+` counts since OpenSSL 3.0). A role has at most
 * 63 bytes, so it fits the 64 characters of a common name (RFC 5280, ub-common-name).
 */
export const opensslSubject = (commonName: string): Sh => shWord(`/CN=${commonName.replace(/[\\/+]/g, '\\$&')}`);
