const CONVERSION = /%(?:(\d+)\$)?[-+ #0-9.*]*(?:hh|h|ll|l|z|j|t)?([a-zA-Z%])/g;

/**
 * A printf format with its arguments as `%1`, `%2` … and `%%` as `%`. The system's error, `%m`, is no argument, and here
 * it's the one after the last.
 */
export function numbered(format) {
  const last = [...format.matchAll(CONVERSION)].filter(([, , type]) => type !== '%' && type !== 'm').length;
  let next = 0;
  return format.replace(CONVERSION, (_, position, type) => {
    if (type === '%') return '%';
    return `%${type === 'm' ? last + 1 : (position ?? ++next)}`;
  });
}

/** A pattern of Java's MessageFormat, where a doubled quote is one and text in quotes is literal, in the same form. */
export const numberedFormat = (pattern) =>
  pattern
    .replace(/''|'([^']*)'/g, (quoted, text) => (quoted === "''" ? "'" : text))
    .replace(/\{(\d+)\}/g, (_, index) => `%${Number(index) + 1}`);
