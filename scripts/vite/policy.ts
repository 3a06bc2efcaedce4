import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** The directives of a policy, by name. */
export type Policy = Readonly<Record<string, string>>;

/**
 * Adds a Content-Security-Policy to the page of the build. The scripts and styles that are written into the page are
 * allowed by their hashes. Only in the build: the development server adds scripts of its own.
 */
export function contentSecurityPolicy(policy: Policy): Plugin {
  return {
    name: 'postern:content-security-policy',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const page = Object.values(bundle).find(({ fileName }) => fileName.endsWith('.html'));
        if (page?.type !== 'asset') return this.error('The build has no page.');
        page.source = withPolicy(Buffer.from(page.source).toString(), policy);
      },
    },
  };
}

function withPolicy(page: string, policy: Policy): string {
  const allowed: Readonly<Record<string, readonly string[]>> = {
    'script-src': inline(page, /<script(?: type="module")?>([\s\S]*?)<\/script>/g),
    'style-src': inline(page, /<style>([\s\S]*?)<\/style>/g),
  };
  const text = Object.entries(policy)
    .map(([name, sources]) => [name, sources, ...(allowed[name] ?? [])].filter((word) => word !== '').join(' '))
    .join('; ');
  return page.replace('<head>', `<head>\n    <meta http-equiv="Content-Security-Policy" content="${text}">`);
}

const inline = (page: string, element: RegExp): string[] =>
  [...page.matchAll(element)].map(([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
