import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repository } from './lib/repository.mjs';

const run = (...args) => execFileSync(process.execPath, args, { cwd: repository, encoding: 'utf8' });
const tsc = 'node_modules/typescript/bin/tsc';
const examples = readdirSync(join(repository, 'examples')).filter((name) => name.endsWith('.mjs'));
const { exports } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));

describe('the package', () => {
  let folder;
  beforeAll(() => {
    run('scripts/build-package.mjs');
    folder = mkdtempSync(join(repository, 'dist-package/consumer-'));
  }, 600_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has every entry with its types', () => {
    for (const { types, default: module } of Object.values(exports)) {
      expect(existsSync(join(repository, types)), types).toBe(true);
      expect(existsSync(join(repository, module)), module).toBe(true);
    }
  });

  it.each(examples)('the example %s prints the documented output', (name) => {
    const text = readFileSync(join(repository, 'examples', name), 'utf8');
    const expected = [...text.matchAll(/^\/\/ > (.*)\n/gm)].map(([, line]) => line);
    expect(expected.length).toBeGreaterThan(0);
    expect(run(`examples/${name}`).trimEnd().split('\n')).toEqual(expected);
  });

  it("type-checks a user's program, and rejects type errors", () => {
    writeFileSync(
      join(folder, 'user.mts'),
      [
        "import { type Hba, decide, parseHba } from 'postern/hba';",
        "import { generate } from 'postern/bundle';",
        "import { defaultPlan } from 'postern/plan';",
        "import { audit } from 'postern/audit';",
        "import { diagnose } from 'postern/diagnosis';",
        "const hba: Hba = parseHba('', { major: 18 });",
        'export const lines: readonly string[] = hba.lines.map(({ raw }) => raw);',
        "export const paths: string[] = generate(defaultPlan('vpn')).files.map(({ path }) => path);",
        "export const ids: string[] = [...audit({ major: 18 }), ...diagnose('').causes].map(({ id }) => id);",
        '// @ts-expect-error a connection has more than a user',
        "decide(hba, { user: 'a' }).outcome;",
      ].join('\n'),
    );
    expect(() =>
      run(tsc, '--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext', join(folder, 'user.mts')),
    ).not.toThrow();
  });
});
