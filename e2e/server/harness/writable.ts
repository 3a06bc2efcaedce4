import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Account } from './accounts.ts';

/** Writes a file at its own path, which must be visible only in this namespace (places.ts). */
export function place(path: string, content: string | Buffer, mode: number, owner?: Account): void {
  if (!/^\/(etc|opt|srv|usr|var|run|tmp)\//.test(path))
    throw new Error(`${path} is not in a private place of this namespace`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  chmodSync(path, mode);
  if (owner) chownSync(path, owner.uid, owner.gid);
}
