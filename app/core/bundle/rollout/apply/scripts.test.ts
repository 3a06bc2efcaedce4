import { describe, expect, it } from 'vitest';
import { defaultPlan, generate } from '../../../index.ts';

describe('apply.sh', () => {
  it.each(['direct', 'vpn', 'private', 'bastion'] as const)('defines each function once: %s', (pattern) => {
    const scripts = generate(defaultPlan(pattern)).files.filter(({ path }) => path.endsWith('/apply.sh'));
    expect(scripts).not.toEqual([]);
    for (const { path, content } of scripts) {
      const names = [...content.matchAll(/^(\w+)\(\)/gm)].map(([, name]) => name);
      expect(new Set(names).size, `${path}: a later function of the same name takes the place of the first`).toBe(
        names.length,
      );
    }
  });
});
