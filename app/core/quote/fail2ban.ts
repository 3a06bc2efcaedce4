import type { Ini } from './ini.ts';

/**
 * Literal text in an expression of a fail2ban filter. Whatever is not a letter or digit of ASCII is written by its
 * number, so nothing is left for Python's `re`, for fail2ban's `<tags>` or for the `%(…)s` and comments of its files.
 */
export const regexText = (text: string): Ini =>
  [...text]
    .map((one) => (/[A-Za-z0-9]/.test(one) ? one : `\\U${(one.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`))
    .join('') as Ini;
