import { AsnConvert } from '@peculiar/asn1-schema';
import {
  type AlgorithmIdentifier,
  Certificate as Asn1Certificate,
  KeyUsage as Asn1KeyUsage,
  AuthorityKeyIdentifier,
  BasicConstraints,
  ExtendedKeyUsage,
  type GeneralName,
  type Name,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
} from '@peculiar/asn1-x509';
import { addressText, parseAddress } from '../net/prefix.ts';
import type { Result } from '../result.ts';
import type { Certificate, Key, KeyUsage, Link, Signature } from './certificate.ts';
import { BIT_STRING, content, derPositive, derSequence, derValue, encoded, SEQUENCE } from './der.ts';
import { type Block, type InputProblem, readFile, readPem, toPem } from './pem.ts';

/** The certificates that were read, without duplicates, in order; or why the text is rejected. */
export type Reading = Result<
  { readonly certificates: readonly Certificate[]; readonly ignored: readonly string[] },
  InputProblem
>;

/** A file's certificates as text, or why it is rejected. */
export function textOfFile(bytes: Uint8Array): Result<string, InputProblem> {
  const found = readFile(bytes);
  return found.ok ? { ok: true, value: toPem(found.value.certificates) } : found;
}

/** The platform's hash and signature functions, which the core does not have. */
export interface SignatureCheck {
  readonly sha256: (bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>;
  /** Whether `key` (SubjectPublicKeyInfo, DER) made the signature over `signed`. Rejects where the platform lacks the scheme. */
  readonly verify: (
    scheme: SignatureScheme,
    key: ArrayBuffer,
    signature: ArrayBuffer,
    signed: ArrayBuffer,
  ) => Promise<boolean>;
}

/** A signature scheme as WebCrypto names it. */
export interface SignatureScheme {
  readonly name: 'RSASSA-PKCS1-v1_5' | 'ECDSA' | 'Ed25519';
  readonly hash?: string;
  readonly namedCurve?: string;
}

/** Reads PEM text and determines which of the certificates signed which. `check` null: no signature is checked. */
export async function readCertificates(text: string, check: SignatureCheck | null): Promise<Reading> {
  const found = readPem(text);
  if (!found.ok) return found;
  const parsed: Parsed[] = [];
  for (const block of found.value.certificates) {
    const one = await parse(block, check);
    if (!one) return { ok: false, issues: [{ kind: 'notCertificate', line: block.line ?? 1 }] };
    if (!parsed.some(({ fingerprint }) => fingerprint === one.fingerprint)) parsed.push(one);
  }
  const certificates = await Promise.all(
    parsed.map(async (one, index) => inWords(one, index, await links(one, parsed, check))),
  );
  return { ok: true, value: { certificates, ignored: found.value.ignored } };
}

interface Parsed {
  readonly asn1: Asn1Certificate;
  /** The bytes that were signed. */
  readonly signed: ArrayBuffer;
  /** The bytes around the signed part conform to the standard; OpenSSL rejects the signature of any other. */
  readonly sealed: boolean;
  readonly fingerprint: string;
  /** Key identifiers: its own and that of its issuer, if present. */
  readonly ownKey: string | null;
  readonly issuerKey: string | null;
}

async function parse({ der }: Block, check: SignatureCheck | null): Promise<Parsed | undefined> {
  try {
    const asn1 = AsnConvert.parse(der, Asn1Certificate);
    const frame = frameOf(der);
    if (!frame) return undefined;
    // Reads every extension now, so that a damaged one is detected here.
    const own = extension(asn1, OID.subjectKeyIdentifier, SubjectKeyIdentifier);
    const issuer = extension(asn1, OID.authorityKeyIdentifier, AuthorityKeyIdentifier)?.keyIdentifier;
    const parsed: Parsed = {
      asn1,
      ...frame,
      // Without a hash function, the bytes themselves identify certificates.
      fingerprint: hex(check ? await check.sha256(new Uint8Array(der)) : new Uint8Array(der).buffer),
      ownKey: own && hex(own.buffer),
      issuerKey: issuer ? hex(issuer.buffer) : null,
    };
    inWords(parsed, 0, []);
    return parsed;
  } catch {
    return undefined;
  }
}

/**
 * A certificate is a sequence of the signed part, the signature algorithm, and the signature; the algorithm is repeated
 * inside the signed part, and must be the same (RFC 5280 4.1.1). Undefined if it is not such a sequence.
 */
function frameOf(der: Uint8Array): Pick<Parsed, 'signed' | 'sealed'> | undefined {
  const [body, algorithm, signature, ...more] = derSequence(derValue(new Uint8Array(der))) ?? [];
  const inner = derSequence(body)?.find(({ tag }) => tag === SEQUENCE);
  if (!body || !inner || algorithm?.tag !== SEQUENCE || signature?.tag !== BIT_STRING || more.length > 0)
    return undefined;
  const [unusedBits] = content(signature);
  return {
    signed: encoded(body).buffer,
    sealed: unusedBits === 0 && hex(encoded(inner).buffer) === hex(encoded(algorithm).buffer),
  };
}

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

function inWords({ asn1, fingerprint }: Parsed, index: number, issuers: readonly Link[]): Certificate {
  const { tbsCertificate: body } = asn1;
  const constraints = extension(asn1, OID.basicConstraints, BasicConstraints);
  const usage = extension(asn1, OID.keyUsage, Asn1KeyUsage);
  const extended = extension(asn1, OID.extendedKeyUsage, ExtendedKeyUsage);
  return {
    index,
    subject: nameText(body.subject),
    issuer: nameText(body.issuer),
    commonName: attributes(body.subject).find(([type]) => type === OID.commonName)?.[1] ?? null,
    alternatives: [...(extension(asn1, OID.subjectAltName, SubjectAlternativeName) ?? [])].flatMap(alternative),
    notBefore: body.validity.notBefore.getTime().getTime(),
    notAfter: body.validity.notAfter.getTime().getTime(),
    key: keyOf(asn1),
    signature: signatureText(asn1.signatureAlgorithm),
    version: body.version + 1,
    constraints: constraints && { authority: constraints.cA, pathLength: constraints.pathLenConstraint ?? null },
    keyUsage: usage && KEY_USAGES.filter((_, bit) => usage.toNumber() & (1 << bit)),
    extendedKeyUsage: extended && [...extended].map((oid) => PURPOSES[oid] ?? oid),
    unknownCritical: (body.extensions ?? [])
      .filter(({ critical, extnID }) => critical && !KNOWN.has(extnID))
      .map(({ extnID }) => extnID),
    nameConstraints: (body.extensions ?? []).some(({ extnID }) => extnID === OID.nameConstraints),
    issuers,
    serial: hex(body.serialNumber),
    fingerprint,
  };
}

const OID = {
  commonName: '2.5.4.3',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  extendedKeyUsage: '2.5.29.37',
  subjectAltName: '2.5.29.17',
  subjectKeyIdentifier: '2.5.29.14',
  authorityKeyIdentifier: '2.5.29.35',
  nameConstraints: '2.5.29.30',
} as const;

/** Extensions that OpenSSL accepts when they are critical (`v3_purp.c`, `X509_supported_extension`). */
const KNOWN = new Set([
  ...[14, 15, 17, 18, 19, 30, 31, 32, 33, 35, 36, 37, 54].map((number) => `2.5.29.${number}`),
  '2.16.840.1.113730.1.1',
  '1.3.6.1.5.5.7.1.7',
  '1.3.6.1.5.5.7.1.8',
  '1.3.6.1.5.5.7.1.14',
]);

const KEY_USAGES: readonly KeyUsage[] = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];

