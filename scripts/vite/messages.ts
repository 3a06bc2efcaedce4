import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import type { Plugin } from 'vite';

const PREFIX = 'virtual:messages/';

/**
 * `virtual:messages/en` is `app/ui/shared/messages/en.json` with each ICU message compiled, so that the build contains
 * no parser.
 */
export function messages(): Plugin {
  return {
    name: 'postern:messages',
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return undefined;
      const catalogue = `../../app/ui/shared/messages/${id.slice(PREFIX.length + 1)}.json`;
      const file = fileURLToPath(new URL(catalogue, import.meta.url));
      this.addWatchFile(file);
      const table = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
      const compiled = Object.entries(table).map(([key, text]) => [key, compileMessage(text)]);
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(Object.fromEntries(compiled)))})`;
    },
  };
}
