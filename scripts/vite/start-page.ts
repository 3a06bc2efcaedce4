import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { compile, optimize } from '@tailwindcss/node';
import type { Plugin } from 'vite';

const PROGRAM = fileURLToPath(new URL('../prerender.mjs', import.meta.url));
const STYLE = fileURLToPath(new URL('../../app/ui/shared/theme/theme.css', import.meta.url));
const ROOT = '<div id="root">';

/**
 * Writes the start page and its part of the style sheet into the page, so that a browser shows it before any other file
 * arrives. The whole style sheet loads with the first other part of the page, which waits for it.
 */
export function startPage(): Plugin {
  return {
    name: 'postern:start-page',
    apply: 'build',
    enforce: 'post',
    async transformIndexHtml(page) {
      const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM], {
        env: { ...process.env, NODE_ENV: 'production' },
      });
      // Links that work in every folder, and in a page with any name.
      const start = stdout.replaceAll('href="/?', 'href="?').replaceAll('href="/"', 'href="?"');
      if (!page.includes(ROOT) || start.includes('href="/')) throw new Error('The start page does not fit the page.');
      return page.replace(ROOT, () => ROOT + start);
    },
    generateBundle: {
      order: 'post',
      async handler(_, bundle) {
        const page = bundle['index.html'];
        if (page?.type !== 'asset') return this.error('The build has no page.');
        const html = Buffer.from(page.source).toString();
        const scripts = Object.values(bundle).filter(({ fileName }) => html.includes(`./${fileName}"`));
        const style = await styleOf([
          html,
          ...scripts.flatMap((one) => (one.type === 'chunk' ? classes(one.code) : [])),
        ]);
        page.source = html
          .replace(/\s*<!--[^>]*-->/g, '')
          // The first other part of the page enables the link: app/ui/shared/loading/style-sheets.ts.
          .replace('<link rel="stylesheet"', (link) => `<style>${style}</style>${link} disabled`)
          // A script of its own, so that React and the page do not block the browser together.
          .replace(
            /<link rel="modulepreload"( crossorigin) href="(\.\/assets\/react-[^"]*)">/,
            '<script type="module" async$1 src="$2"></script>',
          );
      },
    },
  };
}

/** The strings of a minified script that may be lists of classes. Most of its other words would be classes by chance. */
const classes = (script: string): string[] => (script.match(/`[^`]*`/g) ?? []).filter((text) => text.includes('-'));

/** The style sheet without the classes that no text names. */
async function styleOf(texts: readonly string[]): Promise<string> {
  const compiler = await compile(readFileSync(STYLE, 'utf8'), {
    base: dirname(STYLE),
    onDependency: () => undefined,
  });
  const words = new Set(texts.flatMap((text) => text.split(/[\s"'`]+/)));
  return optimize(compiler.build([...words]), { minify: true }).code.trim();
}
