import { readCertificates, type SignatureCheck, textOfFile } from '../core/certificate/read-x509.ts';
import {
  type Certificate,
  type CertificateMachine,
  defaultPlan,
  deriveAccess,
  type Judgement,
  judgeCertificates,
  machines,
  type OwnCertificates,
  ownCertificates,
  type Plan,
} from '../core/index.ts';

export { textOfFile };

/**
 * Pages that are not served over https have no WebCrypto; Postern still reads certificates, but checks no signature.
 */
const subtle: SubtleCrypto | undefined = globalThis.crypto.subtle;

const webCrypto: SignatureCheck | null = subtle
  ? {
      sha256: (bytes) => subtle.digest('SHA-256', bytes),
      async verify(scheme, key, signature, signed) {
        const imported = await subtle.importKey('spki', key, scheme, false, ['verify']);
        return subtle.verify(scheme, imported, signature, signed);
      },
    }
  : null;

/** Reads PEM text and determines which of the certificates signed which. */
export const read = (text: string) => readCertificates(text, webCrypto);

/** How the plan's clients evaluate the certificates that were read, and what the plan's own CA would issue. */
export interface Judged extends Judgement {
  readonly machines: readonly CertificateMachine[];
  readonly own: OwnCertificates | null;
}

/** Without a plan nobody is known to verify a certificate. */
const NOBODY: Plan = { ...defaultPlan('direct'), clients: [] };

export function judge(
  plan: Plan | null,
  certificates: readonly Certificate[],
  now: number,
  chosen: Readonly<Record<number, string>>,
): Judged {
  const model = deriveAccess(plan ?? NOBODY);
  return {
    ...judgeCertificates(model, certificates, now, chosen),
    machines: machines(model),
    own: plan && ownCertificates(model),
  };
}
