import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generate } from '../../../app/core/index.ts';
import type { Files } from '../harness/bundle.ts';
import { valid } from '../harness/plans.ts';
import { proveBundle } from '../harness/proof.ts';

/** Set by scripts/prove-archive.mjs. */
const { POSTERN_ARCHIVE: archive, POSTERN_PLAN: json } = process.env;
if (archive === undefined || json === undefined)
  throw new Error('Run this through scripts/prove-archive.mjs ARCHIVE PLAN.json');

const plan = valid(JSON.parse(json), 'the plan of the archive');
const generated = generate(plan).files;

/** An archive may wrap everything in one folder. */
const [first] = readdirSync(archive);
const root = existsSync(join(archive, 'README.md')) || !first ? archive : join(archive, first);

describe('the archive', () => {
  it('contains every file of the bundle, byte for byte, and nothing else', () => {
    const found = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
      statSync(join(root, path)).isFile(),
    );
    expect(found.sort()).toEqual(generated.map(({ path }) => path).sort());
    for (const { path, content } of generated) expect(readFileSync(join(root, path), 'utf8'), path).toBe(content);
  });
});

/** The archive's own bytes; only the target path of each file comes from the core. */
function unpacked(): Files {
  return generated.map(({ path, target, mode }) => ({
    path,
    content: readFileSync(join(root, path), 'utf8'),
    ...(target === undefined ? {} : { target }),
    ...(mode === undefined ? {} : { mode }),
  }));
}

proveBundle('the downloaded archive', plan, unpacked);
