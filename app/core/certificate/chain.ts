import { type Certificate, isAuthority, isSelfSigned } from './certificate.ts';

/** What a certificate has to prove to the other side. */
export type Purpose = 'server' | 'client';

export interface Trust {
  /** The certificates that the other side sends besides its own, in any order. */
  readonly sent: readonly Certificate[];
  /** The trusted certificates: the file of roots. */
  readonly roots: readonly Certificate[];
}

/**
 * `3` at security level 2, as in Debian, Ubuntu, RHEL and upstream since 3.2; `1.1` at level 1, as upstream released
 * it.
 */
export type OpenSsl = '1.1' | '3';

/** How a path from the certificate upwards ends. */
export type End = 'trusted' | 'selfSigned' | 'issuerMissing' | 'rootsIncomplete';

export interface Path {
  /** The certificate itself first. */
  readonly certificates: readonly Certificate[];
  readonly end: End;
}

/**
 * The path that OpenSSL builds (`x509_vfy.c`, `build_chain`): trusted certificates before those that were sent, up to a
 * self-signed certificate. libpq and PostgreSQL trust no path that ends below one.
 */
export function buildPath(leaf: Certificate, { sent, roots }: Trust, { now, openssl }: Omit<Demands, 'purpose'>): Path {
  const certificates = [leaf];
  let trusted = false;
  for (;;) {
    const last = certificates.at(-1) ?? leaf;
    if (endsPath(last, openssl)) {
      trusted ||= roots.some((root) => root.index === last.index);
      return { certificates, end: trusted ? 'trusted' : 'selfSigned' };
    }
    const fromRoots = issuerAmong(roots, last, certificates, now);
    const next = fromRoots ?? issuerAmong(sent, last, certificates, now);
    if (!next) return { certificates, end: trusted ? 'rootsIncomplete' : 'issuerMissing' };
    trusted ||= fromRoots !== undefined;
    certificates.push(next);
  }
}

/**
 * OpenSSL 1.1 does not treat a certificate that may not sign certificates as self-signed (`v3_purp.c`,
 * `x509v3_cache_extensions`).
 */
const endsPath = (certificate: Certificate, openssl: OpenSsl): boolean =>
  isSelfSigned(certificate) && (openssl === '3' || (certificate.keyUsage?.includes('keyCertSign') ?? true));

/** Prefers a certificate that is valid now, and one whose signature verifies over one that only matches by name. */
function issuerAmong(
  pool: readonly Certificate[],
  of: Certificate,
  taken: readonly Certificate[],
  now: number,
): Certificate | undefined {
  const rank = (candidate: Certificate) =>
    (signatureOf(of, candidate) === 'invalid' ? 2 : 0) + (inTime(candidate, now) ? 0 : 1);
  return pool
    .filter((candidate) => signatureOf(of, candidate) !== undefined && !taken.includes(candidate))
    .toSorted((a, b) => rank(a) - rank(b))[0];
}

const signatureOf = (of: Certificate, issuer: Certificate) =>
  of.issuers.find(({ index }) => index === issuer.index)?.signature;

const inTime = ({ notBefore, notAfter }: Certificate, now: number) => notBefore <= now && now <= notAfter;

/** A reason why OpenSSL rejects a path, and the certificate in it that causes it. */
export interface Fault {
  readonly kind: FaultKind;
  readonly certificate: Certificate;
}

export type FaultKind =
  | 'notAuthority'
  | 'pathLength'
  | 'purpose'
  | 'criticalExtension'
  | 'weakKey'
  | 'weakSignature'
  | 'signature'
  | 'notYetValid'
  | 'expired';

export interface Demands {
  readonly purpose: Purpose;
  /** The OpenSSL version that verifies. */
  readonly openssl: OpenSsl;
  readonly now: number;
}

