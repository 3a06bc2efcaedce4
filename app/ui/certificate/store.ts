import { create } from 'zustand';
import type { InputProblem } from '../../core/index.ts';
import { CERTIFICATE_LIMITS } from '../../core/index.ts';
import type { Reading } from '../../worker/certificates.ts';
import { core } from '../../worker/client.ts';

interface Given {
  /** The PEM text. It lives as long as the page and is kept nowhere else; a private key never gets here. */
  readonly text: string;
  readonly reading: Reading | null;
  /** When it was read: what the dates are judged by, milliseconds since 1970. */
  readonly now: number;
  readonly busy: boolean;
  /** For which machine of the plan each server's certificate is, where the user chose one; by its place. */
  readonly chosen: Readonly<Record<number, string>>;
}

const nothing: Given = { text: '', reading: null, now: 0, busy: false, chosen: {} };

export const useGiven = create<Given>(() => nothing);

/** Takes text in place of what was there. */
export async function give(text: string): Promise<void> {
  if (text.trim() === '') {
    useGiven.setState(nothing);
    return;
  }
  // The key is neither shown nor kept; what was there before stays in the field.
  if (/PRIVATE KEY/.test(text)) {
    refuse({ kind: 'privateKey' });
    return;
  }
  if (text.length > CERTIFICATE_LIMITS.bytes) {
    refuse({ kind: 'tooLong', bytes: text.length });
    return;
  }
  useGiven.setState({ text, busy: true, chosen: {} });
  const reading = await core.readCertificates(text).catch((): Reading => ({ ok: false, problem: { kind: 'nothing' } }));
  if (useGiven.getState().text === text) useGiven.setState({ reading, busy: false, now: Date.now() });
}

const refuse = (problem: InputProblem): void => useGiven.setState({ reading: { ok: false, problem }, busy: false });

/** Adds files to what is there: the certificate, its intermediates and its root often lie in several. */
export async function giveFiles(files: readonly File[]): Promise<void> {
  let text = useGiven.getState().text.trimEnd();
  useGiven.setState({ busy: true });
  for (const file of files) {
    if (file.size > CERTIFICATE_LIMITS.bytes) return refuse({ kind: 'tooLong', bytes: file.size });
    const opened = await core.textOfFile(new Uint8Array(await file.arrayBuffer()));
    if (!opened.ok) return refuse(opened.problem);
    text = text === '' ? opened.text : `${text}\n${opened.text}`;
  }
  await give(text);
}

export const chooseMachine = (certificate: number, machine: string): void =>
  useGiven.setState(({ chosen }) => ({ chosen: { ...chosen, [certificate]: machine } }));
