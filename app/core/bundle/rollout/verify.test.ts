import { expect, it } from 'vitest';
import { defaultPlan } from '../../plan/defaults.ts';
import type { Plan } from '../../plan/schema.ts';
import { generate } from '../generate.ts';

const start = defaultPlan('direct');

/** The server's expected message for each attempt that must fail. */
const refusals = (rules: Plan['server']['rules']): string[] => {
  const { files } = generate({ ...start, server: { ...start.server, rules } });
  const script = files.find(({ path }) => path === 'clients/verify.sh')?.content ?? '';
  return [...script.matchAll(/^ {2}refused .* ('[^']*'|[^' ]+)$/gm)].map(([, text = '']) => text.replaceAll("'", ''));
};

it('expects the final reject of a complete generated pg_hba.conf', () => {
  const texts = refusals('replace');
  expect(texts.length).toBeGreaterThan(3);
  expect(texts.every((text) => text.startsWith('pg_hba.conf rejects '))).toBe(true);
});

it('expects any rejection by pg_hba.conf if existing rules come first', () => {
  const texts = refusals('merge');
  expect(texts.length).toBeGreaterThan(3);
  expect(new Set(texts)).toEqual(new Set(['pg_hba.conf']));
});

it('keeps the checks of each role separate, so that one person can run only theirs', () => {
  const scriptFor = (roles: string[]) => {
    const { files } = generate({ ...start, clients: start.clients.map((client) => ({ ...client, roles })) });
    return files.find(({ path }) => path === 'clients/verify.sh')?.content ?? '';
  };
  const script = scriptFor(['ann', 'bob']);
  for (const role of ['ann', 'bob'])
    expect(script).toMatch(
      new RegExp(`if chosen ${role}; then\\n +password_of ${role}\\n +gets_in '${role} reaches app`),
    );
  expect(script).toMatch(/'' \| ann\)\n +refused 'ann without TLS is rejected'/);
  expect(script).toMatch(/ {4}bob\)\n +refused 'bob without TLS is rejected'/);
  expect(scriptFor(['ann'])).not.toContain('if chosen');
});
