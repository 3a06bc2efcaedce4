import type { I18n } from '@lingui/core';
import { shownBytes } from '../../../core/index.ts';

export type Values = Readonly<Record<string, string | number>>;

/** Lingui would interpret `\x41` in a value as an escape. No text contains this character. */
const BACKSLASH = '\udc00';

/** A sentence of the catalogue with its values unchanged; bytes that are not UTF-8 are written out. */
export function sentence(i18n: I18n, id: string, values: Values = {}): string {
  const given = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.replaceAll('\\', BACKSLASH) : value,
  ]);
  return shownBytes(i18n._(id, Object.fromEntries(given)).replaceAll(BACKSLASH, '\\'));
}
