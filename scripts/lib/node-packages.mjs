import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { child } from './child.mjs';
import { Problem } from './problem.mjs';

/** Installs the packages of `folder` from its lock file, unless the installed ones already match it. */
export async function installNodePackages(folder) {
  if (matchesLock(folder)) return;
  console.log(`Installing the packages of ${join(folder, 'package-lock.json')} …`);
  // What npm has in its cache needs no network, and a network that answers nothing must not hold the run up for hours.
  const { code, output } = await child('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--prefer-offline'], {
    cwd: folder,
    limit: 900,
    // `npm run --silent` is inherited by child processes, and an error without a message is useless.
    env: { npm_config_loglevel: 'error' },
  });
  if (code !== 0) {
    throw new Problem(
      `npm could not install the packages of ${folder} (exit code ${code}). It said:\n\n${output.trim()}\n\n` +
        'If it names the network: npm must reach its registry once; after that everything works without it.',
    );
  }
}

/** npm records what it installed in node_modules/.package-lock.json, in the same terms as the lock file. */
function matchesLock(folder) {
  const wanted = packagesIn(join(folder, 'package-lock.json'));
  const installed = packagesIn(join(folder, 'node_modules/.package-lock.json'));
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.link) return true;
    const here = installed[path];
    return here ? here.version === entry.version : entry.optional === true && !meantForThisSystem(entry);
  });
}

/**
 * Optional packages for other systems are in the lock file but never installed here. If variants differ by their C
 * library (`libc`), only one of them is installed, so the absence of such a package means nothing.
 */
function meantForThisSystem({ os, cpu, libc }) {
  return Boolean(os?.includes(process.platform) && cpu?.includes(process.arch) && !libc);
}

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
