import { fileURLToPath } from 'node:url';
import { bindBinaries } from './binaries.ts';
import { clearLoopback } from './loopback.ts';
import { inNamespace, outsideReason } from './namespace.ts';
import { makePlaces } from './places.ts';

/** Runs once before the tests, in the namespace that they all share. */
export default function prepare(): void {
  if (!inNamespace) {
    console.warn(`Every test is skipped: ${outsideReason}.`);
    return;
  }
  makePlaces(fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, ''));
  clearLoopback();
  bindBinaries();
}