/** Everything that is wrong with a path, regardless of how it ends, in the order in which OpenSSL checks. */
export function faultsIn({ certificates, end }: Path, { purpose, openssl, now }: Demands): Fault[] {
  const found: Fault[] = [];
  const add = (kind: FaultKind, certificate: Certificate) => found.push({ kind, certificate });
  let signedBelow = 0;
  for (const [depth, certificate] of certificates.entries()) {
    if (certificate.unknownCritical.length > 0) add('criticalExtension', certificate);
    if (depth > 0 && !isAuthority(certificate)) add('notAuthority', certificate);
    if (!serves(certificate, purpose, depth > 0)) add('purpose', certificate);
    const limit = certificate.constraints?.pathLength ?? null;
    if (depth > 0 && limit !== null && signedBelow > limit) add('pathLength', certificate);
    if (depth > 0 && certificate.subject !== certificate.issuer) signedBelow++;
  }
  // The last certificate's own signature proves nothing, so its hash does not matter; but if the path is incomplete, it
  // is not a root.
  const signedByOther = end === 'trusted' || end === 'selfSigned' ? certificates.slice(0, -1) : certificates;
  for (const certificate of certificates) {
    if (keyStrength(certificate) < STRENGTH[openssl]) add('weakKey', certificate);
    if (signedByOther.includes(certificate) && hashStrength(certificate, openssl) < STRENGTH[openssl])
      add('weakSignature', certificate);
  }
  for (const [depth, certificate] of certificates.entries()) {
    const issuer = certificates[depth + 1];
    if (issuer && signatureOf(certificate, issuer) === 'invalid') add('signature', certificate);
  }
  for (const certificate of certificates.toReversed()) {
    if (now < certificate.notBefore) add('notYetValid', certificate);
    if (now > certificate.notAfter) add('expired', certificate);
  }
  return found;
}

/** Certificates of a path whose signature the reader could not compute. */
export const uncheckedIn = ({ certificates }: Path): Certificate[] =>
  certificates.filter((certificate, depth) => {
    const issuer = certificates[depth + 1];
    return issuer !== undefined && signatureOf(certificate, issuer) === 'unchecked';
  });

/** `v3_purp.c`, `check_purpose_ssl_server` and `check_purpose_ssl_client`: "any" use is not enough for OpenSSL. */
const PURPOSES = {
  server: {
    extended: ['serverAuth', 'msSGC', 'nsSGC'],
    usage: ['digitalSignature', 'keyEncipherment', 'keyAgreement'],
  },
  client: { extended: ['clientAuth'], usage: ['digitalSignature', 'keyAgreement'] },
} as const;

function serves({ extendedKeyUsage, keyUsage }: Certificate, purpose: Purpose, asIssuer: boolean): boolean {
  const { extended, usage } = PURPOSES[purpose];
  if (extendedKeyUsage && !extended.some((one) => extendedKeyUsage.includes(one))) return false;
  return asIssuer || keyUsage === null || usage.some((one) => keyUsage.includes(one));
}

/** Bits of security that its level requires (SSL_CTX_set_security_level(3)). */
const STRENGTH = { '1.1': 80, '3': 112 } as const;

/** NIST SP 800-57, table 2, as OpenSSL's `EVP_PKEY_get_security_bits` computes it at the sizes in use. */
function keyStrength({ key: { algorithm, bits } }: Certificate): number {
  if (bits === null) return Number.POSITIVE_INFINITY;
  if (algorithm === 'EC') return bits / 2;
  if (algorithm !== 'RSA' && algorithm !== 'DSA') return 128;
  return bits < 1024 ? 0 : bits < 2048 ? 80 : bits < 3072 ? 112 : 128;
}

/** Half the hash's length; MD5 and SHA-1 less since 3.0, because collisions are known (`x509_set.c`, `x509_sig_info_init`). */
function hashStrength({ signature: { hash } }: Certificate, openssl: OpenSsl): number {
  switch (hash) {
    case 'MD5':
      return openssl === '1.1' ? 64 : 39;
    case 'SHA-1':
      return openssl === '1.1' ? 80 : 63;
    case 'SHA-224':
      return 112;
    default:
      return 128;
  }
}
