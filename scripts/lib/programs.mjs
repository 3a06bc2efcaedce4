import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** sbin contains ufw, iptables, sshd and ip, and is often not in the PATH of an ordinary user. */
export const searchPath = [
  ...(process.env.PATH ?? '').split(delimiter),
  '/usr/local/sbin',
  '/usr/sbin',
  '/sbin',
].filter(Boolean);

/** The full path of a program, or undefined. */
export function program(name) {
  return searchPath.map((folder) => join(folder, name)).find(isExecutable);
}

export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
