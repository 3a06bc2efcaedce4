import { type Sh, shWord } from './sh.ts';

/**
 * The comment of a ufw rule as one shell word. ufw refuses a single quote in it (ufw 0.36, `parser.py`), so a
 * letter apostrophe stands in its place; the text after our own first word is shown, never compared.
 */
export const ufwComment = (text: string): Sh => shWord(text.replaceAll("'", '\u02bc'));
