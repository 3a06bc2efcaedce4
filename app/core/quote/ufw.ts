import { type Sh, shWord } from './sh.ts';

/**
 * The comment of a ufw rule. ufw rejects a single quote in it (ufw 0.36, `parser.py`), so a letter apostrophe replaces
 * it; the text after our own first word is shown, never compared.
 */
export const ufwCommentText = (text: string): string => text.replaceAll("'", '\u02bc');

/** The comment of a ufw rule as one shell word. */
export const ufwComment = (text: string): Sh => shWord(ufwCommentText(text));
