/** A certificate in readable form, as an X.509 parser describes it. Times are milliseconds since 1970. */
export interface Certificate {
  /** Its position among the certificates that were read, from 0. */
  readonly index: number;
  /** Subject and issuer in readable form: `CN = db.example.com, O = Example`. */
  readonly subject: string;
  readonly issuer: string;
  /** The first common name, which is the one that libpq and PostgreSQL use; null where there is none. */
  readonly commonName: string | null;
  /** The entries of subjectAltName that are names or addresses, in their order. */
  readonly alternatives: readonly Alternative[];
  readonly notBefore: number;
  readonly notAfter: number;
  readonly key: Key;
  readonly signature: Signature;
  /** The X.509 version: version 1 has no extensions. */
  readonly version: number;
  /** basicConstraints; null where the extension is missing. */
  readonly constraints: { readonly authority: boolean; readonly pathLength: number | null } | null;
  /** keyUsage and extendedKeyUsage; null where the extension is missing, which allows every use. */
  readonly keyUsage: readonly KeyUsage[] | null;
  /** Names if known, else object identifiers. */
  readonly extendedKeyUsage: readonly string[] | null;
  /** Object identifiers of critical extensions that OpenSSL does not know, which OpenSSL rejects. */
  readonly unknownCritical: readonly string[];
  /** Whether it limits the names that it may sign for. */
  readonly nameConstraints: boolean;
  /** Certificates among those read that may have signed this one: their subject is its issuer, and key identifiers agree. */
  readonly issuers: readonly Link[];
  /** Hexadecimal: the serial number, and SHA-256 over the whole certificate. */
  readonly serial: string;
  readonly fingerprint: string;
}

export interface Alternative {
  readonly kind: 'dns' | 'ip';
  /** A name as it is written, or an address in canonical text. An address of neither 4 nor 16 bytes is its hexadecimal digits. */
  readonly text: string;
}

export interface Key {
  /** `RSA`, `EC`, `Ed25519`, or the object identifier. */
  readonly algorithm: string;
  /** Size of the modulus or the curve; null if the algorithm is unknown. */
  readonly bits: number | null;
  readonly curve: string | null;
}

export interface Signature {
  /** As OpenSSL writes it: `sha256WithRSAEncryption`. */
  readonly algorithm: string;
  /** `MD5`, `SHA-1`, `SHA-256` and so on; null where the algorithm has no hash of its own. */
  readonly hash: string | null;
}

export type KeyUsage =
  | 'digitalSignature'
  | 'nonRepudiation'
  | 'keyEncipherment'
  | 'dataEncipherment'
  | 'keyAgreement'
  | 'keyCertSign'
  | 'cRLSign'
  | 'encipherOnly'
  | 'decipherOnly';

export interface Link {
  readonly index: number;
  /** `unchecked`: the reader does not implement the algorithm. */
  readonly signature: 'valid' | 'invalid' | 'unchecked';
}

/** Subject and issuer are the same and its own key made the signature. */
export const isSelfSigned = ({ index, issuers }: Certificate): boolean =>
  issuers.some((link) => link.index === index && link.signature !== 'invalid');

/**
 * Whether it may sign others, as OpenSSL decides (`v3_purp.c`, `check_ca`): also a root of version 1, and one with only
 * key usage.
 */
export function isAuthority(certificate: Certificate): boolean {
  const { keyUsage, constraints, version } = certificate;
  if (keyUsage && !keyUsage.includes('keyCertSign')) return false;
  if (constraints) return constraints.authority;
  return (version === 1 && isSelfSigned(certificate)) || keyUsage !== null;
}
