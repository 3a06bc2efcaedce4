import { describe, expect, it } from 'vitest';
import { binaries, majors } from '../harness/binaries.ts';
import { must } from '../harness/command.ts';
import { inNamespace } from '../harness/namespace.ts';

describe.skipIf(!inNamespace)('smoke', () => {
  it.each(majors)('postgres %i runs', (major) => {
    expect(must(`${binaries(major)}/bin/postgres`, ['--version'])).toContain(` ${major}.`);
  });
});
