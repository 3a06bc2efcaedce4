import type { Draft } from './draft.ts';

const isV6 = (text: string): boolean => text.includes(':');

/** The networks that RFC 5737 and RFC 3849 reserve for documentation: they are examples wherever they are. */
const isExample = (text: string): boolean => /^(192\.0\.2|198\.51\.100|203\.0\.113)\.|^2001:0?db8:/i.test(text);

/**
 * A draft whose server has lost its last address of a family, compared with the draft before, without the example sources
 * of that family. While addresses are only added, nothing is dropped.
 */
export function withoutUnusedExamples(draft: Draft, before: Draft): Draft {
  const has = ({ server }: Draft, v6: boolean) =>
    Object.values(server.addresses).some((addresses) => addresses.some((address) => isV6(address) === v6));
  const lost = [true, false].filter((v6) => has(before, v6) && !has(draft, v6) && has(draft, !v6));
  if (lost.length === 0) return draft;
  const isKept = (source: string) => !isExample(source) || !lost.includes(isV6(source));
  const kept = <Entry extends { readonly sources: string[] }>(entries: Entry[]): Entry[] =>
    entries.map((entry) => (entry.sources.every(isKept) ? entry : { ...entry, sources: entry.sources.filter(isKept) }));
  return {
    ...draft,
    clients: kept(draft.clients),
    administration: { ...draft.administration, people: kept(draft.administration.people) },
  };
}
