/** What a text or file holds: certificates as DER, or why it is not taken. */
export type Found =
  | { readonly ok: true; readonly certificates: readonly Block[]; readonly ignored: readonly string[] }
  | { readonly ok: false; readonly problem: InputProblem };

export interface Block {
  readonly der: Uint8Array;
  /** The line on which it begins, from 1; null for a binary file. */
  readonly line: number | null;
}

/** Why nothing was read. `line` is from 1. */
export type InputProblem =
  | { readonly kind: 'empty' | 'privateKey' | 'keyStore' | 'nothing' }
  | { readonly kind: 'tooLong'; readonly bytes: number }
  | { readonly kind: 'tooMany'; readonly count: number }
  | { readonly kind: 'noEnd' | 'noBegin' | 'noBase64' | 'notCertificate'; readonly line: number };

/** The most that is read. */
export const CERTIFICATE_LIMITS = { bytes: 1024 * 1024, certificates: 50 } as const;

/** Reads bytes of a file: PEM text, or one certificate as DER. */
export function readFile(bytes: Uint8Array): Found {
  if (bytes.length > CERTIFICATE_LIMITS.bytes) return refused({ kind: 'tooLong', bytes: bytes.length });
  if (bytes[0] !== SEQUENCE) return readPem(latin(bytes));
  const length = wholeLength(bytes);
  if (length?.whole !== bytes.length) return refused({ kind: 'nothing' });
  // PKCS 12 begins with its version, 3, and a private key with 0 or 1; a certificate begins with another sequence.
  const head = length.whole - length.content;
  if (bytes[head] === INTEGER) return refused({ kind: bytes[head + 2] === 3 ? 'keyStore' : 'privateKey' });
  return { ok: true, certificates: [{ der: bytes, line: null }], ignored: [] };
}

const SEQUENCE = 0x30;
const INTEGER = 0x02;

/** Lengths of one DER value: with its head, and without. */
function wholeLength(bytes: Uint8Array): { readonly whole: number; readonly content: number } | undefined {
  const [, first = 0] = bytes;
  if (first < 0x80) return { whole: 2 + first, content: first };
  const count = first - 0x80;
  if (count < 1 || count > 3) return undefined;
  const content = bytes.slice(2, 2 + count).reduce((sum, byte) => sum * 256 + byte, 0);
  return { whole: 2 + count + content, content };
}

/** Every byte as the character of that number: PEM is ASCII, and what stands around it does not matter. */
const latin = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
};

const BEGIN = /^-----BEGIN ([A-Z0-9 ]+)-----\s*$/;
const END = /^-----END ([A-Z0-9 ]+)-----\s*$/;
const CERTIFICATES = ['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE'];

/** Reads the certificates of a PEM text in their order; whatever stands between the blocks is passed over. */
export function readPem(text: string): Found {
  if (text.length > CERTIFICATE_LIMITS.bytes) return refused({ kind: 'tooLong', bytes: text.length });
  if (text.trim() === '') return refused({ kind: 'empty' });
  // Before anything else: no part of a private key is looked at, wherever it stands and however damaged it is.
  if (/PRIVATE KEY/.test(text)) return refused({ kind: 'privateKey' });
  const certificates: Block[] = [];
  const ignored: string[] = [];
  let open: { readonly label: string; readonly line: number; readonly body: string[] } | null = null;
  for (const [at, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = at + 1;
    const trimmed = raw.trim();
    const begin = BEGIN.exec(trimmed)?.[1];
    const end = END.exec(trimmed)?.[1];
    if (begin !== undefined) {
      if (open) return refused({ kind: 'noEnd', line: open.line });
      open = { label: begin, line, body: [] };
    } else if (end !== undefined) {
      if (open?.label !== end) return refused(open ? { kind: 'noEnd', line: open.line } : { kind: 'noBegin', line });
      if (!CERTIFICATES.includes(end)) ignored.push(end);
      else {
        const der = fromBase64(open.body.join(''));
        if (!der) return refused({ kind: 'noBase64', line: open.line });
        const length = wholeLength(der);
        // `openssl x509 -trustout` writes its own data after the certificate.
        if (der[0] !== SEQUENCE || !length || length.whole > der.length)
          return refused({ kind: 'notCertificate', line: open.line });
        certificates.push({ der: der.slice(0, length.whole), line: open.line });
      }
      open = null;
    } else if (open) {
      if (!/^[A-Za-z0-9+/=]*$/.test(trimmed)) return refused({ kind: 'noBase64', line });
      open.body.push(trimmed);
    }
  }
  if (open) return refused({ kind: 'noEnd', line: open.line });
  if (certificates.length === 0) return refused({ kind: 'nothing' });
  if (certificates.length > CERTIFICATE_LIMITS.certificates)
    return refused({ kind: 'tooMany', count: certificates.length });
  return { ok: true, certificates, ignored: [...new Set(ignored)] };
}

const refused = (problem: InputProblem): Found => ({ ok: false, problem });

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Map([...ALPHABET].map((letter, value) => [letter, value]));

/** Base64 with its padding (RFC 4648 4); undefined where it is not whole. */
function fromBase64(text: string): Uint8Array | undefined {
  const padding = /={0,2}$/.exec(text)?.[0].length ?? 0;
  const letters = text.slice(0, text.length - padding);
  if (text.length === 0 || text.length % 4 !== 0 || letters.includes('=')) return undefined;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const letter of letters) {
    bits = ((bits << 6) | (VALUES.get(letter) ?? 0)) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[at++] = (bits >> held) & 0xff;
    }
  }
  return bytes;
}

/** The certificates of a file as PEM text, so that every way of giving them leads to the same text. */
export const toPem = (certificates: readonly Block[]): string =>
  certificates
    .map(
      ({ der }) =>
        `-----BEGIN CERTIFICATE-----\n${toBase64(der).replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    )
    .join('');

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.subarray(at, at + 3);
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    const letters = [18, 12, 6, 0].map((shift) => ALPHABET[(bits >> shift) & 63]);
    text += letters.map((letter, place) => (place > 1 && [b, c][place - 2] === undefined ? '=' : letter)).join('');
  }
  return text;
}
