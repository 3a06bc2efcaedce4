import { readFileSync } from 'node:fs';
import { child } from './child.mjs';
import { program } from './programs.mjs';

/** The key that signs the packages of Debian's suites. */
export const SIGNED = '[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]';

/**
 * Where this machine gets Debian's packages from, according to its apt: `{ uri }`, or `{ missing }` with the reason.
 */
export async function debianArchive() {
  const release = debianRelease();
  if (!release || process.arch !== 'x64' || !program('apt-get'))
    return { missing: "Debian's packages are unpacked on Debian on x64 alone" };
  const { output } = await child('apt-get', ['indextargets', '--format', '$(RELEASE) $(COMPONENT) $(REPO_URI)']);
  const [, uri] = new RegExp(`^${release} main (\\S+)$`, 'm').exec(output) ?? [];
  return uri ? { uri } : { missing: `apt here names no archive of Debian ${release}` };
}

/** The code name of the Debian release that runs here; undefined on another system. */
export function debianRelease() {
  const named = (name) => new RegExp(`^${name}="?([^"\n]*)`, 'm').exec(read('/etc/os-release'))?.[1];
  return named('ID') === 'debian' ? named('VERSION_CODENAME') : undefined;
}

/** The end of what a failed program printed; an archive's host name is of no use in a report. */
export const withoutHost = (output) =>
  output
    .trim()
    .split('\n')
    .slice(-2)
    .join(' ')
    .replace(/https?:\/\/[^\s/]+/g, 'the archive');

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