const PURPOSES: Readonly<Record<string, string>> = {
  '2.5.29.37.0': 'any',
  '1.3.6.1.5.5.7.3.1': 'serverAuth',
  '1.3.6.1.5.5.7.3.2': 'clientAuth',
  '1.3.6.1.5.5.7.3.3': 'codeSigning',
  '1.3.6.1.5.5.7.3.4': 'emailProtection',
  '1.3.6.1.5.5.7.3.8': 'timeStamping',
  '1.3.6.1.5.5.7.3.9': 'OCSPSigning',
  '1.3.6.1.4.1.311.10.3.3': 'msSGC',
  '2.16.840.1.113730.4.1': 'nsSGC',
};

type Type<T> = new () => T;

function extension<T>({ tbsCertificate }: Asn1Certificate, oid: string, type: Type<T>): T | null {
  const found = tbsCertificate.extensions?.find(({ extnID }) => extnID === oid);
  return found ? AsnConvert.parse(found.extnValue.buffer, type) : null;
}

const attributes = (name: Name): (readonly [type: string, text: string])[] =>
  [...name].flatMap((part) => [...part].map(({ type, value }) => [type, value.toString()] as const));

const SHORT: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.25': 'DC',
  '0.9.2342.19200300.100.1.1': 'UID',
  '1.2.840.113549.1.9.1': 'emailAddress',
};

