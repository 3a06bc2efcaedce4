import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** Texts that must be written byte for byte, by the name of the reviewed file. */
export type Golden = Readonly<Record<string, string>>;

const writing = process.env.POSTERN_GOLDEN === 'write';

/**
 * For a language that no program here can parse: each text is compared byte by byte with the reviewed file of its name
 * in `golden/<folder>`, and the folder holds no other. A missing file is a failure; only the command in the message
 * writes it, and the difference is then reviewed like any other.
 */
export function areGolden(folder: string, test: string, golden: Golden): void {
  const place = new URL(`golden/${folder}/`, import.meta.url);
  const update = `If the change is meant: POSTERN_GOLDEN=write npx vitest run --config e2e/server/vitest.config.ts e2e/server/tools/${test}, then review the difference.`;
  if (writing) {
    if (process.env.CI) throw new Error('Golden files are written by a person who reviews them, not by CI.');
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place, { recursive: true });
    for (const [name, text] of Object.entries(golden)) writeFileSync(new URL(name, place), text);
  }
  const there = () => readdirSync(place).sort();
  it.each(Object.keys(golden))(`${folder}/%s is written byte for byte as reviewed`, (name) => {
    expect(there(), `There is no reviewed ${folder}/${name}. ${update}`).toContain(name);
    expect(readFileSync(new URL(name, place), 'utf8'), update).toBe(golden[name]);
  });
  it(`every reviewed file of ${folder} is written by some plan`, () => {
    expect(there(), update).toEqual(Object.keys(golden).sort());
  });
}
