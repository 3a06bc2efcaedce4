import { join } from 'node:path';
import { unpacked, withLibraries } from './debian-folders.mjs';
import { repository } from './repository.mjs';

/**
 * PostgreSQL from Debian's packages, which include what the npm packages are built without: LDAP, GSSAPI and PAM. Each
 * is unpacked with its libraries into its own folder, and nothing is installed.
 */
const servers = [
  { major: 13, suites: ['bullseye'] },
  { major: 15, suites: ['bookworm'] },
  { major: 17, suites: ['trixie'] },
  { major: 18, suites: ['sid'] },
  // An unreleased version comes from experimental, its libraries from sid.
  { major: 19, suites: ['sid', 'experimental'] },
];

const folder = join(repository, '.tools/debian-postgres');

/**
 * The servers that are available here, by major: `{ root }`, the folder to change root into, or `{ missing }` with the
 * reason. Files unpacked by an earlier run are reused.
 */
export async function debianPostgres() {
  const found = {};
  for (const { major, suites } of servers) {
    found[major] = await unpacked(join(folder, String(major)), {
      what: `PostgreSQL ${major}`,
      suites,
      preferences: 'Package: postgresql-* libpq5\nPin: release a=experimental\nPin-Priority: 990\n',
      choose: (apt) => withLibraries(apt, [`postgresql-${major}`, 'dash']),
    });
  }
  return found;
}
