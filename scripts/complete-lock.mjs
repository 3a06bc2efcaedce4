// node scripts/complete-lock.mjs: run after every npm install that changes package-lock.json.
//
// npm leaves an optional package out of the lock file when the registry does not have it, which is the case for mirrors
// of one system's packages. `npm ci` then refuses the lock file everywhere ("Missing: … from lock file"). The versions
// are known nevertheless: a package lists its variants for other systems with exact versions. They have no integrity
// here, because their bytes are not available.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from './lib/problem.mjs';
import { repository, serverPackage } from './lib/repository.mjs';

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

await main(() => {
  for (const folder of [repository, serverPackage]) complete(join(folder, 'package-lock.json'));
});

function complete(file) {
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const { packages } = lock;
  const added = Object.entries(packages).flatMap(([path, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`])
      .map(([name, version]) => [`node_modules/${name}`, twin(name, version, dev)]),
  );
  if (added.length === 0) return;
  const all = Object.entries({ ...packages, ...Object.fromEntries(added) });
  lock.packages = Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${file}: ${added.length} packages for other systems added`);
}

/** The entry of a package whose name says which system it is for, such as `@scope/tool-linux-x64-musl`. */
function twin(name, version, dev) {
  const words = name.split('/').at(-1).split('-');
  const said = (known) => known.filter((word) => words.includes(word));
  const libc = words.includes('musl')
    ? ['musl']
    : words.includes('gnu') && words.includes('linux')
      ? ['glibc']
      : undefined;
  return {
    version: version.replace(/^[\^~]/, ''),
    cpu: said(processors),
    ...(dev ? { dev } : {}),
    ...(libc ? { libc } : {}),
    optional: true,
    os: said(systems),
  };
}
