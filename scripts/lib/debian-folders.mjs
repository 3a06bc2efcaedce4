import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { child } from './child.mjs';
import { debianArchive, SIGNED, withoutHost } from './debian-archive.mjs';

/**
 * Unpacks packages of Debian's archive into the folder `root`, and installs nothing. `choose` gets the options of apt
 * that select `suites` and returns the packages. Folders of /usr/share in `without` are left out. Files unpacked by an
 * earlier run are reused, unless it had another `edition`: change that with the packages. Returns `{ root }`, or `{ missing }` with the reason.
 */
export async function unpacked(
  root,
  { what, suites, preferences = '', choose, without = ['doc', 'locale', 'man'], edition = '' },
) {
  const complete = join(root, 'complete');
  if (existsSync(complete) && readFileSync(complete, 'utf8') === edition) return { root };
  const mirror = await debianArchive();
  if (mirror.missing) return mirror;
  const work = `${root}.apt`;
  rmSync(work, { recursive: true, force: true });
  rmSync(root, { recursive: true, force: true });
  try {
    const apt = await lists(work, suites, preferences, mirror);
    const packages = await choose(apt);
    await must('apt-get', [...apt, '-qq', 'download', ...packages], { cwd: work, limit: 600 });
    makeRoot(root);
    const excluded = without.map((name) => `--exclude=./usr/share/${name}`);
    await must('bash', ['-euo', 'pipefail', '-c', unpack, 'unpack', work, root, ...excluded], { limit: 300 });
    writeFileSync(complete, edition);
    return { root };
  } catch (error) {
    rmSync(root, { recursive: true, force: true });
    return { missing: `${what} of Debian ${suites.join(' and ')} is not to be had here: ${error.message}` };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Unpacks the packages of folder $1 into folder $2; the other arguments go to tar. */
const unpack = `
  from=$1 to=$2
  shift 2
  for file in "$from"/*.deb; do
    dpkg-deb --fsys-tarfile "$file" | tar -xC "$to" --no-same-owner --keep-directory-symlink "$@"
  done
`;

/** Separate package lists, so that apt's own on the machine do not change. Returns the options that select them. */
async function lists(work, suites, preferences, { uri }) {
  for (const part of ['state/lists/partial', 'cache/archives/partial', 'preferences'])
    mkdirSync(join(work, part), { recursive: true });
  writeFileSync(join(work, 'state/status'), '');
  writeFileSync(join(work, 'sources.list'), suites.map((suite) => `deb ${SIGNED} ${uri} ${suite} main\n`).join(''));
  writeFileSync(join(work, 'preferences/chosen'), preferences);
  const options = {
    'Dir::State': join(work, 'state'),
    'Dir::State::status': join(work, 'state/status'),
    'Dir::Cache': join(work, 'cache'),
    'Dir::Etc::sourcelist': join(work, 'sources.list'),
    'Dir::Etc::sourceparts': '-',
    'Dir::Etc::preferencesparts': join(work, 'preferences'),
    'Acquire::Languages': 'none',
    'Acquire::Retries': '1',
    'Acquire::http::Timeout': '20',
    'APT::Sandbox::User': '',
    'APT::Update::Post-Invoke-Success::': '',
  };
  const apt = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  await must('apt-get', [...apt, '-qq', '--error-on=any', 'update'], { limit: 300 });
  return apt;
}

/**
 * The packages and all their dependencies, recursively. JIT is not needed, and its library is as large as all others
 * together.
 */
export async function withLibraries(apt, first) {
  const found = new Set();
  for (let next = first; next.length > 0; ) {
    for (const name of next) found.add(name);
    const shown = await must('apt-cache', [...apt, 'show', '--no-all-versions', ...next], { limit: 60 });
    const needed = [...shown.matchAll(/^(?:Pre-)?Depends: (.*)$/gm)]
      .flatMap(([, list]) => list.split(','))
      .map((alternatives) => alternatives.trim().split(/[ :|(]/)[0])
      .filter((name) => /^(lib|zlib1g$|tzdata$)/.test(name) && !/^libllvm|-perl$/.test(name));
    next = [...new Set(needed)].filter((name) => !found.has(name));
  }
  return [...found];
}

/** Debian has had one /usr since 12; older packages still use the separate top-level folders. */
function makeRoot(root) {
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    mkdirSync(join(root, 'usr', name), { recursive: true });
    symlinkSync(`usr/${name}`, join(root, name));
  }
}

async function must(command, args, options) {
  const { code, output } = await child(command, args, options);
  if (code === 0) return output;
  throw new Error(withoutHost(output) || command);
}
