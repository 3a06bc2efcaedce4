import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { alive } from '../harness/alive.ts';
import { amount } from '../harness/amount.ts';
import { run } from '../harness/command.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own } from '../harness/places.ts';
import { everyFile } from './corpus.ts';

/** How many of the forms that apply.sh has are checked: a second each, and every part of it is in several. */
const APPLIES = 16;

describe.skipIf(!inNamespace)('every generated shell script', () => {
  const scripts = inNamespace ? everyFile(({ language }) => language === 'sh') : [];
  const folder = `${own}/scripts`;
  const paths = scripts.map((_, index) => `${folder}/${index}.sh`);
  const nameOf = (text: string) =>
    text.replace(/\S*?\/(\d+)\.sh/g, (path, index) => scripts[Number(index)]?.name ?? path);
  if (inNamespace) {
    mkdirSync(folder, { recursive: true });
    for (const [index, path] of paths.entries()) writeFileSync(path, scripts[index]?.file.content ?? '');
  }

  /** ShellCheck takes a second for an apply.sh, and most differ only in paths, figures and records. */
  const different = () => {
    const shapes = new Map<string, string>();
    for (const [index, { file }] of scripts.entries()) {
      const data = file.path.endsWith('/apply.sh')
        ? /^(readonly | {2}add_to_set |#).*$|(?<=\(values )[\s\S]*?(?=\) as plan)/gm
        : /(?!)/;
      shapes.set(`${file.path.split('/').at(-1)}\n${file.content.replace(data, '$1')}`, paths[index] ?? '');
    }
    const all = [...shapes];
    const applies = all.filter(([shape]) => shape.startsWith('apply.sh\n'));
    const every = Math.ceil(applies.length / amount(APPLIES));
    const left = new Set(applies.filter((_, index) => index % every !== 0));
    return all.filter((one) => !left.has(one)).map(([, path]) => path);
  };

  it('exists', () => {
    expect(scripts.length).toBeGreaterThan(10);
  });

  it('can be parsed by bash', async () => {
    // Each by its own bash, which a small shell starts in a fraction of the time that this process takes.
    const { stdout, stderr } = await run('sh', ['-c', 'for file; do bash -n "$file" && echo ok; done', 'sh', ...paths]);
    expect(nameOf(stderr)).toBe('');
    expect(stdout).toBe('ok\n'.repeat(paths.length));
  });

  it('has no ShellCheck findings', { timeout: 0 }, async () => {
    const left = different();
    const found: string[] = [];
    while (left.length > 0) {
      alive();
      const { code, stdout, stderr } = await run('shellcheck', ['--shell=bash', '--format=gcc', ...left.splice(0, 20)]);
      found.push(...`${stdout}${stderr}`.split('\n').filter(Boolean));
      expect(code === 0 || found.length > 0, `ShellCheck ended with ${code}`).toBe(true);
    }
    expect(found.map(nameOf)).toEqual([]);
  });
});
