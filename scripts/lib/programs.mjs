import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** sbin is where ufw, iptables, sshd and ip live, and is often not on the PATH of an ordinary user. */
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
