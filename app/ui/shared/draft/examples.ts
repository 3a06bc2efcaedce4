import type { Draft } from './draft.ts';

const isV6 = (text: string): boolean => text.includes(':');

/** The networks that RFC 5737 and RFC 3849 reserve for documentation: they are examples wherever they are. */
const isExample = (text: string): boolean => /^(192\.0\.2|198\.51\.100|203\.0\.113)\.|^2001:0?db8:/i.test(text);

/** The draft without the example sources of a family in which the server has no address. */
export function withoutUnusedExamples(draft: Draft): Draft {
  const own = Object.values(draft.server.addresses).flat();
  const unused = [true, false].filter((v6) => own.length > 0 && !own.some((address) => isV6(address) === v6));
  const isKept = (source: string) => !isExample(source) || !unused.includes(isV6(source));
  const kept = <Entry extends { readonly sources: string[] }>(entries: Entry[]): Entry[] =>
    entries.map((entry) => (entry.sources.every(isKept) ? entry : { ...entry, sources: entry.sources.filter(isKept) }));
  return {
    ...draft,
    clients: kept(draft.clients),
    administration: { ...draft.administration, people: kept(draft.administration.people) },
  };
}
