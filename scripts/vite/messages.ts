import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import type { Plugin } from 'vite';
import { FIRST } from '../../app/ui/shared/messages/first.ts';

const NAME = /^\0?virtual:messages\/(\w+)\/(first|rest)$/;

const isFirst = (id: string): boolean => FIRST.some((group) => id === group || id.startsWith(`${group}.`));

/**
 * `virtual:messages/en/first` is the part of `app/ui/shared/messages/en.json` that the first screen needs, and
 * `virtual:messages/en/rest` all else. Each ICU message is compiled, so that the build contains no parser.
 */
export function messages(): Plugin {
  return {
    name: 'postern:messages',
    resolveId: (id) => (NAME.test(id) ? `\0${id}` : undefined),
    load(id) {
      const [, language, part] = NAME.exec(id) ?? [];
      if (!id.startsWith('\0') || !language) return undefined;
      const file = fileURLToPath(new URL(`../../app/ui/shared/messages/${language}.json`, import.meta.url));
      this.addWatchFile(file);
      const table = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
      const compiled = Object.entries(table)
        .filter(([key]) => isFirst(key) === (part === 'first'))
        .map(([key, text]) => [key, compileMessage(text)]);
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(Object.fromEntries(compiled)))})`;
    },
  };
}