const nameText = (name: Name): string =>
  attributes(name)
    .map(([type, text]) => `${SHORT[type] ?? type} = ${text}`)
    .join(', ');

function alternative(name: GeneralName): Certificate['alternatives'][number][] {
  if (name.dNSName !== undefined) return [{ kind: 'dns', text: name.dNSName }];
  if (name.iPAddress === undefined) return [];
  const address = parseAddress(name.iPAddress);
  return [{ kind: 'ip', text: address ? addressText(address) : name.iPAddress }];
}

const CURVES: Readonly<Record<string, readonly [name: string, bits: number]>> = {
  '1.2.840.10045.3.1.1': ['P-192', 192],
  '1.3.132.0.33': ['P-224', 224],
  '1.2.840.10045.3.1.7': ['P-256', 256],
  '1.3.132.0.34': ['P-384', 384],
  '1.3.132.0.35': ['P-521', 521],
  '1.3.132.0.10': ['secp256k1', 256],
};
const RSA = ['1.2.840.113549.1.1.1', '1.2.840.113549.1.1.10'];
const EC = '1.2.840.10045.2.1';
const EDWARDS: Readonly<Record<string, readonly [name: string, bits: number]>> = {
  '1.3.101.112': ['Ed25519', 256],
  '1.3.101.113': ['Ed448', 456],
};

function keyOf({ tbsCertificate }: Asn1Certificate): Key {
  const { algorithm, subjectPublicKey } = tbsCertificate.subjectPublicKeyInfo;
  const oid = algorithm.algorithm;
  if (RSA.includes(oid)) return { algorithm: 'RSA', bits: modulusBits(new Uint8Array(subjectPublicKey)), curve: null };
  if (oid === EC) {
    const [curve = null, bits = null] = CURVES[curveOf(algorithm)] ?? [];
    return { algorithm: 'EC', bits, curve };
  }
  const [name = oid, bits = null] = EDWARDS[oid] ?? [];
  return { algorithm: name, bits, curve: null };
}

/** The parameters of an EC key are the object identifier of its curve. */
const curveOf = ({ parameters }: AlgorithmIdentifier): string =>
  parameters ? identifier(new Uint8Array(parameters)) : '';

/** A DER object identifier as text (X.690 8.19). */
function identifier([tag, , ...bytes]: Uint8Array): string {
  if (tag !== 0x06) return '';
  const numbers: number[] = [];
  let value = 0;
  for (const byte of bytes) {
    value = value * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    numbers.push(value);
    value = 0;
  }
  const [first = 0, ...rest] = numbers;
  return [Math.min(Math.floor(first / 40), 2), first - 40 * Math.min(Math.floor(first / 40), 2), ...rest].join('.');
}

/** RSAPublicKey is a sequence whose first number is the modulus (RFC 8017 A.1.1); null if it cannot be read. */
function modulusBits(key: Uint8Array<ArrayBuffer>): number | null {
  const modulus = derPositive(derSequence(derValue(key))?.[0]);
  return modulus ? modulus.length * 8 - (Math.clz32(modulus[0] ?? 0) - 24) : null;
}

interface Scheme extends Signature {
  /** The WebCrypto name; undefined if WebCrypto does not support it. */
  readonly name?: SignatureScheme['name'];
}

const rsa = (hash: string, short: string): Scheme => ({
  algorithm: `${short}WithRSAEncryption`,
  hash,
  name: 'RSASSA-PKCS1-v1_5',
});
const ecdsa = (hash: string): Scheme => ({ algorithm: `ecdsa-with-${hash.replace('-', '')}`, hash, name: 'ECDSA' });

