import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { findingSources } from './bundle/findings/sources.ts';
import { comparison, rumours } from './database-comparison/comparison.ts';
import { findingMessages } from './messages/english/finding.ts';
import { pages } from './pages/list.ts';
import type { Source } from './source.ts';

/** Each statement of the pages, the comparison and the findings, with its sources. */
const statements: readonly (readonly [statement: string, sources: readonly Source[]])[] = [
  ...pages.flatMap(({ id, does, doesNot, undo, pitfalls }) =>
    [...does, ...doesNot, ...undo, ...pitfalls].map(({ text, source }) => [`${id}: ${text}`, [source]] as const),
  ),
  ...comparison.flatMap(({ id, cells }) =>
    cells.map(({ product, source }) => [`comparison, ${id}: ${product}`, [source]] as const),
  ),
  ...rumours.map(({ said, truth }) => [`comparison: ${said}`, [truth.source]] as const),
  ...Object.entries(findingSources).map(([id, sources]) => [`finding ${id}`, sources] as const),
];

it('names the source of each statement, for a finding by its three sentences', () => {
  expect(statements.length).toBeGreaterThan(350);
  expect(statements.filter(([, sources]) => sources.length === 0).map(([statement]) => statement)).toEqual([]);
  const ids = Object.keys(findingMessages).filter((id) => id.endsWith('.why'));
  expect(ids.filter((id) => !(id.slice('finding.'.length, -'.why'.length) in findingSources))).toEqual([]);
});

it('names tests and files that exist', () => {
  const missing = statements.flatMap(([statement, sources]) =>
    sources.flatMap((source) =>
      'path' in source && !(existsSync(source.path) && /\.test\.ts$/.test(source.path) === (source.kind === 'test'))
        ? [`${source.path}: ${statement}`]
        : [],
    ),
  );
  expect(missing).toEqual([]);
});

it('names documents by a URL that matches their kind', () => {
  const hosts = {
    manual: /^https:\/\/www\.postgresql\.org\/docs\/(current|\d+)\/[a-z0-9-]+\.html$/,
    man: /^https:\/\/(manpages\.debian\.org|manpages\.ubuntu\.com|man\.openbsd\.org|www\.freedesktop\.org|firewalld\.org)\//,
    rfc: /^https:\/\/www\.rfc-editor\.org\/rfc\/rfc\d+#section-[\d.]+$/,
    code: /^https:\/\/github\.com\/postgres\/postgres\/blob\/REL_\d+_STABLE\/src\//,
    vendor: /^https:\/\/[a-z0-9.-]+\//,
  };
  const wrong = statements.flatMap(([statement, sources]) =>
    sources.flatMap((source) =>
      'url' in source && !hosts[source.kind].test(source.url) ? [`${source.url}: ${statement}`] : [],
    ),
  );
  expect(wrong).toEqual([]);
  // A page of the manual has one title, wherever it is cited.
  const titles = new Map<string, Set<string>>();
  for (const source of statements.flatMap(([, sources]) => sources))
    if ('url' in source) titles.set(source.url, (titles.get(source.url) ?? new Set()).add(source.title));
  expect([...titles.values()].filter((names) => names.size > 1).map((names) => [...names])).toEqual([]);
});
