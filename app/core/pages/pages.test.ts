import { expect, it } from 'vitest';
import { artifacts } from '../bundle/list.ts';
import { APPLY_PAGE } from '../bundle/rollout/apply/scripts.ts';
import { comparison, PRODUCTS, rumours } from '../database-comparison/comparison.ts';
import { pages } from './list.ts';

const ids = pages.map(({ id }) => id);

it('contains each page once, and a page for every id that a target names', () => {
  expect(new Set(ids).size).toBe(ids.length);
  const named = artifacts.flatMap(({ page }) => (page === undefined ? [] : [page]));
  expect(named.filter((id) => !ids.includes(id))).toEqual([]);
});

it('contains no page that no target names', () => {
  const named = new Set([...artifacts.map(({ page }) => page), APPLY_PAGE]);
  expect(ids.filter((id) => !named.has(id))).toEqual([]);
});

it('states on each page what is done, what is not, how to undo it, and a pitfall with its source', () => {
  for (const page of pages) {
    expect(page.id).toMatch(/^[a-z][a-z0-9-]*$/);
    for (const part of [page.does, page.doesNot, page.undo, page.pitfalls])
      expect(part.length, page.id).toBeGreaterThan(0);
    for (const { source } of page.pitfalls) expect(source.url, page.id).toMatch(/^https:\/\/[a-z]/);
  }
});

it("answers each question of the comparison for every product, with the vendor's documentation", () => {
  const makers = {
    'PostgreSQL 18': 'https://www.postgresql.org/docs/18/',
    'MySQL 8.4': 'https://dev.mysql.com/doc/refman/8.4/en/',
    'SQL Server 2022': 'https://learn.microsoft.com/en-us/sql/',
  };
  for (const { title, cells } of comparison) {
    expect(cells.map(({ product }) => product)).toEqual([...PRODUCTS]);
    for (const { product, text, source } of cells) {
      expect(text.length, `${title}, ${product}`).toBeGreaterThan(40);
      expect(source.url.startsWith(makers[product]), source.url).toBe(true);
    }
  }
  expect(rumours.length).toBeGreaterThan(3);
});
