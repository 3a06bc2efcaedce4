import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Plugin, Rolldown } from 'vite';
import { LICENSES } from './third-party-licenses.ts';

const FILE = 'postern.html';

/** `new Worker(new URL('./x.worker.ts', import.meta.url), { …, name: 'x' })` */
const WORKER = /new Worker\(\s*new URL\('([^']+)', import\.meta\.url\),\s*\{[^}]*\bname: ('[^']+')[^}]*\}\s*,?\s*\)/g;

/**
 * Writes the whole build as one HTML file that works from the disk: the script, the style sheet and the icon are
 * inlined, the script contains the workers, and the files that the page otherwise requests are a block of JSON.
 */
export function singleFile(publicFiles: string): Plugin[] {
  return [
    {
      name: 'postern:inline-workers',
      enforce: 'pre',
      transform(code, id) {
        if (!id.includes('/app/worker/')) return undefined;
        const imports: string[] = [];
        const inlined = code.replace(WORKER, (_, path, name) => {
          const file = resolve(dirname(id), path);
          const local = `InlineWorker${imports.length}`;
          imports.push(`import ${local} from ${JSON.stringify(`${file}?worker&inline`)};\n`);
          return `new ${local}({ name: ${name} })`;
        });
        return imports.length === 0 ? undefined : { code: imports.join('') + inlined, map: null };
      },
    },
    {
      name: 'postern:single-file',
      enforce: 'post',
      generateBundle: {
        order: 'post',
        handler(_, bundle) {
          const page = textOf(take(bundle, (name) => name === 'index.html'));
          const script = textOf(take(bundle, (name) => name.endsWith('.js')));
          const style = textOf(take(bundle, (name) => name.endsWith('.css')));
          const licenses = textOf(take(bundle, (name) => name === LICENSES));
          const rest = Object.keys(bundle);
          if (rest.length > 0) this.error(`${FILE} would need ${rest.join(', ')}, which nothing inlines.`);
          const icon = readFileSync(join(publicFiles, 'icon.svg'));
          const files = { ...presets(publicFiles), [LICENSES]: licenses };
          this.emitFile({ type: 'asset', fileName: FILE, source: inOne(page, { script, style, icon, files }) });
        },
      },
    },
  ];
}

/** Removes the one file with such a name from the build. */
function take(bundle: Rolldown.OutputBundle, fits: (name: string) => boolean) {
  const names = Object.keys(bundle).filter(fits);
  const [name = ''] = names;
  const file = bundle[name];
  if (!file || names.length > 1) throw new Error(`Expected one such file in the build, found ${names.join(', ')}.`);
  delete bundle[name];
  return file;
}

const textOf = (file: Rolldown.OutputAsset | Rolldown.OutputChunk): string =>
  file.type === 'chunk' ? file.code : Buffer.from(file.source).toString();

const presets = (publicFiles: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(publicFiles, 'presets')).map((name) => [
      `presets/${name}`,
      // Without the line breaks.
      JSON.stringify(JSON.parse(readFileSync(join(publicFiles, 'presets', name), 'utf8'))),
    ]),
  );

interface Parts {
  readonly script: string;
  readonly style: string;
  readonly icon: Buffer;
  readonly files: Readonly<Record<string, string>>;
}

function inOne(page: string, parts: Parts): string {
  // In a script, these would end the element or change how the browser finds its end. Both occur in strings only.
  const script = `\n${parts.script.replace(/<\/(script)/gi, '<\\/$1').replaceAll('<!--', '\\x3C!--')}`;
  const style = `\n${parts.style}`;
  if (/<\/style/i.test(style)) throw new Error('The style sheet would end its own element.');
  const files = JSON.stringify(parts.files).replaceAll('<', '\\u003c');
  let made = page;
  const put = (place: RegExp, instead: string): void => {
    if (!place.test(made)) throw new Error(`The page has no ${place}.`);
    made = made.replace(place, () => instead);
  };
  put(/(?<=<link rel="icon" href=")[^"]*/, `data:image/svg+xml;base64,${parts.icon.toString('base64')}`);
  put(/(?=<\/body>)/, `  <script type="application/json" id="embedded-files">${files}</script>\n  `);
  put(/ *<link rel="manifest"[^>]*>\n/, '');
  put(/<link rel="stylesheet"[^>]*>/, `<style>${style}</style>`);
  // Last, because its strings look like parts of a page.
  put(/<script [^>]*src="[^"]*"[^>]*><\/script>/, `<script type="module">${script}</script>`);
  return made;
}
