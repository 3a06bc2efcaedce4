/**
 * A PostgreSQL advanced regular expression (manual 9.7.3) as a JavaScript one; undefined for what JavaScript cannot say.
 * Only whether it matches is asked, so greediness plays no part.
 */
export function expressionOf(source: string): RegExp | undefined {
  if (source.startsWith('***=')) return new RegExp(source.slice(4).replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'u');
  const options = /^(?:\*\*\*:)?(?:\(\?([a-z]+)\))?/.exec(source);
  const flags = options?.[1] ?? '';
  if (/[^ics]/.test(flags)) return undefined;
  const body = source.slice(options?.[0].length ?? 0);
  const words: readonly (readonly [RegExp, string])[] = [
    [/\[\[:<:\]\]|\\m/g, '(?<!\\w)(?=\\w)'],
    [/\[\[:>:\]\]|\\M/g, '(?<=\\w)(?!\\w)'],
    [/\[:alpha:\]/g, 'A-Za-z'],
    [/\[:digit:\]/g, '0-9'],
    [/\[:alnum:\]/g, 'A-Za-z0-9'],
    [/\[:upper:\]/g, 'A-Z'],
    [/\[:lower:\]/g, 'a-z'],
    [/\[:space:\]/g, '\\s'],
    [/\[:xdigit:\]/g, 'A-Fa-f0-9'],
    [/\\y/g, '\\b'],
    [/\\Y/g, '\\B'],
    [/\\A/g, '^'],
    [/\\Z/g, '$'],
  ];
  const translated = words.reduce((text, [pattern, word]) => text.replace(pattern, () => word), body);
  try {
    return new RegExp(translated, flags.includes('i') ? 'si' : 's');
  } catch {
    return undefined;
  }
}
