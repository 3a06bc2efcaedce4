/**
 * How typed or pasted text is split into entries: names may contain blanks when they are typed, lines always, addresses
 * never.
 */
export type Separation = 'addresses' | 'names' | 'lines';

/** The entries of pasted text, in order, each once, without those that already exist. */
export function splitPasted(text: string, present: readonly string[], separation: Separation): string[] {
  const entries = text.split(marks(text, separation)).map((entry) => unquoted(entry.trim()));
  return [...new Set(entries)].filter((entry) => entry !== '' && !present.includes(entry));
}

function marks(text: string, separation: Separation): RegExp {
  if (separation === 'addresses') return /[\s,;]+/;
  if (separation === 'lines') return /[\r\n]+/;
  return text.includes('\n') || text.includes(',') ? /[,;\r\n\t]+/ : /\s+/;
}

/** Lists in scripts and configuration files have quotes around each entry. */
function unquoted(entry: string): string {
  const quoted = /^(["'])(.*)\1$/.exec(entry);
  return quoted?.[2] ?? entry;
}

/** Whether pasted text is more than one entry. */
export const isMany = (text: string, separation: Separation): boolean => splitPasted(text, [], separation).length > 1;

/** Whether a key ends an entry while it is typed. */
export const endsEntry = (key: string, separation: Separation): boolean =>
  key === 'Enter' || (separation === 'addresses' && (key === ',' || key === ' ' || key === ';'));
