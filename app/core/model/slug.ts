/**
 * Names for use in file names: lower-case letters, digits and hyphens, unique in the list on case-insensitive file systems
 * too. A name without letters or digits becomes `n` and its number.
 */
export function slugs(names: readonly string[]): string[] {
  const taken = new Set<string>();
  /** The next number to try for each base; all lower ones are in use. */
  const next = new Map<string, number>();
  return names.map((name, index) => {
    const base =
      name
        .normalize('NFKD')
        .toLowerCase()
        .replace(/\p{M}/gu, '')
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-+|-+$/g, '')
        .slice(0, 40) || `n${index + 1}`;
    let slug = base;
    let count = next.get(base) ?? 2;
    for (; taken.has(slug); count++) slug = `${base}-${count}`;
    next.set(base, count);
    taken.add(slug);
    return slug;
  });
}

/**
 * A slug that depends only on the name, not on the other names: a key file must not be assigned to another name when the
 * plan changes. If the slug differs from the name, a hash of the name is appended.
 */
export function stableSlug(name: string): string {
  const [slug = ''] = slugs([name]);
  return slug === name ? name : `${slug}-${hash(name)}`;
}

/** 32-bit FNV-1a over UTF-16 code units. Not cryptographic. */
function hash(text: string): string {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  return (state >>> 0).toString(16).padStart(8, '0');
}
