import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toPem } from './pem.ts';
import { readCertificates as readWith, type SignatureCheck, textOfFile } from './read-x509.ts';

const { subtle } = globalThis.crypto;
const webCrypto: SignatureCheck = {
  sha256: (bytes) => subtle.digest('SHA-256', bytes),
  verify: async (scheme, key, signature, signed) =>
    subtle.verify(scheme, await subtle.importKey('spki', key, scheme, false, ['verify']), signature, signed),
};
const readCertificates = (text: string) => readWith(text, webCrypto);

/** A root and a certificate it signed, made with openssl to be valid for a century. */
const root = `-----BEGIN CERTIFICATE-----
MIIBkTCCATegAwIBAgIUIhleMREZuhewPboth2S+FkOK9lgwCgYIKoZIzj0EAwIw
JDEiMCAGA1UEAwwZUG9zdGVybiBDQSBkYi5leGFtcGxlLmNvbTAgFw0yNjAxMDEw
MDAwMDBaGA8yMTI1MDEwMTAwMDAwMFowJDEiMCAGA1UEAwwZUG9zdGVybiBDQSBk
Yi5leGFtcGxlLmNvbTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABGmPJO08Hy4Z
I2fxeOPFzW+argTZD2rFgNj6ldTNAX4rQfMxxaLeAQKUyj8Bp0Ut07SrUrrecdW3
Uwvhq7o+uYejRTBDMBIGA1UdEwEB/wQIMAYBAf8CAQAwDgYDVR0PAQH/BAQDAgEG
MB0GA1UdDgQWBBTm7+2mgTbMW1pGCaDuZ1X+jTWphTAKBggqhkjOPQQDAgNIADBF
AiBNTkjMZ3vJy24hMK/Z7elEH3CdUClHGoNEhAxx5Tg70AIhAI+IWh47gKVs3hrF
t0iFu8L7saoFN46BcpY+b+1NUuMJ
-----END CERTIFICATE-----
`;
const server = `-----BEGIN CERTIFICATE-----
MIIB2jCCAX+gAwIBAgIUJYUsvFYCSdWrrGnFtoKsKMR9vZswCgYIKoZIzj0EAwIw
JDEiMCAGA1UEAwwZUG9zdGVybiBDQSBkYi5leGFtcGxlLmNvbTAgFw0yNjAxMDEw
MDAwMDBaGA8yMTI1MDEwMTAwMDAwMFowGTEXMBUGA1UEAwwOZGIuZXhhbXBsZS5j
b20wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQe0TV08xBjF0yI8JCbjYwLZ3W9
wwECLEJ7s4KjSk6jeefq/RlMe9jv7F3yRnzgV1A4IhHe2Bql1lZgVMa5MW9co4GX
MIGUMAwGA1UdEwEB/wQCMAAwDgYDVR0PAQH/BAQDAgeAMBMGA1UdJQQMMAoGCCsG
AQUFBwMBMB0GA1UdDgQWBBTW0t8r3ndIknObe+iInUbCr/2RsDAfBgNVHSMEGDAW
gBTm7+2mgTbMW1pGCaDuZ1X+jTWphTAfBgNVHREEGDAWgg5kYi5leGFtcGxlLmNv
bYcEywBxCjAKBggqhkjOPQQDAgNJADBGAiEAsD7EtSyIJ2bwp2T0THz8fPlNhvAO
B2h1zPBDFltxOGoCIQCom+GGxE7/4j/YfDTno6J2XZjDBnLFLKbgBQQAjsWZHQ==
-----END CERTIFICATE-----
`;

const der = (pem: string) =>
  Uint8Array.from(atob(pem.replace(/-----.*-----|\s/g, '')), (letter) => letter.charCodeAt(0));

describe('reading certificates', () => {
  it('finds names, dates, key, use and issuer', async () => {
    expect(await readCertificates(server + root)).toMatchObject({
      ok: true,
      value: {
        certificates: [
          {
            subject: 'CN = db.example.com',
            issuer: 'CN = Postern CA db.example.com',
            commonName: 'db.example.com',
            alternatives: [
              { kind: 'dns', text: 'db.example.com' },
              { kind: 'ip', text: '203.0.113.10' },
            ],
            notBefore: Date.UTC(2026, 0, 1),
            notAfter: Date.UTC(2125, 0, 1),
            key: { algorithm: 'EC', bits: 256, curve: 'P-256' },
            signature: { algorithm: 'ecdsa-with-SHA256', hash: 'SHA-256' },
            constraints: { authority: false, pathLength: null },
            keyUsage: ['digitalSignature'],
            extendedKeyUsage: ['serverAuth'],
            issuers: [{ index: 1, signature: 'valid' }],
          },
          { constraints: { authority: true, pathLength: 0 }, issuers: [{ index: 1, signature: 'valid' }] },
        ],
      },
    });
  });

  it('counts a duplicate once', async () => {
    const reading = await readCertificates(server + root + server);
    expect(reading.ok && reading.value.certificates.length).toBe(2);
  });

  it('turns a binary file into the same text', () => {
    expect(textOfFile(der(server))).toEqual({ ok: true, value: `${server.trim()}\n` });
  });

  const whole = der(server);
  const damage = async (at: number, change: number): Promise<string> => {
    const damaged = whole.map((byte, index) => (index === at ? byte ^ change : byte));
    const reading = await readCertificates(toPem([{ der: damaged, line: null }]) + root);
    if (!reading.ok) return reading.issues[0]?.kind ?? '';
    return reading.value.certificates[0]?.issuers.map(({ signature }) => signature).join() ?? '';
  };
  const NOT_SIGNED = /^(notCertificate|tooLong|invalid|unchecked|)$/;

  it('reports damage of every kind, and never accepts a modified certificate as signed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        expect(await damage(at, change)).toMatch(NOT_SIGNED);
      }),
    );
  });

  it('does not accept a changed bit outside the signed part either, as OpenSSL does not', async () => {
    // The signed part ends where the second occurrence of its algorithm begins.
    const outside = 391;
    expect([...whole.slice(outside, outside + 4)]).toEqual([0x30, 10, 0x06, 8]);
    const seen = new Set<string>();
    for (let at = outside; at < whole.length; at += 1) {
      for (let bit = 0; bit < 8; bit += 1) {
        const said = await damage(at, 1 << bit);
        expect(said, `bit ${bit} of byte ${at}`).toMatch(NOT_SIGNED);
        seen.add(said);
      }
    }
    expect([...seen].sort()).toEqual(['invalid', 'notCertificate']);
    // A redundant zero before a number, and a negative number: the same r and s for a lenient reader.
    expect(await damage(443, 1)).toBe('invalid');
    expect(await damage(410, 1)).toBe('invalid');
  });
});
