/**
 * The catalogues of all majors as rows `[name, first major, last major, type, context, unit, least, most, words, new
 * name]`: one for each range of majors in which nothing of it changes. The last major is null if that is the newest
 * one, so a new major changes only the rows of what it changes.
 */
export function compactCatalogue(catalogues) {
  const rows = [];
  const open = new Map();
  const majors = Object.keys(catalogues).map(Number);
  for (const major of majors) {
    for (const { name, type, context, unit, min, max, values, unshown, now } of catalogues[major]) {
      const words = values ? [...values, ...(unshown ?? [])].join('|') : null;
      const facts = [type, context ?? null, unit ?? null, min ?? null, max ?? null, words, now ?? null];
      while (facts.at(-1) === null) facts.pop();
      const last = open.get(name);
      if (last && last[2] === major - 1 && JSON.stringify(last.slice(3)) === JSON.stringify(facts)) last[2] = major;
      else {
        const row = [name, major, major, ...facts];
        rows.push(row);
        open.set(name, row);
      }
    }
  }
  const newest = Math.max(...majors);
  return rows
    .map(([name, first, last, ...facts]) => [name, first, last === newest ? null : last, ...facts])
    .sort((a, b) => (a[0] === b[0] ? a[1] - b[1] : a[0] < b[0] ? -1 : 1));
}
