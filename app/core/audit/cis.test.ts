import { expect, test } from 'vitest';
import { CIS } from './cis.ts';

test.each(Object.values(CIS))('$title: the URL is that of the benchmark in the title', ({ title, url }) => {
  const [, major, version] = /^CIS PostgreSQL (\d+) Benchmark v([\d.]+),/.exec(title) ?? [];
  const page = `https://www.tenable.com/audits/items/CIS_PostgreSQL_${major}_v${version}_L1_Database.audit:`;
  expect(url.slice(0, page.length)).toBe(page);
  expect(url.slice(page.length)).toMatch(/^[0-9a-f]{32}$/);
});
