import type { Certificate } from './certificate.ts';
import {
  buildPath,
  type Demands,
  type End,
  type Fault,
  faultsIn,
  type Path,
  type Purpose,
  type Trust,
} from './chain.ts';
import { libpqName } from './names.ts';

/** Why a certificate is rejected, and the exact text of the client if it is fixed. */
export interface Refusal {
  readonly why:
    | Fault
    | { readonly kind: Exclude<End, 'trusted'>; readonly certificate: Certificate }
    | { readonly kind: 'name' | 'role' };
  /**
   * What the client prints after `connection to server at … failed: `; for an alert only the part that every OpenSSL
   * version prints.
   */
  readonly words: string;
}

/** Accepted, or the first reason why not. */
export type Verdict = { readonly accepted: true } | ({ readonly accepted: false } & Refusal);

export interface ServerCheck extends Omit<Demands, 'purpose'> {
  /** Name or address as the client writes it. */
  readonly host: string;
  readonly sslMode: 'require' | 'verify-ca' | 'verify-full';
  /** The major of the client's libpq. */
  readonly libpq: number;
}

/**
 * What libpq prints when verification of the path fails: for a server certificate the first error that OpenSSL recorded
 * (`fe-secure-openssl.c`, `open_client_SSL`), for its own certificate the alert that the server sent.
 */
export function refusalWords({ kind }: Pick<Refusal['why'], 'kind'>, purpose: Purpose = 'server'): string {
  if (purpose === 'client') return `alert ${alertFor(kind)}`;
  return kind === 'signature' ? 'SSL error: EVP lib' : 'SSL error: certificate verify failed';
}

/**
 * How libpq verifies a server certificate. `trust` null: there is no root file, and `require` then checks nothing; with
 * one, it checks what `verify-ca` checks (manual, 32.19.1).
 */
export function verifyServer(leaf: Certificate, trust: Trust | null, check: ServerCheck): Verdict {
  if (trust === null) return { accepted: true };
  const refusal = refusedPath(buildPath(leaf, trust, check), { ...check, purpose: 'server' });
  if (refusal) return { accepted: false, why: refusal, words: refusalWords(refusal) };
  if (check.sslMode !== 'verify-full') return { accepted: true };
  const name = libpqName(leaf, check.host, check.libpq);
  return name.matches ? { accepted: true } : { accepted: false, why: { kind: 'name' }, words: name.words };
}

export interface ClientCheck extends Omit<Demands, 'purpose'> {
  readonly role: string;
  /** The record's method: a certificate instead of a password, or in addition to one. */
  readonly method: 'cert' | 'cert+scram';
}

/** How PostgreSQL verifies a client certificate: first TLS with `ssl_ca_file`, then the common name and the role. */
export function verifyClient(leaf: Certificate, trust: Trust, check: ClientCheck): Verdict {
  const why = refusedPath(buildPath(leaf, trust, check), { ...check, purpose: 'client' });
  if (why) return { accepted: false, why, words: refusalWords(why, 'client') };
  if (leaf.commonName === check.role) return { accepted: true };
  return { accepted: false, why: { kind: 'role' }, words: roleMismatch(check) };
}

/** `auth.c`, `auth_failed`: the record's method determines the message. */
export const roleMismatch = ({ role, method }: Pick<ClientCheck, 'role' | 'method'>): string =>
  `FATAL:  ${method === 'cert' ? 'certificate' : 'password'} authentication failed for user "${role}"`;

/** The first reason why OpenSSL rejects a path; how the path ends is checked before its content. */
function refusedPath(path: Path, demands: Demands): Exclude<Refusal['why'], { kind: 'name' | 'role' }> | undefined {
  const { certificates, end } = path;
  const last = certificates.at(-1);
  if (end !== 'trusted' && last) return { kind: end, certificate: last };
  return faultsIn(path, demands)[0];
}

/**
 * The alert of the server's TLS library (`statem_lib.c`, `ssl_x509err2alert`); OpenSSL majors print different text
 * before it.
 */
function alertFor(kind: Refusal['why']['kind']): string {
  switch (kind) {
    case 'expired':
      return 'certificate expired';
    case 'notYetValid':
    case 'weakKey':
    case 'weakSignature':
      return 'bad certificate';
    case 'purpose':
      return 'unsupported certificate';
    case 'signature':
      return 'decrypt error';
    case 'criticalExtension':
      return 'internal error';
    default:
      return 'unknown ca';
  }
}
