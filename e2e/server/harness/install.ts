import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Files } from './bundle.ts';
import { type Ran, run } from './command.ts';
import { own } from './places.ts';
import { place } from './writable.ts';

const bundle = `${own}/installing`;
const stubs = `${own}/installing-stubs`;
const called = `${own}/systemctl.log`;

/** The bundle as a user unpacks it, and a systemctl that records its calls, because there is no init here. */
export function unpack(files: Files, user = 'postgres'): void {
  rmSync(bundle, { recursive: true, force: true });
  for (const { path, content, mode } of files) place(join(bundle, path), content, mode ?? 0o644);
  writeFileSync(called, '');
  const stub = [
    '#!/bin/bash',
    `printf '%s\\n' "$*" >> ${called}`,
    `if [ "$1" = show ]; then echo ${user}; fi`,
    // A machine on which nothing has been started yet.
    'if [ "$1" = is-active ]; then exit 3; fi',
  ];
  place(`${stubs}/systemctl`, `${stub.join('\n')}\n`, 0o755);
}

/** A path in the unpacked bundle. */
export const inBundle = (path: string): string => join(bundle, path);

/** The recorded calls of systemctl. */
export const systemctlCalls = (): string[] => readFileSync(called, 'utf8').split('\n').filter(Boolean);

/** Runs a script of the bundle as root, as its README says. */
export function runScript(path: string, args: readonly string[] = [], input = ''): Promise<Ran> {
  mkdirSync(bundle, { recursive: true });
  return run('bash', [inBundle(path), ...args], {
    cwd: bundle,
    env: { PATH: `${stubs}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin` },
    input,
  });
}
