import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/**
 * Starts the program of the same name with the C library and the other libraries that came with it. The server finds
 * its modules and its share folder from its own path (`make_relative_path` in `path.c`), so the layout below `lib` and
 * `share` is that of the package.
 */
const START = `#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
libraries=$here/../../..
exec "$libraries/ld-linux-x86-64.so.2" --library-path "$libraries" --argv0 "$here/\${0##*/}" "$here/../programs/\${0##*/}" "$@"
`;

/**
 * From the packages unpacked in `root`, a folder with `bin`, `lib` and `share` whose programs run on this machine at
 * any path, as those of the npm packages do. Made once.
 */
export function debianPrefix(root, major, prefix) {
  if (existsSync(prefix)) return;
  const making = `${prefix}.new`;
  rmSync(making, { recursive: true, force: true });
  const [from, to] = [root, making].map((folder) => (path) => join(folder, path));
  const package_ = `lib/postgresql/${major}`;
  mkdirSync(to('lib/postgresql'), { recursive: true });
  mkdirSync(to('share/postgresql'), { recursive: true });
  for (const name of readdirSync(from('usr/lib/x86_64-linux-gnu')))
    if (/\.so(\.|$)/.test(name))
      cpSync(from(`usr/lib/x86_64-linux-gnu/${name}`), to(`lib/${name}`), { verbatimSymlinks: true });
  cpSync(from(`usr/${package_}`), to(package_), { recursive: true });
  cpSync(from(`usr/share/postgresql/${major}`), to(`share/postgresql/${major}`), { recursive: true });
  renameSync(to(`${package_}/bin`), to(`${package_}/programs`));
  mkdirSync(to(`${package_}/bin`));
  for (const name of readdirSync(to(`${package_}/programs`))) {
    writeFileSync(to(`${package_}/bin/${name}`), START);
    chmodSync(to(`${package_}/bin/${name}`), 0o755);
  }
  symlinkSync(`${package_}/bin`, to('bin'));
  renameSync(making, prefix);
}