const SCHEMES: Readonly<Record<string, Scheme>> = {
  '1.2.840.113549.1.1.4': { algorithm: 'md5WithRSAEncryption', hash: 'MD5' },
  '1.2.840.113549.1.1.5': rsa('SHA-1', 'sha1'),
  '1.2.840.113549.1.1.14': { algorithm: 'sha224WithRSAEncryption', hash: 'SHA-224' },
  '1.2.840.113549.1.1.11': rsa('SHA-256', 'sha256'),
  '1.2.840.113549.1.1.12': rsa('SHA-384', 'sha384'),
  '1.2.840.113549.1.1.13': rsa('SHA-512', 'sha512'),
  '1.2.840.113549.1.1.10': { algorithm: 'rsassaPss', hash: null },
  '1.2.840.10045.4.1': ecdsa('SHA-1'),
  '1.2.840.10045.4.3.1': { algorithm: 'ecdsa-with-SHA224', hash: 'SHA-224' },
  '1.2.840.10045.4.3.2': ecdsa('SHA-256'),
  '1.2.840.10045.4.3.3': ecdsa('SHA-384'),
  '1.2.840.10045.4.3.4': ecdsa('SHA-512'),
  '1.3.101.112': { algorithm: 'ED25519', hash: null, name: 'Ed25519' },
  '1.3.101.113': { algorithm: 'ED448', hash: null },
};

function signatureText({ algorithm }: AlgorithmIdentifier): Signature {
  const scheme = SCHEMES[algorithm];
  return { algorithm: scheme?.algorithm ?? algorithm, hash: scheme?.hash ?? null };
}

/** The certificates that may have signed it, by name and key identifier, and whether the signature is valid. */
async function links(one: Parsed, all: readonly Parsed[], check: SignatureCheck | null): Promise<Link[]> {
  const found: Link[] = [];
  for (const [index, issuer] of all.entries()) {
    if (mayHaveSigned(issuer, one)) found.push({ index, signature: await signature(one, issuer, check) });
  }
  return found;
}

function mayHaveSigned(issuer: Parsed, one: Parsed): boolean {
  const subject = nameText(issuer.asn1.tbsCertificate.subject);
  if (subject.toLowerCase() !== nameText(one.asn1.tbsCertificate.issuer).toLowerCase()) return false;
  return one.issuerKey === null || issuer.ownKey === null || one.issuerKey === issuer.ownKey;
}

async function signature(
  { asn1, signed, sealed }: Parsed,
  { asn1: issuer }: Parsed,
  check: SignatureCheck | null,
): Promise<Link['signature']> {
  if (!sealed) return 'invalid';
  const { name, hash } = SCHEMES[asn1.signatureAlgorithm.algorithm] ?? {};
  const info = issuer.tbsCertificate.subjectPublicKeyInfo;
  const { algorithm, bits, curve } = keyOf(issuer);
  if (!check || !name || (name === 'ECDSA' && !curve)) return 'unchecked';
  try {
    const bytes = name === 'ECDSA' ? plainEcdsa(asn1.signatureValue, Math.ceil((bits ?? 0) / 8)) : asn1.signatureValue;
    if (!bytes) return 'invalid';
    const scheme = { name, ...(hash ? { hash } : {}), ...(curve ? { namedCurve: curve } : {}) };
    return (await check.verify(scheme, AsnConvert.serialize(info), bytes, signed)) ? 'valid' : 'invalid';
  } catch {
    // A key of another kind than the signature does not match; a curve that the browser does not support proves
    // nothing.
    const other = { 'RSASSA-PKCS1-v1_5': 'RSA', ECDSA: 'EC', Ed25519: 'Ed25519' }[name] !== algorithm;
    return other ? 'invalid' : 'unchecked';
  }
}

/**
 * WebCrypto expects r and s concatenated; X.509 has them as a sequence of two numbers (RFC 3279 2.2.3). Undefined if
 * they are not in their single DER form: OpenSSL re-encodes what it read and compares (`ossl_ecdsa_verify`).
 */
function plainEcdsa(der: ArrayBuffer, size: number): ArrayBuffer | undefined {
  const whole = derValue(new Uint8Array(der));
  const numbers = (derSequence(whole) ?? []).map(derPositive);
  if (whole?.end !== der.byteLength || numbers.length !== 2) return undefined;
  const plain = new Uint8Array(2 * size);
  for (const [half, number] of numbers.entries()) {
    if (!number || number.length > size) return undefined;
    plain.set(number, (half + 1) * size - number.length);
  }
  return plain.buffer;
}
