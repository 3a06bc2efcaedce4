import { expect, it } from 'vitest';
import { everyBranch } from '../../../../core/testing/every-branch.ts';

const modules = import.meta.glob<string>('./**/*.tsx', { query: '?raw', import: 'default', eager: true });
const forms = Object.values(modules).join('\n');

/** The paths of all answers, with list entries written as `*`; a list of texts is one answer. */
function answers(value: unknown, path: string): string[] {
  if (Array.isArray(value)) {
    const groups = value.filter((entry) => typeof entry === 'object');
    return groups.length === 0 ? [path] : groups.flatMap((entry) => answers(entry, `${path}.*`));
  }
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => answers(inner, path === '' ? key : `${path}.${key}`));
}

/** Not questions: the version, and the pattern, which has its own screen. */
const notAsked = ['version', 'network.pattern'];

it('ask for every answer of the plan somewhere', () => {
  const asked = (path: string) => {
    // Fields of an entry are named relative to the entry, and those of a part of it relative to that part.
    const tails = path.split('.*.').at(-1)?.split('.') ?? [];
    const own = tails.map((_, at) => tails.slice(at).join('.'));
    return path.includes('*')
      ? own.some((tail) => forms.includes(`\`\${path}.${tail}\``))
      : forms.includes(`path="${path}"`) || askedBelow(path);
  };
  // A form for several places is told the place.
  const askedBelow = (path: string) => {
    const dot = path.lastIndexOf('.');
    return forms.includes(`at="${path.slice(0, dot)}"`) && forms.includes(`\`\${at}.${path.slice(dot + 1)}\``);
  };
  const missing = new Set(
    everyBranch()
      .flatMap((plan) => answers(plan, ''))
      .filter((path) => !notAsked.includes(path) && !path.startsWith('network.software.') && !asked(path)),
  );
  expect([...missing]).toEqual([]);
});
