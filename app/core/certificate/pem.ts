import { fromBase64, toBase64 } from '../bytes/base64.ts';
import { decodeBytes } from '../bytes/decode.ts';
import { encodingNotes, inUtf8 } from '../bytes/encoding.ts';
import type { Result } from '../result.ts';

/** The content of a text or file: certificates as DER, or why it is rejected. */
export type Found = Result<
  { readonly certificates: readonly Block[]; readonly ignored: readonly string[] },
  InputProblem
>;

export interface Block {
  readonly der: Uint8Array;
  /** The line where it begins, from 1; null for a binary file. */
  readonly line: number | null;
}

/** Why nothing was read. `line` is from 1. */
export type InputProblem =
  | { readonly kind: 'empty' | 'privateKey' | 'keyStore' | 'nothing' | 'mark' | 'utf16' }
  | { readonly kind: 'tooLong'; readonly bytes: number }
  | { readonly kind: 'tooMany'; readonly count: number }
  | { readonly kind: 'noEnd' | 'noBegin' | 'noBase64' | 'notCertificate'; readonly line: number };

/** Limits on the input. */
export const CERTIFICATE_LIMITS = { bytes: 1024 * 1024, certificates: 50 } as const;

/** Reads bytes of a file: PEM text, or one certificate as DER. */
export function readFile(bytes: Uint8Array): Found {
  if (bytes.length > CERTIFICATE_LIMITS.bytes) return refused({ kind: 'tooLong', bytes: bytes.length });
  if (bytes[0] !== SEQUENCE) return misencoded(bytes) ?? readPem(latin(bytes));
  const length = wholeLength(bytes);
  if (length?.whole !== bytes.length) return refused({ kind: 'nothing' });
  // PKCS 12 begins with its version, 3, and a private key with 0 or 1; a certificate begins with another sequence.
  const head = length.whole - length.content;
  if (bytes[head] === INTEGER) return refused({ kind: bytes[head + 2] === 3 ? 'keyStore' : 'privateKey' });
  return { ok: true, value: { certificates: [{ der: bytes, line: null }], ignored: [] } };
}

/** OpenSSL before 3.0 finds no certificate after a byte order mark, and no version finds one in UTF-16. */
function misencoded(bytes: Uint8Array): Found | undefined {
  const text = decodeBytes(bytes);
  const [note] = encodingNotes(text);
  if (note?.kind !== 'mark' && note?.kind !== 'utf16') return undefined;
  return refused({ kind: PRIVATE_KEY.test(inUtf8(text)) ? 'privateKey' : note.kind });
}

const SEQUENCE = 0x30;
const INTEGER = 0x02;

/** Lengths of one DER value: with its header, and without. */
function wholeLength(bytes: Uint8Array): { readonly whole: number; readonly content: number } | undefined {
  const [, first = 0] = bytes;
  if (first < 0x80) return { whole: 2 + first, content: first };
  const count = first - 0x80;
  if (count < 1 || count > 3) return undefined;
  const content = bytes.slice(2, 2 + count).reduce((sum, byte) => sum * 256 + byte, 0);
  return { whole: 2 + count + content, content };
}

/** Every byte as the character of that number: PEM is ASCII, and the text around it does not matter. */
const latin = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
};

const PRIVATE_KEY = /PRIVATE KEY/;
const BEGIN = /^-----BEGIN ([A-Z0-9 ]+)-----\s*$/;
const END = /^-----END ([A-Z0-9 ]+)-----\s*$/;
const CERTIFICATES = ['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE'];

/** Reads the certificates of a PEM text in order; text between the blocks is ignored. */
export function readPem(text: string): Found {
  if (text.length > CERTIFICATE_LIMITS.bytes) return refused({ kind: 'tooLong', bytes: text.length });
  if (text.trim() === '') return refused({ kind: 'empty' });
  // Checked first: no part of a private key is processed, at any position and even if damaged.
  if (PRIVATE_KEY.test(text)) return refused({ kind: 'privateKey' });
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
        if (!der?.length) return refused({ kind: 'noBase64', line: open.line });
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
  return { ok: true, value: { certificates, ignored: [...new Set(ignored)] } };
}

const refused = (problem: InputProblem): Found => ({ ok: false, issues: [problem] });

/** The certificates of a file as PEM text, so that every kind of input leads to the same text. */
export const toPem = (certificates: readonly Block[]): string =>
  certificates
    .map(
      ({ der }) =>
        `-----BEGIN CERTIFICATE-----\n${toBase64(der).replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    )
    .join('');
