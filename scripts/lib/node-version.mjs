import { Problem } from './problem.mjs';

const floor = [20, 19];

/** Vite 8 and Vitest 4 fail with obscure errors on an older Node, so the version is checked here. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < floor[0] || (major === floor[0] && minor < floor[1])) {
    throw new Problem(`Postern needs Node.js ${floor.join('.')} or later; this is ${process.versions.node}.`);
  }
}
