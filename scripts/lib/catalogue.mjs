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

/** Defaults that depend on how a server was built, not on its major. */
const OF_THE_BUILD = new Set(['krb_server_keyfile', 'unix_socket_directories']);

/**
 * The defaults that differ between majors, as rows `[name, unit, [first major, default], …]`: a setting has each default
 * until the major of the next one.
 */
export function compactDefaults(catalogues) {
  const rows = new Map();
  for (const major of Object.keys(catalogues).map(Number)) {
    for (const { name, unit, context, default: text, type, now } of catalogues[major]) {
      if (type === 'unshown' || now || context === 'internal' || OF_THE_BUILD.has(name)) continue;
      const row = rows.get(name) ?? [name, unit];
      if (row.length === 2 || row.at(-1)[1] !== text) row.push([major, text]);
      rows.set(name, row);
    }
  }
  return [...rows.values()].filter((row) => row.length > 3).sort((a, b) => (a[0] < b[0] ? -1 : 1));
}
