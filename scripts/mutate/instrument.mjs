/**
 * A source text that contains all its mutants, each inactive until `mutant(id)` is true for it: `a < b` becomes
 * `(mutant(7)?(a <= b):(a < b))`. So one compilation covers every mutant.
 * @param {string} text
 * @param {readonly (import('./mutants.mjs').Mutant & { id: number })[]} mutants
 */
export function instrument(text, mutants) {
  const hosts = Map.groupBy
    ? Map.groupBy(mutants, keyOf)
    : mutants.reduce((map, one) => map.set(keyOf(one), [...(map.get(keyOf(one)) ?? []), one]), new Map());
  const insertions = [...hosts.values()].flatMap((all) => {
    const { start, end, statement } = all[0].host;
    const size = end - start;
    if (statement) {
      const asleep = all.map(({ id }) => `!mutant(${id})`).join('&&');
      return [
        { at: start, opens: true, size, text: `{if(${asleep}){` },
        { at: end, opens: false, size, text: '}}' },
      ];
    }
    const changed = (one) => text.slice(start, one.start) + one.text + text.slice(one.end, end);
    return [
      { at: start, opens: true, size, text: `(${all.map((one) => `mutant(${one.id})?(${changed(one)}):`).join('')}(` },
      { at: end, opens: false, size, text: '))' },
    ];
  });
  // At one position: insertions that end, inner ones first; then those that begin, outer ones first.
  insertions.sort(
    (a, b) => a.at - b.at || Number(a.opens) - Number(b.opens) || (a.opens ? b.size - a.size : a.size - b.size),
  );
  let result = '';
  let done = 0;
  for (const { at, text: inserted } of insertions) {
    result += text.slice(done, at) + inserted;
    done = at;
  }
  return result + text.slice(done);
}

const keyOf = ({ host }) => `${host.start} ${host.end}`;
