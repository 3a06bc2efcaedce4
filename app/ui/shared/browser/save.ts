import { encodeBytes } from '../../../core/index.ts';

/** Downloads bytes with the browser. */
export function saveBytes(name: string, bytes: Uint8Array<ArrayBuffer>, type: string): void {
  save(name, new Blob([bytes], { type }));
}

/** A text as a file. Bytes that are not UTF-8 are restored from the original file. */
export function saveText(name: string, text: string): void {
  save(name, new Blob([encodeBytes(text)], { type: 'text/plain;charset=utf-8' }));
}

function save(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download keeps its own reference to the bytes once it has begun.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
