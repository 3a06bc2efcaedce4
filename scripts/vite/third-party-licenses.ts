import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** The file in the build, which the page links to. */
export const LICENSES = 'THIRD-PARTY-LICENSES.txt';

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly notice: string;
}

/**
 * Writes the license notice of every package whose code is in the build. Vite's own `build.license` omits style sheets,
 * the helpers that the bundler adds, and code that only workers use, because each worker is a separate build.
 */
export function thirdPartyLicenses(): { readonly page: Plugin; readonly worker: () => Plugin } {
  const folders = new Set<string>();
  const collect: Plugin['generateBundle'] = function (_, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'chunk') continue;
      for (const id of file.moduleIds) add(folders, sourceOf(id));
    }
    for (const id of this.getModuleIds()) if (id.endsWith('.css')) for (const file of imports(id)) add(folders, file);
  };
  return {
    worker: () => ({ name: 'postern:licenses-of-worker', generateBundle: collect }),
    page: {
      name: 'postern:licenses',
      apply: 'build',
      generateBundle(...given) {
        (collect as (...of: typeof given) => void).apply(this, given);
        const packages = [...folders].map(packageIn).sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
        this.emitFile({ type: 'asset', fileName: LICENSES, source: text(packages) });
      },
    },
  };
}

/** Helpers that the bundler adds are virtual modules named after their package: `\0vite/preload-helper.js`. */
function sourceOf(id: string): string {
  const helper = /^\0(vite|rolldown)\//.exec(id)?.[1];
  return helper === undefined ? id : join(process.cwd(), 'node_modules', helper, 'package.json');
}

/** Style sheets of packages that one of ours imports: Tailwind inlines them, and none is a module of the graph. */
const imports = (sheet: string): string[] =>
  [...readFileSync(sheet, 'utf8').matchAll(/@import\s+["']([^."'/][^"']*)["']/g)].map(([, name]) =>
    join(process.cwd(), 'node_modules', name ?? '', 'package.json'),
  );

function add(folders: Set<string>, file: string): void {
  const inside = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file.replaceAll('\\', '/'))?.[1];
  if (inside !== undefined) folders.add(inside.replace(/^\0+/, ''));
}

function packageIn(folder: string): Package {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)([.-]|$)/i.test(file));
  if (typeof license !== 'string' || files.length === 0)
    throw new Error(`${name} ${version} ends up in the build, and its package has no licence notice to ship.`);
  const notices = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return { name, version, license, notice: own(name, notices.join('\n\n')) };
}

/** Vite lists everything that it bundles itself; of these, the build contains only its own helper. */
const own = (name: string, notice: string): string =>
  name === 'vite' ? (notice.split('\n# Licenses of bundled dependencies')[0] ?? notice).trim() : notice;

const nameOf = ({ name, version }: Package): string => `${name} ${version}`;

const RULE = '-'.repeat(80);

const text = (packages: readonly Package[]): string =>
  [
    'Postern contains code of these packages. Each is followed by its licence notice.',
    packages.map((one) => `  ${nameOf(one)} (${one.license})`).join('\n'),
    ...packages.map((one) => `${RULE}\n${nameOf(one)} (${one.license})\n\n${one.notice}`),
    '',
  ].join('\n\n');
