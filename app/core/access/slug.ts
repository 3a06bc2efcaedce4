/**
 * Names as parts of file names: lower-case letters, digits, dots and hyphens, unique in the list also where case does
 * not count. A name that says nothing in those letters becomes `n` and its number.
 */
export function slugs(names: readonly string[]): string[] {
  const taken = new Set<string>();
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
    for (let count = 2; taken.has(slug); count++) slug = `${base}-${count}`;
    taken.add(slug);
    return slug;
  });
}

/**
 * A name's own slug, whatever other names there are: a key that was made under it must never pass to another name because
 * the plan changed. A name that loses something as a slug gets a hash of the whole name.
 */
export function stableSlug(name: string): string {
  const [slug = ''] = slugs([name]);
  return slug === name ? name : `${slug}-${hash(name)}`;
}

/** FNV-1a over UTF-16 units, 32 bits. It tells names apart; it protects nothing. */
function hash(text: string): string {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  return (state >>> 0).toString(16).padStart(8, '0');
}
