import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const built = join(import.meta.dirname, '../../dist');

/** What the build splits the page into. */
export interface Chunks {
  /** Parts that load when they are first needed, by name, each with the chunks that load with it. */
  readonly parts: ReadonlyMap<string, ReadonlySet<string>>;
  /** Files that the page needs before it shows anything. */
  readonly first: ReadonlySet<string>;
}

const nameOf = (chunk: string): string => chunk.replace(/-[\w-]{8}\.js$/, '');

/** Reads the build: nothing is loaded lazily that is missing here. */
export function chunks(): Chunks {
  // Playwright also lists tests before a build exists.
  if (!existsSync(built)) return { parts: new Map(), first: new Set() };
  const assets = join(built, 'assets');
  const text = new Map(
    readdirSync(assets)
      .filter((name) => name.endsWith('.js'))
      .map((name) => [name, readFileSync(join(assets, name), 'utf8')]),
  );
  const named = (from: string, pattern: RegExp) =>
    [...from.matchAll(pattern)].map(([, name = '']) => name).filter((name) => text.has(name));
  const follow = (start: readonly string[]): Set<string> => {
    const found = new Set<string>();
    for (const queue = [...start]; queue.length > 0; ) {
      const chunk = queue.pop() ?? '';
      if (found.has(chunk)) continue;
      found.add(chunk);
      queue.push(...named(text.get(chunk) ?? '', /(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g));
    }
    return found;
  };
  const html = readFileSync(join(built, 'index.html'), 'utf8');
  const first = follow(named(html, /assets\/([\w.-]+\.js)/g));
  const parts = new Map<string, Set<string>>();
  for (const queue = [...first].map((chunk) => ({ chunk, loaded: first })); queue.length > 0; ) {
    const { chunk, loaded } = queue.pop() ?? { chunk: '', loaded: first };
    for (const part of named(text.get(chunk) ?? '', /import\(\s*["'`]\.\/([\w.-]+\.js)["'`]\s*\)/g)) {
      // Files loaded by the part that requests it are already available by then.
      const needs = new Set([...follow([part])].filter((one) => !loaded.has(one)));
      const known = parts.get(nameOf(part));
      if (known && known.size <= needs.size) continue;
      parts.set(nameOf(part), needs);
      for (const need of needs) queue.push({ chunk: need, loaded: new Set([...loaded, ...needs]) });
    }
  }
  return { parts, first };
}
