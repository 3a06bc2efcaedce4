import { create } from 'zustand';
import type { Reading } from '../../../core/certificate/read-x509.ts';
import type { InputProblem } from '../../../core/index.ts';
import { CERTIFICATE_LIMITS } from '../../../core/index.ts';
import { core } from '../../../worker/client.ts';
import type { CoreCalls } from '../../../worker/core.worker.ts';
import { failureText } from '../../shared/answers/failure.ts';

interface Certificates {
  /** The PEM text. It lives as long as the page and is never saved; a private key is never stored here. */
  readonly text: string;
  readonly reading: Reading | null;
  /** Why it could not be read, for reasons other than the text, as a sentence. */
  readonly failure: string | null;
  /** Reads the text again. */
  readonly again: () => void;
  /** When it was read, in milliseconds since 1970: the dates are compared with this time. */
  readonly now: number;
  readonly busy: boolean;
  /** The machine of the plan that each server certificate is for, if the user chose one; by certificate index. */
  readonly chosen: Readonly<Record<number, string>>;
}

const nothing: Certificates = {
  text: '',
  reading: null,
  failure: null,
  again: () => undefined,
  now: 0,
  busy: false,
  chosen: {},
};

export const useCertificates = create<Certificates>(() => nothing);

/** Reads a text that replaces the previous one. */
export async function readText(text: string): Promise<void> {
  if (text.trim() === '') {
    useCertificates.setState(nothing);
    return;
  }
  // The key is neither shown nor kept; the previous text stays in the field.
  if (/PRIVATE KEY/.test(text)) {
    refuse({ kind: 'privateKey' });
    return;
  }
  if (text.length > CERTIFICATE_LIMITS.bytes) {
    refuse({ kind: 'tooLong', bytes: text.length });
    return;
  }
  useCertificates.setState({ text, busy: true, failure: null, chosen: {} });
  try {
    const reading = await core((calls) => calls.readCertificates(text));
    if (useCertificates.getState().text === text) useCertificates.setState({ reading, busy: false, now: Date.now() });
  } catch (error) {
    // The previous result belongs to another text.
    if (useCertificates.getState().text === text) fail(error, () => void readText(text));
  }
}

const refuse = (...issues: readonly InputProblem[]): void =>
  useCertificates.setState({ reading: { ok: false, issues }, failure: null, busy: false });

const fail = (error: unknown, again: () => void): void =>
  useCertificates.setState({ reading: null, failure: failureText(error), again, busy: false });

/** Adds files to the text: a certificate, its intermediates and its root are often in separate files. */
export async function addFiles(files: readonly File[]): Promise<void> {
  let text = useCertificates.getState().text.trimEnd();
  useCertificates.setState({ busy: true, failure: null });
  for (const file of files) {
    if (file.size > CERTIFICATE_LIMITS.bytes) return refuse({ kind: 'tooLong', bytes: file.size });
    const opened = await textOf(file).catch((error: unknown) => {
      fail(error, () => void addFiles(files));
      return null;
    });
    if (!opened) return;
    if (!opened.ok) return refuse(...opened.issues);
    text = text === '' ? opened.value : `${text}\n${opened.value}`;
  }
  await readText(text);
}

async function textOf(file: File): ReturnType<CoreCalls['textOfFile']> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return core((calls) => calls.textOfFile(bytes));
}

export const chooseMachine = (certificate: number, machine: string): void =>
  useCertificates.setState(({ chosen }) => ({ chosen: { ...chosen, [certificate]: machine } }));
