import { describe, expect, test } from 'vitest';
import { parseConf } from './conf.ts';

const errors = (text: string, files: Readonly<Record<string, string>> = {}, major = 18) =>
  parseConf(text, { major, files }).problems.map(
    ({ file = 'postgresql.conf', line, error }) => `${file}:${line}: ${error}`,
  );

const recursion = (file: string, line = 1) => `${file}:${line}: configuration file recursion in "DATADIR/${file}"`;

describe('a postgresql.conf that includes itself', () => {
  test.each([11, 14, 15, 18])('is recursion on PostgreSQL %i', (major) => {
    expect(errors("port = 1\ninclude 'postgresql.conf'\n", {}, major)).toEqual([recursion('postgresql.conf', 2)]);
    expect(errors("include_if_exists './postgresql.conf'\n", {}, major)).toEqual([recursion('postgresql.conf')]);
    expect(errors("include 'a.conf'\n", { 'a.conf': "include 'a.conf'\n" }, major)).toEqual([recursion('a.conf')]);
    expect(errors("include_dir 'd'\n", { 'd/a.conf': "include_dir '.'\n" }, major)).toEqual([recursion('d/a.conf')]);
  });

  test('through another file is too deep', () => {
    expect(errors("include 'a.conf'\n", { 'a.conf': "include 'postgresql.conf'\n" })).toEqual([
      'postgresql.conf:1: could not open configuration file "a.conf": maximum nesting depth exceeded',
    ]);
  });

  test('still applies the settings around the line', () => {
    const { settings } = parseConf("port = 1\ninclude 'postgresql.conf'\nport = 2\n", { major: 18 });
    expect(settings.map(({ value }) => value)).toEqual(['1', '2']);
  });

  test('many times over is not read forever', () => {
    const twice = "include 'a.conf'\n".repeat(20);
    const began = performance.now();
    expect(errors(twice, { 'a.conf': "include 'postgresql.conf'\n".repeat(20) }).at(-1)).toContain(
      'too much is included',
    );
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});
