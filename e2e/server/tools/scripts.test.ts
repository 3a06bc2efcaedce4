import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { run } from '../harness/command.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own } from '../harness/places.ts';
import { everyFile } from './corpus.ts';

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

  /** ShellCheck takes a second for an apply.sh, and most differ in nothing but the paths, figures and records that they are given. */
  const different = () => {
    const shapes = new Map<string, string>();
    for (const [index, { file }] of scripts.entries()) {
      const data = file.path.endsWith('/apply.sh')
        ? /^(readonly | {2}add_to_set |#).*$|(?<=\(values )[\s\S]*?(?=\) as plan)/gm
        : /(?!)/;
      shapes.set(`${file.path.split('/').at(-1)}\n${file.content.replace(data, '$1')}`, paths[index] ?? '');
    }
    return [...shapes.values()];
  };

  it('is there to be read', () => {
    expect(scripts.length).toBeGreaterThan(10);
  });

  it('is one that bash can parse', async () => {
    const wrong = await Promise.all(paths.map(async (path) => (await run('bash', ['-n', path])).stderr));
    expect(wrong.filter((text) => text !== '').map(nameOf)).toEqual([]);
  });

  it('is one in which ShellCheck finds nothing', async () => {
    const { code, stdout, stderr } = await run('shellcheck', ['--shell=bash', '--format=gcc', ...different()], {
      limit: 300,
    });
    expect(nameOf(`${stdout}${stderr}`).split('\n').filter(Boolean)).toEqual([]);
    expect(code).toBe(0);
  }, 300_000);
});
