import { fileURLToPath } from 'node:url';
import { type Plugin, runnerImport } from 'vite';

const NAME = 'virtual:plan-shape';
const SOURCE = fileURLToPath(new URL('../../app/core/plan/shape.ts', import.meta.url));

/** `virtual:plan-shape` is the structure of a plan, derived from its schema, so that the first screen does not load Zod. */
export function planShapeModule(): Plugin {
  return {
    name: 'postern:plan-shape',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    async load(id) {
      if (id !== `\0${NAME}`) return undefined;
      // Imported here and not at the top: the core would otherwise be loaded with every Vite configuration.
      const { module, dependencies } =
        await runnerImport<Pick<typeof import('../../app/core/index.ts'), 'planShape'>>(SOURCE);
      for (const file of dependencies) this.addWatchFile(file);
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(module.planShape()))})`;
    },
  };
}
